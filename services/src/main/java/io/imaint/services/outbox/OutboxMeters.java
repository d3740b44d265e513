package io.imaint.services.outbox;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.Documents;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of the outbox, read together and at most every {@link #FRESH}, however many ask. */
final class OutboxMeters implements Metered {
    private static final System.Logger LOG = System.getLogger(OutboxMeters.class.getName());
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Documents<OutboxItem> items;
    private final InstantSource clock;
    private volatile @Nullable Reading last;

    private record Reading(Instant at, @Nullable OutboxFigures figures) {}

    OutboxMeters(Documents<OutboxItem> items, InstantSource clock) {
        this.items = items;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var state : State.values()) {
            if (!state.settled()) {
                Gauge.builder("imaint.outbox.items", this, measured(figures -> figures.in(state)))
                        .tag("state", state.toString())
                        .description("commands to SAP that are not settled")
                        .strongReference(true)
                        .register(registry);
            }
        }
        TimeGauge.builder("imaint.outbox.oldest", this, TimeUnit.MILLISECONDS, measured(this::ageMillis))
                .description("how long ago the oldest command was accepted that is not settled")
                .strongReference(true)
                .register(registry);
    }

    private double ageMillis(OutboxFigures figures) {
        var oldest = figures.oldestUnsettled();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis());
    }

    /** No number while the store cannot be read, which the store itself reports. */
    private ToDoubleFunction<OutboxMeters> measured(ToDoubleFunction<OutboxFigures> measure) {
        return meters -> {
            var figures = meters.figures();
            return figures == null ? Double.NaN : measure.applyAsDouble(figures);
        };
    }

    private @Nullable OutboxFigures figures() {
        var now = clock.instant();
        var reading = last;
        if (reading == null || reading.at.plus(FRESH).isBefore(now)) {
            reading = new Reading(now, read(now));
            last = reading;
        }
        return reading.figures;
    }

    private @Nullable OutboxFigures read(Instant now) {
        try {
            return OutboxFigures.of(items, now);
        } catch (Failure failed) {
            LOG.log(Level.DEBUG, "the outbox cannot be measured: {0}", failed.line());
            return null;
        }
    }
}
