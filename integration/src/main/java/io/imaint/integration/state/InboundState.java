package io.imaint.integration.state;

import io.imaint.integration.definition.StrictDocument;
import io.imaint.store.Document;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the store of an integration, and how it came there. Only who holds the integration's lease writes it.
 *
 * @param integration the name; the key
 * @param system the identity of the source of what is loaded; null when nothing is
 * @param fence of the lease under which this was written
 */
public record InboundState(
        String integration, @Nullable String system, long fence, LoadState load, DeltaState delta, Health health) {
    /** The state of an integration of which nothing was ever loaded. */
    public static InboundState none(String integration) {
        return new InboundState(integration, null, 0, LoadState.NONE, DeltaState.NONE, Health.NONE);
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

    /** As if nothing had been loaded, though it may stand there still. */
    InboundState emptied() {
        return new InboundState(integration, system, fence, LoadState.NONE, DeltaState.NONE, Health.NONE);
    }

    Document document() {
        return new Document()
                .put("integration", integration)
                .put("system", system)
                .put("fence", fence)
                .put("load", load.document())
                .put("delta", delta.document())
                .put("health", health.document());
    }

    static InboundState read(Document document) {
        var in = new StrictDocument(document, "InboundStates '" + document.get("integration") + "'");
        var state = new InboundState(
                in.text("integration"),
                in.optionalText("system").orElse(null),
                in.integer("fence"),
                in.document("load").map(LoadState::read).orElse(LoadState.NONE),
                in.document("delta").map(DeltaState::read).orElse(DeltaState.NONE),
                in.document("health").map(Health::read).orElse(Health.NONE));
        in.end();
        return state;
    }
}
