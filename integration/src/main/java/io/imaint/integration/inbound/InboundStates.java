package io.imaint.integration.inbound;

import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Stored;

/** The states of all integrations, a document each. */
public final class InboundStates {
    public static final CollectionType<InboundState> TYPE = CollectionType.of(
            "InboundStates",
            new CollectionType.Codec<>(InboundState::document, InboundState::read),
            InboundState::integration);

    private InboundStates() {}

    /** The state of an integration, that of one never loaded when there is none yet. */
    public static InboundState of(Documents<InboundState> states, String integration) {
        return states.find(integration).map(Stored::value).orElseGet(() -> InboundState.none(integration));
    }
}
