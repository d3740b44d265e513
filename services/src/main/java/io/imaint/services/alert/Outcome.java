package io.imaint.services.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt to deliver. */
sealed interface Outcome {
    /** The receiver has it. */
    record Delivered() implements Outcome {}

    /**
     * It did not work now and may work later.
     *
     * @param status of HTTP, 0 where there is none
     * @param after the wait that the receiver asked for, null where it did not
     */
    record Failed(String reason, int status, @Nullable Duration after) implements Outcome {
        Failed(String reason) {
            this(reason, 0, null);
        }
    }

    /** It was not needed any more, or not wanted. */
    record Skipped(String reason) implements Outcome {}

    /** It will not work by repeating. */
    record Refused(String reason) implements Outcome {}

    /** The receiver no longer exists, so that its address should be forgotten. */
    record Gone(String reason) implements Outcome {}
}
