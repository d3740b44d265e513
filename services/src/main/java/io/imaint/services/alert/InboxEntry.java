package io.imaint.services.alert;

import io.imaint.kernel.identifiers.PlantCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert in one user's inbox.
 *
 * @param state what the user sees: their own reading and snoozing, and what became of the alert for all
 * @param snoozedUntil null unless it is snoozed
 */
record InboxEntry(
        String id,
        String alert,
        String user,
        @Nullable PlantCode plant,
        AlertState state,
        @Nullable Instant snoozedUntil,
        Instant at,
        Instant expiresAt) {
    static String idOf(String alert, String user) {
        return alert + "." + user;
    }

    static InboxEntry of(Alert alert, String user) {
        return new InboxEntry(
                idOf(alert.id(), user),
                alert.id(),
                user,
                alert.plant(),
                alert.state(),
                null,
                alert.firstAt(),
                alert.expiresAt());
    }

    InboxEntry moved(AlertState next, @Nullable Instant until) {
        return new InboxEntry(id, alert, user, plant, next, until, at, expiresAt);
    }
}
