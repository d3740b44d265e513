package io.imaint.kernel.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command that is carried out elsewhere. Source: RFC 7240, Prefer Header for HTTP.
 *
 * @param statusLink the path at which its progress can be read, sent as the header {@code Location}
 * @param waited how long the client was willing to wait, sent as the header {@code Preference-Applied}; null where it was not
 */
public record Commanded<T>(
        Progress progress,
        String statusLink,
        T value,
        @Nullable Duration waited) {
    /** How far a command has come when it is answered. */
    public enum Progress {
        /** It is durable and goes on after the answer. */
        ACCEPTED(202),
        /** It is done. */
        DONE(200),
        /** It is done, and made something. */
        CREATED(201);

        private final int status;

        Progress(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
