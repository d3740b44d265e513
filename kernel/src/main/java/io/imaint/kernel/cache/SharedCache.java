package io.imaint.kernel.cache;

import java.time.InstantSource;

/** The cache and the counters that the processes of an installation share, or those of the one process. */
public interface SharedCache extends AutoCloseable {
    Cache cache();

    Counters counters();

    /** Where they are, for people; without credentials. */
    String description();

    @Override
    void close();

    /** The cache and counters of an installation of one process. */
    static SharedCache ofProcess(InstantSource clock) {
        record OfProcess(Cache cache, Counters counters) implements SharedCache {
            @Override
            public String description() {
                return "within the process";
            }

            @Override
            public void close() {
                // It ends with the process.
            }
        }
        return new OfProcess(new LocalCache(clock), new LocalCounters(clock));
    }
}
