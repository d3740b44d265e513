package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Leases;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** Takes the replicated data out of the store, so that the next load begins from nothing. */
public final class Reset {
    private final Store store;
    private final LoadTerms terms;
    private final Documents<Integration> integrations;
    private final Documents<InboundState> states;

    public Reset(Store store) {
        this(store, LoadTerms.of(1, 1));
    }

    Reset(Store store, LoadTerms terms) {
        this.store = store;
        this.terms = terms;
        this.integrations = store.documents(Integrations.TYPE);
        this.states = store.documents(InboundStates.TYPE);
    }

    /** How many documents {@link #run} would remove, by collection. */
    public SequencedMap<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        for (var type : Replicas.ALL) {
            counts.put(type.name(), store.documents(type).count(Condition.ALL));
        }
        return counts;
    }

    /**
     * Removes the documents of all replicated collections and makes the integrations begin again; returns how many, by
     * collection. Interrupted, it must be run again before anything can be loaded from another system.
     *
     * @throws io.imaint.kernel.problem.Failure {@link InboundProblem#INBOUND_RUNNING} while something is loading;
     *     nothing is removed then
     */
    public SequencedMap<String, Long> run() {
        var leases = new ArrayList<HeldLease>();
        try {
            for (var stored : Integrations.all(integrations)) {
                leases.add(lease(stored.key()));
            }
            // The checkpoints go first and the system last: at no point does an integration claim data that is gone,
            // or forget whose data still stands here.
            change(leases, InboundState::emptied);
            var removed = new LinkedHashMap<String, Long>();
            for (var type : Replicas.ALL) {
                leases.forEach(HeldLease::check);
                removed.put(type.name(), store.documents(type).removeAll(Condition.ALL));
            }
            change(leases, state -> InboundState.none(state.integration()));
            new LoadedSystem(null, null).write(store);
            return removed;
        } finally {
            leases.forEach(HeldLease::close);
        }
    }

    private HeldLease lease(String integration) {
        return HeldLease.acquire(store.leases(), integration, terms)
                .orElseThrow(() -> InboundProblem.INBOUND_RUNNING.because("%s, by %s"
                        .formatted(
                                integration,
                                store.leases()
                                        .holder(HeldLease.nameFor(integration))
                                        .map(Leases.Lease::holder)
                                        .orElse("a runner that just ended"))));
    }

    private void change(List<HeldLease> leases, UnaryOperator<InboundState> change) {
        for (var stored : Integrations.all(integrations)) {
            leases.forEach(HeldLease::check);
            var state = states.find(stored.key());
            if (state.isPresent()
                    && states.replace(
                                    change.apply(state.get().value()),
                                    state.get().rev())
                            instanceof Documents.Written.Lost<InboundState>) {
                throw InboundProblem.INBOUND_LEASE_LOST.because(stored.key());
            }
            Statuses.note(integrations, stored.key(), Status.ACTIVE);
        }
    }
}
