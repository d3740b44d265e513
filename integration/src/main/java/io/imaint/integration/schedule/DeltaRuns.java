package io.imaint.integration.schedule;

import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fetches the changes of one integration; what the schedule starts. */
public interface DeltaRuns {
    /** What became of a run. */
    sealed interface Outcome {
        /** It came to its end. */
        record Done() implements Outcome {}

        /**
         * It was not tried, because somebody else is at it or it was never loaded.
         *
         * @param lookAgain when it can be told whether somebody else has done it; null when only the schedule counts
         */
        record NotNow(String reason, @Nullable Instant lookAgain) implements Outcome {
            NotNow(String reason) {
                this(reason, null);
            }
        }

        /** It failed. */
        record Failed(Failure failure) implements Outcome {}
    }

    /** Fetches the changes of an integration and returns when they are in the store; failures are an outcome. */
    Outcome run(String integration);

    /** When a run of an integration last ended, by whichever process; null when none did. */
    @Nullable
    Instant lastRun(String integration);

    /** Whether SAP can be asked: false from its refusal of the user on until somebody acts. */
    default boolean open() {
        return true;
    }

    /** Asks what runs to end soon. */
    default void stop() {}

    /** Lets go of what runs needed; called once none runs any more. */
    default void close() {}
}
