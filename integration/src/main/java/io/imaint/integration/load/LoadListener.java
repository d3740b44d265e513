package io.imaint.integration.load;

/** Hears how loads go on. It is called from many threads and must return quickly: it holds up the load. */
public interface LoadListener {
    LoadListener NONE = progress -> {};

    /** More rows are in the store. */
    void progressed(Progress progress);

    /** An integration has its result. */
    default void ended(LoadResult result) {}
}
