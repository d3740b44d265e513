package io.imaint.services.alert;

import io.imaint.kernel.identifiers.PlantCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One alert on its way through one channel to one receiver: a place in the queue, and afterwards a line in the log.
 *
 * <p>A process claims a delivery by moving {@code dueAt} into the future under the document's revision, so that of two
 * processes one has it. One that dies leaves it to be due again. So a delivery happens at least once, and its id lets
 * the receiver recognize a repetition.
 *
 * @param alert null for a test
 * @param reason what happened to the alert: {@code raised}, {@code escalated} or {@code test}
 * @param target a user for e-mail, a push subscription or a webhook
 * @param user who reads it, null for a webhook
 * @param dueAt when it is tried next; in a finished one, when it was last due
 * @param result of the last attempt
 */
record Delivery(
        String id,
        @Nullable String alert,
        String reason,
        Channel channel,
        String target,
        @Nullable String user,
        @Nullable PlantCode plant,
        Status status,
        int attempts,
        Instant dueAt,
        String result,
        Instant createdAt,
        Instant expiresAt) {
    /** How long the log is kept. */
    static final Duration KEPT = Duration.ofDays(30);

    enum Status {
        PENDING,
        DELIVERED,
        /** Not needed any more, or not wanted by the reader. */
        SKIPPED,
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Delivery of(Alert alert, String reason, Channel channel, String target, @Nullable String user, Instant now) {
        return new Delivery(
                Ids.derived(alert.id(), reason, channel.name(), target),
                alert.id(),
                reason,
                channel,
                target,
                user,
                alert.plant(),
                Status.PENDING,
                0,
                now,
                "",
                now,
                now.plus(KEPT));
    }

    /** A message that only shows that a webhook works. */
    static Delivery test(String id, Webhook webhook, Instant now) {
        return new Delivery(
                id,
                null,
                "test",
                Channel.WEBHOOK,
                webhook.id(),
                null,
                webhook.plants().isEmpty() ? null : webhook.plants().getFirst(),
                Status.PENDING,
                0,
                now,
                "",
                now,
                now.plus(KEPT));
    }

    Delivery claimed(Instant until) {
        return with(Status.PENDING, attempts + 1, until, result);
    }

    /** Put off without an attempt. */
    Delivery postponed(Instant until) {
        return with(Status.PENDING, attempts, until, result);
    }

    Delivery repeated(Instant at, String reason) {
        return with(Status.PENDING, attempts, at, reason);
    }

    Delivery finished(Status end, String outcome) {
        return with(end, attempts, dueAt, outcome);
    }

    private Delivery with(Status next, int made, Instant due, String outcome) {
        return new Delivery(
                id, alert, reason, channel, target, user, plant, next, made, due, outcome, createdAt, expiresAt);
    }
}
