package io.imaint.integration.broker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** What a broker did in this process. */
final class BrokerMeters {
    final LongAdder published = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder consumed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder dead = new LongAdder();

    void bindTo(MeterRegistry meters, BooleanSupplier connected) {
        counter(meters, "imaint.broker.published", published, "Messages that the broker has taken");
        counter(meters, "imaint.broker.publish.failures", refused, "Messages that the broker has not taken");
        counter(meters, "imaint.broker.consumed", consumed, "Messages that consumers have done");
        counter(meters, "imaint.broker.consumer.failures", failed, "Messages that a consumer failed at");
        counter(meters, "imaint.broker.dead.letters", dead, "Messages given up after several deliveries");
        Gauge.builder("imaint.broker.connected", () -> connected.getAsBoolean() ? 1 : 0)
                .description("1 while the broker can be reached")
                .register(meters);
    }

    private static void counter(MeterRegistry meters, String name, LongAdder count, String description) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .description(description)
                .register(meters);
    }
}
