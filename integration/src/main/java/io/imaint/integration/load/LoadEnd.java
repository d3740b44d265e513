package io.imaint.integration.load;

import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.DeltaPosition;
import io.imaint.integration.state.DeltaState;
import io.imaint.integration.state.Health;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.PartState;
import io.imaint.integration.state.PartStates;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is written when all parts of a load are done.
 *
 * @param documents how many the collection has now
 */
record LoadEnd(OpenLoad load, long documents) {
    private static final System.Logger LOG = System.getLogger(LoadEnd.class.getName());

    /** The state after the load. */
    InboundState of(InboundState before) {
        var parts = load.parts();
        var counters =
                PartStates.sum(parts).withInserted(documents - load.plan().documentsBefore());
        var announced = announced(parts);
        if (announced != null && counters.rowsRead() + counters.keptAside() < announced) {
            LOG.log(
                    Level.WARNING,
                    "{0}: SAP announced {1} rows and sent {2}",
                    load.name(),
                    announced,
                    counters.rowsRead());
        }
        var at = load.shared().now();
        // A page that a crash or a broken line cut off may have held rows that were gone when it was read again.
        boolean leftOver = load.plan().documentsBefore() > 0 || documents != counters.rowsRead();
        var ended =
                before.load().at(counters, announced, load.pageSize().learned()).loaded(at, leftOver);
        return before.with(ended).with(delta(parts)).with(health(before.health(), parts, counters, at));
    }

    private Health health(Health before, List<PartState> parts, Counters counters, Instant at) {
        boolean letters = counters.keptAside() > 0 || before.deadLetters() > 0;
        return before.succeeded(at)
                .retried(parts.stream().mapToLong(PartState::retries).sum())
                .withDeadLetters(letters ? load.shared().letters().count(load.name()) : 0);
    }

    private static @Nullable Long announced(List<PartState> parts) {
        return parts.stream().anyMatch(part -> part.total() == null)
                ? null
                : Long.valueOf(parts.stream()
                        .mapToLong(part -> Objects.requireNonNull(part.total()))
                        .sum());
    }

    /**
     * Where deltas go on: at the token that a load in one part ended with, and in any case no later than when the first
     * page was answered. What changed while the load went on has a later stamp, and may have been read before it did.
     */
    private DeltaState delta(List<PartState> parts) {
        var link = parts.size() == 1 ? parts.getFirst().checkpoint().delta() : null;
        var token =
                link == null ? null : DeltaLink.of(link).map(DeltaLink::token).orElse(null);
        Instant watermark = parts.stream().anyMatch(part -> part.servedAt() == null)
                ? null
                : parts.stream()
                        .map(part -> Objects.requireNonNull(part.servedAt()))
                        .min(Instant::compareTo)
                        .orElse(null);
        return DeltaState.NONE.with(new DeltaPosition(null, load.plan().made(), null, token, watermark));
    }
}
