package io.imaint.integration.state;

import org.jspecify.annotations.Nullable;

/** What a load leaves behind for the changes that follow it. */
public final class LoadedPosition {
    private LoadedPosition() {}

    /** Whether a load is under way, or was broken off. */
    public static boolean open(InboundState state) {
        return state.load().open();
    }

    /** The token in which a load in one part ended; null when there is none, or changes were read since. */
    public static @Nullable String token(InboundState state) {
        var left = state.delta().position();
        return left.loadedAt() == null ? left.token() : null;
    }

    /** Whether the load may have left documents that SAP no longer has. */
    public static boolean sweepDue(InboundState state) {
        return state.load().sweepDue();
    }

    public static InboundState swept(InboundState state) {
        return state.with(state.load().swept());
    }
}
