package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.LinkedHashMap;
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
        try (var standstill = Standstill.of(store, terms)) {
            // The checkpoints go first and the system last: at no point does an integration claim data that is gone,
            // or forget whose data still stands here.
            change(standstill, InboundState::emptied);
            var removed = new LinkedHashMap<String, Long>();
            for (var type : Replicas.ALL) {
                standstill.check();
                removed.put(type.name(), store.documents(type).removeAll(Condition.ALL));
            }
            change(standstill, state -> InboundState.none(state.integration()));
            new LoadedSystem(null, null).write(store);
            return removed;
        }
    }

    private void change(Standstill standstill, UnaryOperator<InboundState> change) {
        for (var stored : Integrations.all(integrations)) {
            standstill.check();
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
