package io.imaint.integration.delta;

import io.imaint.integration.state.InboundRun;

/** Hears of each run that brought an integration current or failed. Called on the run's thread; must return quickly. */
public interface DeltaListener {
    DeltaListener NONE = (run, lagsMs) -> {};

    /**
     * A run has ended.
     *
     * @param lagsMs for each changed row, up to some thousands, the time from its change in SAP to its being visible
     */
    void ended(InboundRun run, long[] lagsMs);
}
