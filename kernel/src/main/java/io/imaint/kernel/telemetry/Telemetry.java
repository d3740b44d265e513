package io.imaint.kernel.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The metrics of one process. */
public final class Telemetry implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private Telemetry() {}

    /** Telemetry with the metrics of the virtual machine: memory, garbage collections, threads, processor, uptime. */
    public static Telemetry create() {
        var telemetry = new Telemetry();
        new JvmMemoryMetrics().bindTo(telemetry.registry);
        new JvmThreadMetrics().bindTo(telemetry.registry);
        new ProcessorMetrics().bindTo(telemetry.registry);
        new UptimeMetrics().bindTo(telemetry.registry);
        telemetry.collections.bindTo(telemetry.registry);
        return telemetry;
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** All metrics in Prometheus' text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
