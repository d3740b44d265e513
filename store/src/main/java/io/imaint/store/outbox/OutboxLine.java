package io.imaint.store.outbox;

import io.imaint.kernel.http.Description;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An item of the outbox as lists show it, and as every command is answered. */
public record OutboxLine(
        @Description("The idempotency key where it was a UUID; SAP keeps it as external id")
        String id,

        Command command,

        @Description(
                "Collection and number, as in WorkOrders/000004000012; until SAP has numbered it, the id of the item that creates it")
        String object,

        @Description("The object's number, or the id of the item that creates it")
        String number,

        @Nullable String plant,

        OutboxItem.State state,

        @Description("The number that SAP gave; null until it is posted") @Nullable
        String sapNumber,

        @Description("The code of SAP's last message or of our failure") @Nullable
        String code,

        @Description("SAP's last words, or why the item waits") @Nullable
        String message,

        @Description("What to do; null where nothing is to be done") @Nullable
        String remedy,

        @Description(
                "How often posting it was attempted; the look-up in SAP after a lost answer belongs to the attempt that sent it")
        int attempts,

        @Description("The id of the item that has to be posted before") @Nullable
        String waitsFor,

        @Description("The id of the user who entered it") String by,

        String byName,
        Instant acceptedAt,
        Instant changedAt,

        @Description("When it was posted or discarded") @Nullable
        Instant settledAt) {
    public static OutboxLine of(OutboxItem item) {
        var outcome = item.outcome();
        return new OutboxLine(
                item.id(),
                item.command(),
                item.object(),
                item.number(),
                item.plant(),
                item.state(),
                outcome.sapNumber(),
                outcome.code(),
                outcome.message(),
                outcome.remedy(),
                item.attempts(),
                item.waitsFor(),
                item.by(),
                item.request().byName(),
                item.acceptedAt(),
                item.changedAt(),
                item.settledAt());
    }
}
