package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Status;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.InboundState;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.Condition;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many documents integrations have, for a list that is asked for often: MongoDB counts a collection by going through
 * it. A count is kept until a run has read rows, and for a minute at most; during a run it may be some seconds old.
 */
final class DocumentCounts {
    static final Duration AGE_MAX = Duration.ofMinutes(1);
    static final Duration AGE_MAX_RUNNING = Duration.ofSeconds(5);

    private static final Caller SYSTEM = Caller.system("integrations");

    private record Count(Counters load, Counters delta, Instant at, long documents) {}

    private final Store store;
    private final InstantSource clock;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    DocumentCounts(Store store, InstantSource clock) {
        this.store = store.as(SYSTEM); // Of all plants, whoever asks: it is what was replicated.
        this.clock = clock;
    }

    /** @param integration with the status of this moment */
    long of(Integration integration, InboundState state) {
        var now = clock.instant();
        var load = state.load().counters();
        var delta = state.delta().counters();
        var known = counts.get(integration.name());
        if (known != null && isValid(known, integration, now, load.equals(known.load) && delta.equals(known.delta))) {
            return known.documents;
        }
        long documents = Replicas.find(integration.mapping().collection())
                .map(type -> store.documents(type).count(Condition.ALL))
                .orElse(0L);
        counts.put(integration.name(), new Count(load, delta, now, documents));
        return documents;
    }

    private static boolean isValid(Count known, Integration integration, Instant now, boolean nothingRead) {
        boolean running = integration.status() == Status.RUNNING;
        var oldest = now.minus(running ? AGE_MAX_RUNNING : AGE_MAX);
        return (running || nothingRead) && known.at.isAfter(oldest) && !known.at.isAfter(now);
    }
}
