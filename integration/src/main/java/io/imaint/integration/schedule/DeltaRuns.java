package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integration;
import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The deltas that the schedule starts. */
interface DeltaRuns {
    /** The result of a run. */
    sealed interface Outcome {
        /** It is complete. */
        record Done() implements Outcome {}

        /**
         * It did not start, because another process runs the integration or it was never loaded.
         *
         * @param lookAgain when to check whether the other process completed it; null for the next scheduled time
         */
        record NotNow(String reason, @Nullable Instant lookAgain) implements Outcome {
            NotNow(String reason) {
                this(reason, null);
            }
        }

        /** It failed. */
        record Failed(Failure failure) implements Outcome {}
    }

    /** Runs a delta and returns when its rows are in the store; a failure is an outcome. */
    Outcome run(String integration);

    /** When a run of an integration last ended, in any process; null before the first. */
    @Nullable
    Instant lastRun(String integration);

    /** An integration with what it is doing now. */
    default Integration live(Integration integration) {
        return integration;
    }

    /** Whether SAP may be called: false after it refused the user, until an administrator acts. */
    default boolean open() {
        return true;
    }

    /** Cancels what runs. */
    default void cancel() {}

    /** Releases what the runs used; called after the last one has ended. */
    default void close() {}
}
