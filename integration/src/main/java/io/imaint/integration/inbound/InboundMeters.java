package io.imaint.integration.inbound;

import io.imaint.integration.delta.Deltas;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.telemetry.Metered;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The meters of each integration: rows, durations, lag, age of the last success, failures by problem. */
public final class InboundMeters implements Deltas.Listener, LoadListener, Metered {
    /** The aim is two seconds; above some minutes the exact figure does not matter. */
    private static final Duration[] LAGS = {
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
    };

    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final Map<String, AtomicReference<Instant>> successes = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public InboundMeters(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.add(registry);
    }

    @Override
    public void progressed(LoadListener.Progress progress) {}

    @Override
    public void ended(RunResult result) {
        switch (result) {
            case RunResult.Loaded loaded -> {
                rows(loaded.name(), "load", loaded.counters().rowsRead());
                took(loaded.name(), "load", "done", loaded.took());
                succeeded(loaded.name(), "load");
            }
            case RunResult.Failed failed ->
                failed(failed.name(), "load", failed.failure().code().slug());
            case RunResult.Current ignored -> {} // Deltas and reconciliations tell their run.
            case RunResult.Reconciled ignored -> {}
            case RunResult.Postponed ignored -> {}
        }
    }

    @Override
    public void ended(InboundRun run, long[] lagsMs) {
        var name = run.integration();
        var kind = run.kind().toString();
        rows(name, kind, run.counters().rowsRead());
        took(name, kind, run.ending().result().toString(), Duration.between(run.beganAt(), run.endedAt()));
        var code = run.ending().code();
        switch (run.ending().result()) {
            case DONE -> succeeded(name, kind);
            case FAILED -> failed(name, kind, code == null ? "unknown" : slug(code));
            case STOPPED -> {}
        }
        if (lagsMs.length > 0) {
            var lag = Timer.builder("imaint.inbound.lag")
                    .description("From a change in SAP to its being visible")
                    .tag("integration", name)
                    .serviceLevelObjectives(LAGS)
                    .register(meters);
            for (long ms : lagsMs) {
                lag.record(Math.max(0, ms), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void rows(String integration, String kind, long rows) {
        meters.counter("imaint.inbound.rows", "integration", integration, "kind", kind)
                .increment((double) rows);
    }

    private void took(String integration, String kind, String result, Duration time) {
        Timer.builder("imaint.inbound.runs")
                .description("Time of runs")
                .tags("integration", integration, "kind", kind, "result", result)
                .register(meters)
                .record(time.isNegative() ? Duration.ZERO : time);
    }

    private void failed(String integration, String kind, String code) {
        meters.counter("imaint.inbound.failures", "integration", integration, "kind", kind, "code", code)
                .increment();
    }

    private void succeeded(String integration, String kind) {
        var now = clock.instant();
        successes
                .computeIfAbsent(integration + " " + kind, key -> {
                    var at = new AtomicReference<>(now);
                    TimeGauge.builder(
                                    "imaint.inbound.last.success.age",
                                    at,
                                    TimeUnit.MILLISECONDS,
                                    time -> Duration.between(time.get(), clock.instant())
                                            .toMillis())
                            .description("Since the last run that ended well in this process")
                            .tags("integration", integration, "kind", kind)
                            .strongReference(true)
                            .register(meters);
                    return at;
                })
                .set(now);
    }

    private static String slug(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
