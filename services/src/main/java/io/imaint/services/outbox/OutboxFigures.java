package io.imaint.services.outbox;

import io.imaint.kernel.http.Description;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the outbox does. */
public record OutboxFigures(
        @Description("How many items are in each state that is not the last")
        Map<String, Long> states,

        @Description("When the oldest item was accepted that is not settled") @Nullable
        Instant oldestUnsettled,

        @Description("How many items were posted within the last hour")
        long postedLastHour) {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Reads what is not settled and what was settled just now, never the items of all 90 days. */
    public static OutboxFigures of(Documents<OutboxItem> items, Instant now) {
        var states = new LinkedHashMap<String, Long>();
        for (var state : State.values()) {
            if (!state.settled()) {
                states.put(state.toString(), items.count(Condition.equal("state", state)));
            }
        }
        var oldest = states.keySet().stream()
                .flatMap(state -> oldest(items, state).stream())
                .min(Comparator.naturalOrder());
        // By the end of its time an index finds when an item was settled.
        var settled = new Condition.Range("expiresAt", now.minus(HOUR).plus(OutboxItem.KEPT), null);
        long posted = items.count(Condition.and(settled, Condition.equal("state", State.POSTED)));
        return new OutboxFigures(states, oldest.orElse(null), posted);
    }

    private static Optional<Instant> oldest(Documents<OutboxItem> items, String state) {
        return items
                .list(Query.where(Condition.equal("state", state))
                        .sorted("acceptedAt", false)
                        .limit(1))
                .values()
                .stream()
                .map(OutboxItem::acceptedAt)
                .findFirst();
    }

    /** How many items are in a state that is not the last. */
    public long in(State state) {
        return states.getOrDefault(state.toString(), 0L);
    }
}
