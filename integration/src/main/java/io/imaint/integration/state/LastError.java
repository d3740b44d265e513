package io.imaint.integration.state;

import io.imaint.kernel.problem.Failure;
import java.time.Instant;

/** Why an integration's last load failed. */
public record LastError(String code, String detail, String remedy, Instant at) {
    public static LastError of(Failure failure, Instant at) {
        return new LastError(
                failure.code().slug(), failure.detail(), failure.code().remedy(), at);
    }

    /** One line for people. */
    public String line() {
        return "%s: %s. %s".formatted(code, detail, remedy);
    }
}
