package io.imaint.integration.outbound;

import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.Instant;

/** The meters of posting: attempts, what became of them, and the time from acceptance to SAP's number. */
final class OutboundMeters {
    private static final Duration[] LATENCIES = {
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofMinutes(1),
        Duration.ofMinutes(15),
    };

    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();

    void bindTo(MeterRegistry registry) {
        meters.add(registry);
    }

    void attempted(Command command) {
        meters.counter("imaint.outbox.attempts", "command", command.toString()).increment();
    }

    void posted(OutboxItem item, Instant now) {
        meters.counter("imaint.outbox.posted", "command", item.command().toString())
                .increment();
        var took = Duration.between(item.acceptedAt(), now);
        Timer.builder("imaint.outbox.latency")
                .description("From the acceptance of a command to SAP's number")
                .serviceLevelObjectives(LATENCIES)
                .register(meters)
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    void failed(Command command) {
        meters.counter("imaint.outbox.failed", "command", command.toString()).increment();
    }
}
