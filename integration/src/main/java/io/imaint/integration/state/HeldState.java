package io.imaint.integration.state;

import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import java.util.Optional;

/** An integration's state in the hand of who holds the integration's lease, and may therefore write it. */
public final class HeldState implements AutoCloseable {
    private final Documents<InboundState> states;
    private final HeldLease lease;
    private Stored<InboundState> stored;

    private HeldState(Documents<InboundState> states, HeldLease lease, Stored<InboundState> stored) {
        this.states = states;
        this.lease = lease;
        this.stored = stored;
    }

    /** Takes the lease of an integration; empty when another runner that may be alive holds it. */
    public static Optional<HeldState> acquire(Store store, String integration, LoadTerms terms) {
        var lease = HeldLease.acquire(store, integration, terms);
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try {
            var states = lease.get().store().documents(InboundStates.TYPE);
            return Optional.of(new HeldState(states, lease.get(), state(states, integration)));
        } catch (RuntimeException | Error failed) {
            lease.get().close();
            throw failed;
        }
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

    /** Writes the state over the one that was read; fails when somebody else did meanwhile. */
    public void save(InboundState state) {
        stored = switch (states.replace(state.by(lease.fence()), stored.rev())) {
            case Written.Done<InboundState> done -> done.stored();
            case Written.Lost<InboundState> lost -> throw StoreProblem.LEASE_LOST.because(state.integration());
        };
    }

    @Override
    public void close() {
        lease.close();
    }
}
