package io.imaint.integration.state;

import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.Stored;

/** The states of all integrations, a document each. */
public final class InboundStates {
    public static final CollectionType<InboundState> TYPE = CollectionType.of(
                    "InboundStates", InboundState.class, InboundState::integration)
            .unscoped("replication spans all plants");

    private InboundStates() {}

    /** The state of an integration, that of one never loaded when there is none yet. */
    public static InboundState of(Documents<InboundState> states, String integration) {
        return states.find(integration).map(Stored::value).orElseGet(() -> InboundState.none(integration));
    }

    /** As {@link #of}; the figures of a load that is open are those of its parts at this moment. */
    public static InboundState live(Store store, String integration) {
        var state = of(store.documents(TYPE), integration);
        var plan = state.load().plan();
        if (plan == null || plan.done()) {
            return state;
        }
        var parts = PartStates.of(store.documents(PartStates.TYPE), integration, plan);
        var total = plan.parts() == 1 && !parts.isEmpty() ? parts.getFirst().total() : null;
        var load = state.load();
        return state.with(load.at(PartStates.sum(parts), total, load.pageSize()));
    }
}
