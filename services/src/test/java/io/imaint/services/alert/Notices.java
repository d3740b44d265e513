package io.imaint.services.alert;

import java.time.Instant;
import java.util.Map;

/** Notices for tests of channels. */
final class Notices {
    private Notices() {}

    static Notice some(String title, String body) {
        return new Notice(
                "delivery-1",
                "alert.raised",
                "0123456789abcdef0123456789abcdef",
                Severity.WARNING,
                null,
                "en",
                title,
                body,
                Map.of("orderNumber", "4711"),
                1,
                Instant.parse("2026-11-29T08:00:00Z"));
    }
}
