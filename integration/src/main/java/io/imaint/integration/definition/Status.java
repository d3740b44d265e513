package io.imaint.integration.definition;

import java.util.Arrays;
import java.util.Optional;

/** Where an integration stands; kept as its number. */
public enum Status {
    NOT_ACTIVE(0),
    ACTIVE(1),
    RUNNING(3),
    FAILED(4);

    private final int number;

    Status(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    static Optional<Status> of(long number) {
        return Arrays.stream(values()).filter(status -> status.number == number).findFirst();
    }
}
