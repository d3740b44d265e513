package io.imaint.integration.definition;

import java.util.Arrays;
import java.util.Optional;

/** Whether an integration is active, and what it is doing; definitions keep the number of what is {@link #decided}. */
public enum Status {
    NOT_ACTIVE(0),
    ACTIVE(1),
    RUNNING(3),
    FAILED(4);

    private final int number;

    Status(int number) {
        this.number = number;
    }

    /** What administrators decide and definitions keep: {@link #NOT_ACTIVE} or {@link #ACTIVE}. */
    public Status decided() {
        return this == NOT_ACTIVE ? NOT_ACTIVE : ACTIVE;
    }

    public int number() {
        return number;
    }

    static Optional<Status> of(long number) {
        return Arrays.stream(values()).filter(status -> status.number == number).findFirst();
    }
}
