package io.imaint.services.outbox;

import io.imaint.kernel.settings.Settings;
import java.time.Duration;

/**
 * When the outbox needs somebody.
 *
 * @param late how old an unsettled item may become before {@link PostingDelayed} is said
 * @param failed how many items may be failed before {@link PostingsFailed} is said
 */
public record OutboxSettings(Duration late, int failed) {
    public static OutboxSettings read(Settings settings) {
        return new OutboxSettings(
                settings.duration(
                        "outbox-alert-age",
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(1),
                        Duration.ofDays(7),
                        "how old a command on its way to SAP may become before it is reported"),
                settings.integer(
                        "outbox-alert-failed",
                        10,
                        0,
                        1_000_000,
                        "how many commands may have failed before it is reported"));
    }
}
