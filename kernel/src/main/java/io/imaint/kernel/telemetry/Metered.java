package io.imaint.kernel.telemetry;

import io.micrometer.core.instrument.MeterRegistry;

/** A started service with its own metrics. */
public interface Metered {
    /** Registers the metrics; called once, before the API opens. */
    void bindTo(MeterRegistry meters);
}
