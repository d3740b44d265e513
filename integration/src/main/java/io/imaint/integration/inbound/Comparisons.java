package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.delta.ReconciliationOptions;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.HeldLease;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Compares integrations with SAP, and keeps the last comparison of each, so that every process can show it. */
final class Comparisons {
    static final CollectionType<Comparison> TYPE = CollectionType.of(
                    "InboundComparisons", Comparison.class, Comparison::integration)
            .unscoped("replication spans all plants");

    private static final System.Logger LOG = System.getLogger(Comparisons.class.getName());

    /** Often enough for a progress display. */
    private static final Duration NOTED_EVERY = Duration.ofSeconds(1);

    private final Store store;
    private final InstantSource clock;

    Comparisons(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    private Documents<Comparison> documents() {
        return store.documents(TYPE);
    }

    /** The last comparison of an integration; empty when there was none. */
    Optional<Comparison> of(String integration) {
        return documents().find(integration).map(Stored::value).map(this::withoutDead);
    }

    /** A comparison whose process died is stopped: nothing holds the lease of its integration. */
    private Comparison withoutDead(Comparison noted) {
        return noted.state() == Comparison.State.RUNNING
                        && store.leases()
                                .holder(HeldLease.nameFor(noted.integration()))
                                .isEmpty()
                        && noted.beganAt().plus(NOTED_EVERY).isBefore(clock.instant())
                ? noted.abandoned()
                : noted;
    }

    /** Compares integrations one after the other. */
    void run(List<String> names, ReconciliationOptions how, Deltas deltas, Cancellation cancellation) {
        for (var name : names) {
            if (!cancellation.requested()) {
                run(name, how, deltas, cancellation);
            }
        }
    }

    private void run(String name, ReconciliationOptions how, Deltas deltas, Cancellation cancellation) {
        var now = new Object() {
            private Comparison comparison = Comparison.begun(name, how, clock.instant(), documents(name));
            private Instant notedAt = comparison.beganAt();
        };
        documents().upsertAll(List.of(now.comparison));
        var result = deltas.reconcile(name, how, cancellation, rows -> {
            now.comparison = now.comparison.at(rows);
            var at = clock.instant();
            if (!now.notedAt.plus(NOTED_EVERY).isAfter(at)) {
                now.notedAt = at;
                documents().upsertAll(List.of(now.comparison));
            }
        });
        documents().upsertAll(List.of(now.comparison.ended(result, clock.instant())));
        LOG.log(Level.INFO, "{0} {1}", name, result.line());
    }

    private long documents(String name) {
        return store.documents(Integrations.TYPE)
                .find(name)
                .flatMap(stored -> Replicas.find(stored.value().mapping().collection()))
                .map(type -> store.documents(type).count(Condition.ALL))
                .orElse(0L);
    }
}
