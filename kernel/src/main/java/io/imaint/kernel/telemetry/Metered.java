package io.imaint.kernel.telemetry;

import io.micrometer.core.instrument.MeterRegistry;

/** A started service that has meters of its own. */
public interface Metered {
    /** Registers the meters; called once, before the API opens. */
    void bindTo(MeterRegistry meters);
}
