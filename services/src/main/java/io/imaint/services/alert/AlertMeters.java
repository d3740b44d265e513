package io.imaint.services.alert;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of deliveries: attempts by channel and outcome in this process, and the queue that all processes share. */
final class AlertMeters implements Metered {
    private static final System.Logger LOG = System.getLogger(AlertMeters.class.getName());

    private static final Condition PENDING = Condition.equal("status", Delivery.Status.PENDING.toString());

    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final Documents<Delivery> deliveries;
    private final InstantSource clock;

    AlertMeters(Store store, InstantSource clock) {
        this.deliveries = store.documents(AlertCollections.DELIVERIES);
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.add(registry);
        Gauge.builder("imaint.alert.queue.depth", this, measured(AlertMeters::depth))
                .description("deliveries that are still to be made")
                .register(registry);
        TimeGauge.builder("imaint.alert.queue.oldest", this, TimeUnit.MILLISECONDS, measured(AlertMeters::oldestMillis))
                .description("how long the delivery that is due longest has been due")
                .register(registry);
    }

    /** Counts an attempt: one that will be repeated is {@code repeated}, any other has the status with which it ended. */
    void attempted(Channel channel, Delivery.Status status) {
        meters.counter(
                        "imaint.alert.deliveries",
                        "channel",
                        channel.toString(),
                        "outcome",
                        status == Delivery.Status.PENDING ? "repeated" : status.toString())
                .increment();
    }

    private double depth() {
        return deliveries.count(PENDING);
    }

    private double oldestMillis() {
        var oldest = deliveries.list(Query.where(PENDING).sorted("dueAt", false).limit(1)).values().stream()
                .findFirst();
        return oldest.map(delivery -> Duration.between(delivery.dueAt(), clock.instant()))
                .map(waiting -> (double) Math.max(0, waiting.toMillis()))
                .orElse(0.0);
    }

    /** No number while the store cannot be read, which the store itself reports. */
    private static ToDoubleFunction<AlertMeters> measured(ToDoubleFunction<AlertMeters> measure) {
        return meters -> {
            try {
                return measure.applyAsDouble(meters);
            } catch (Failure failed) {
                LOG.log(Level.DEBUG, "the queue of deliveries cannot be measured: {0}", failed.line());
                return Double.NaN;
            }
        };
    }
}
