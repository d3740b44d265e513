package io.imaint.integration.state;

import io.imaint.integration.definition.Definitions;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Status;
import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the store of an integration, and how it came there, a document for each. Only who holds the integration's
 * lease writes it, see {@link Held}.
 *
 * <p>What an integration is doing is stored nowhere: administrators decide whether it is active; that it runs follows from
 * leases, and that it failed from its last error. So those who define it and those who run it never write the same document.
 *
 * @param integration the name; the key
 * @param system the identity of the source of what is loaded; null when nothing is
 * @param fence of the lease under which this was written
 */
public record InboundState(
        String integration, @Nullable String system, long fence, LoadState load, DeltaState delta, Health health) {
    /**
     * Why an integration's last run failed.
     *
     * @param resumption the last resumption that was known when this was written, the epoch when there was none. Another one
     *     came later, whatever the clocks say of the processes that wrote the two. Null in what an earlier release wrote
     */
    public record LastError(
            String code,
            String detail,
            String remedy,
            Instant at,
            @Nullable Instant resumption) {
        public static LastError of(Failure failure, Instant at) {
            return new LastError(
                    failure.code().slug(), failure.detail(), failure.code().remedy(), at, Instant.EPOCH);
        }

        private LastError after(@Nullable Instant known) {
            return new LastError(code, detail, remedy, at, Objects.requireNonNullElse(known, Instant.EPOCH));
        }

        /** One line for people. */
        public String line() {
            return "%s: %s. %s".formatted(code, detail, remedy);
        }

        /** Whether an administrator resumed the integration after it. */
        boolean resumed(Store store, String integration) {
            var last = resumption(store, integration);
            return last != null && (resumption == null ? last.isAfter(at) : !last.equals(resumption));
        }

        private static @Nullable Instant resumption(Store store, String integration) {
            return store.documents(Definitions.Resumption.TYPE)
                    .find(integration)
                    .map(found -> found.value().at())
                    .orElse(null);
        }
    }

    /**
     * How an integration's runs have gone.
     *
     * @param lastSuccessAt when a load or delta last ended well
     * @param lastError why the last run failed, null after a success
     * @param failuresInRow runs that failed since the last success
     * @param retries steps that were taken again, over all runs
     * @param deadLetters rows that were kept aside and still are
     */
    public record Health(
            @Nullable Instant lastSuccessAt,
            @Nullable LastError lastError,
            long failuresInRow,
            long retries,
            long deadLetters) {

        /** Nothing has run yet. */
        public static final Health NONE = new Health(null, null, 0, 0, 0);

        public Health succeeded(Instant at) {
            return new Health(at, null, 0, retries, deadLetters);
        }

        public Health failed(LastError error) {
            return new Health(lastSuccessAt, error, failuresInRow + 1, retries, deadLetters);
        }

        public Health begun() {
            return new Health(lastSuccessAt, null, failuresInRow, retries, deadLetters);
        }

        public Health retried(long steps) {
            return new Health(lastSuccessAt, lastError, failuresInRow, retries + steps, deadLetters);
        }

        public Health withDeadLetters(long rows) {
            return new Health(lastSuccessAt, lastError, failuresInRow, retries, rows);
        }
    }

    public static final CollectionType<InboundState> TYPE = CollectionType.of(
                    "InboundStates", InboundState.class, InboundState::integration)
            .unscoped("replication spans all plants");

    /** The state of an integration of which nothing was ever loaded. */
    public static InboundState none(String integration) {
        return new InboundState(integration, null, 0, LoadState.NONE, DeltaState.NONE, Health.NONE);
    }

    /** The state of an integration, that of one never loaded when there is none yet. */
    public static InboundState of(Store store, String integration) {
        return store.documents(TYPE).find(integration).map(Stored::value).orElseGet(() -> none(integration));
    }

    /** As {@link #of}; the figures of a load that is open are those of its partitions at this moment. */
    public static InboundState live(Store store, String integration) {
        var state = of(store, integration);
        var plan = state.load.plan();
        if (plan == null || plan.done()) {
            return state;
        }
        var partitions = PartitionState.of(store, integration, plan);
        var total = plan.partitions() == 1 && !partitions.isEmpty()
                ? partitions.getFirst().total()
                : null;
        return state.with(state.load.at(PartitionState.sum(partitions), total, state.load.pageSize()));
    }

    /** An integration with the status of this moment. */
    public static Integration withStatus(Store store, Integration integration) {
        return integration.with(of(store, integration.name()).status(store, integration));
    }

    private Status status(Store store, Integration definition) {
        if (definition.status() == Status.NOT_ACTIVE) {
            return Status.NOT_ACTIVE;
        }
        if (load.open() && !PartitionState.runners(store, this).isEmpty()) {
            return Status.RUNNING;
        }
        var error = health.lastError();
        return error == null || error.resumed(store, integration) ? Status.ACTIVE : Status.FAILED;
    }

    /** Whether its data has been loaded whole at least once. */
    public boolean loaded() {
        return load.loadedAt() != null;
    }

    public InboundState by(long newFence) {
        return new InboundState(integration, system, newFence, load, delta, health);
    }

    public InboundState from(String newSystem) {
        return new InboundState(integration, newSystem, fence, load, delta, health);
    }

    public InboundState with(LoadState newLoad) {
        return new InboundState(integration, system, fence, newLoad, delta, health);
    }

    public InboundState with(DeltaState newDelta) {
        return new InboundState(integration, system, fence, load, newDelta, health);
    }

    public InboundState with(Health newHealth) {
        return new InboundState(integration, system, fence, load, delta, newHealth);
    }

    /** After a comparison of all keys. */
    public InboundState swept() {
        return with(load.swept());
    }

    /** The state of an integration, which may be written while the integration's lease is held. */
    public static final class Held implements AutoCloseable {
        /**
         * An integration that had failed works again.
         *
         * @param integration its name, such as {@code work-orders}
         */
        record IntegrationRecovered(String integration) implements Fact {}

        /**
         * A load or a delta of an integration failed.
         *
         * @param integration its name, such as {@code work-orders}
         * @param code the problem's code, such as {@code sap-unreachable}
         * @param detail what happened
         */
        record IntegrationFailed(String integration, String code, String detail) implements Fact {}

        private final Documents<InboundState> states;
        private final HeldLease lease;
        private Stored<InboundState> stored;

        private Held(Documents<InboundState> states, HeldLease lease, Stored<InboundState> stored) {
            this.states = states;
            this.lease = lease;
            this.stored = stored;
        }

        /** Takes the lease of an integration; empty when another runner that may be alive holds it. */
        public static Optional<Held> acquire(Store store, String integration, LoadOptions options) {
            var lease = HeldLease.acquire(store, integration, options);
            if (lease.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(of(lease.get(), integration));
            } catch (RuntimeException | Error failed) {
                lease.get().close();
                throw failed;
            }
        }

        /** The state of an integration whose lease is held. */
        public static Held of(HeldLease lease, String integration) {
            var states = lease.store().documents(InboundState.TYPE);
            return new Held(states, lease, state(states, integration));
        }

        private static Stored<InboundState> state(Documents<InboundState> states, String name) {
            return states.find(name).orElseGet(() -> switch (states.insert(InboundState.none(name))) {
                case Written.Done<InboundState> done -> done.stored();
                case Written.Lost<InboundState> lost -> throw StoreProblem.LEASE_LOST.because(name);
            });
        }

        public InboundState now() {
            return stored.value();
        }

        /** As {@link HeldLease#store}. */
        public Store store() {
            return lease.store();
        }

        /** Writes the state over the one that was read, and the facts that it makes true; fails when somebody else did meanwhile. */
        public void save(InboundState next) {
            var state = noted(next);
            stored = switch (states.replace(state.by(lease.fence()), stored.rev(), facts(state))) {
                case Written.Done<InboundState> done -> done.stored();
                case Written.Lost<InboundState> lost -> throw StoreProblem.LEASE_LOST.because(state.integration());
            };
        }

        /** A new error is noted with the resumption that it follows. */
        private InboundState noted(InboundState next) {
            var health = next.health();
            var error = health.lastError();
            if (error == null || error.equals(now().health().lastError())) {
                return next;
            }
            var after = error.after(LastError.resumption(store(), next.integration()));
            return next.with(new Health(
                    health.lastSuccessAt(), after, health.failuresInRow(), health.retries(), health.deadLetters()));
        }

        private Fact[] facts(InboundState next) {
            var before = now().health();
            var error = next.health().lastError();
            var known = before.lastError();
            boolean worked = known == null || known.resumed(store(), next.integration());
            if (error != null && !error.equals(known) && worked) {
                return new Fact[] {new IntegrationFailed(next.integration(), error.code(), error.detail())};
            }
            boolean recovered = next.health().failuresInRow() == 0 && before.failuresInRow() > 0;
            return recovered ? new Fact[] {new IntegrationRecovered(next.integration())} : new Fact[0];
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
