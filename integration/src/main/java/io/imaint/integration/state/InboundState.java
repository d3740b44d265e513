package io.imaint.integration.state;

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
}
