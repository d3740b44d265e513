package io.imaint.integration.inbound;

import io.imaint.integration.odata.DeltaLink;
import org.jspecify.annotations.Nullable;

/** What a load leaves behind for the changes that follow it. */
final class LoadedPosition {
    private LoadedPosition() {}

    /** Whether a load is under way, or was broken off. */
    static boolean open(InboundState state) {
        var checkpoint = state.load().checkpoint();
        return checkpoint != null && !checkpoint.done();
    }

    /** The token in which a load in one part ended; null when there is none. */
    static @Nullable String token(InboundState state) {
        var checkpoint = state.load().checkpoint();
        var delta = checkpoint == null ? null : checkpoint.delta();
        return delta == null ? null : DeltaLink.of(delta).map(DeltaLink::token).orElse(null);
    }

    /** Whether the load may have left documents that SAP no longer has. */
    static boolean sweepDue(InboundState state) {
        return false;
    }

    static InboundState swept(InboundState state) {
        return state;
    }
}
