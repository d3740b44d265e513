package io.imaint.store;

import java.util.List;

/** What is called for each fact; see {@link FactLog#subscribe}. */
public interface FactConsumer {
    /**
     * Takes facts in the order of the log. It may be called again with facts that it was given before, after a crash or
     * after it failed, and tells them by their ids. However long it takes, no other process calls it meanwhile; only
     * when this one was paused or cut off from the store for a minute.
     *
     * @param facts at least one
     */
    void accept(List<StoredFact> facts);
}
