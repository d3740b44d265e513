package io.imaint.integration.load;

import io.imaint.integration.state.RunResult;
import java.util.OptionalLong;

/** Receives the progress of loads. Called from many threads; must return quickly, because the load waits for it. */
public interface LoadListener {
    /**
     * How far a partition of a load has come.
     *
     * @param partition from 1
     * @param partitions how many there are; with one the partition is the whole load
     * @param rows in the store, those before an interruption included
     * @param total as SAP announced it
     * @param rowsPerSecond since this run began; 0 while it is unknown
     */
    public record Progress(
            String integration, int partition, int partitions, long rows, OptionalLong total, long rowsPerSecond) {
        /** What is in progress, as in {@code work-orders 3/8}. */
        public String name() {
            return partitions == 1 ? integration : integration + " " + partition + "/" + partitions;
        }

        /** As in {@code work-orders 3/8 12000 of 50000}. */
        public String line() {
            return name() + " " + rows + (total.isPresent() ? " of " + total.getAsLong() : "");
        }
    }

    LoadListener NONE = progress -> {};

    /** More rows are in the store. */
    void progressed(Progress progress);

    /** An integration has its result. */
    default void ended(RunResult result) {}
}
