package io.imaint.checks;

import io.imaint.app.ExternalServer;
import io.imaint.integration.broker.Broker;
import io.imaint.integration.broker.BrokerService;
import io.imaint.integration.broker.InProcessBroker;
import io.imaint.integration.outbound.OutboundSettings;
import io.imaint.kernel.settings.BackingServices;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How fast commands are accepted and posted: notifications are created, with store, outbox, broker and simulator in this
 * process, or with a RabbitMQ beside it.
 *
 * <p>Arguments: commands at saturation (default 3000), commands a second (default 50), seconds (default 20), parallel
 * consumers (default 8), and the word {@code rabbitmq} for the RabbitMQ that is installed on this machine.
 */
final class OutboundBenchmark {
    private static final int ACCEPTORS = 8;

    private OutboundBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 4 && arguments[4].equals("rabbitmq")) {
            try (var server = ExternalServer.rabbitMq(Files.createTempDirectory("imaint-rabbitmq"));
                    var broker = BrokerService.open(BackingServices.read(
                            Settings.of(Map.of("amqp-uri", "amqp://guest:guest@127.0.0.1:" + server.port()))))) {
                measure(arguments, broker);
            }
        } else {
            measure(arguments, new InProcessBroker());
        }
        System.exit(0);
    }

    private static void measure(String[] arguments, Broker broker) throws IOException, InterruptedException {
        int many = argument(arguments, 0, 3000);
        int perSecond = argument(arguments, 1, 50);
        int seconds = argument(arguments, 2, 20);
        var usual = OutboundSettings.DEFAULT;
        var settings = new OutboundSettings(
                argument(arguments, 3, usual.parallel()),
                usual.attemptsMax(),
                usual.retryFirst(),
                usual.retryMax(),
                usual.probeFirst(),
                usual.probeMax(),
                usual.sweepEvery());
        try (var landscape = new OutboundLandscape(Files.createTempDirectory("imaint-outbound"), "", broker)) {
            var clock = new Stopwatch();
            var queued = atOnce(landscape, many);
            clock.tell("accepted", many);
            landscape.start(settings);
            awaitPosted(landscape, queued);
            clock.tell("posted from the queue", many);
            var both = atOnce(landscape, many);
            awaitPosted(landscape, both);
            clock.tell("accepted and posted", many);
            latencies("saturated", landscape, both);
            latencies(perSecond + "/s", landscape, steadily(landscape, perSecond, seconds));
        }
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    /** Tells of each phase how fast it was, and what of the processor each command took, which other programs do not change. */
    private static final class Stopwatch {
        private long start = System.nanoTime();
        private long cpu = cpu();

        private static long cpu() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        void tell(String phase, int count) {
            System.out.printf(
                    "%-22s %,8.0f /s, %5.2f ms of one processor each%n",
                    phase, count * 1e9 / (System.nanoTime() - start), (cpu() - cpu) / 1e6 / count);
            start = System.nanoTime();
            cpu = cpu();
        }
    }

    private static OutboxItem accepted(OutboundLandscape landscape, int number) {
        return landscape.create(
                Command.CREATE_NOTIFICATION,
                new Document().put("notificationType", "M1").put("description", "Benchmark " + number));
    }

    private static List<OutboxItem> atOnce(OutboundLandscape landscape, int count) throws InterruptedException {
        var items = Collections.synchronizedList(new ArrayList<OutboxItem>());
        var next = new AtomicInteger();
        try (var people = Executors.newFixedThreadPool(ACCEPTORS)) {
            for (int i = 0; i < ACCEPTORS; i++) {
                people.execute(() -> {
                    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                        items.add(accepted(landscape, number));
                    }
                });
            }
        }
        return items;
    }

    private static List<OutboxItem> steadily(OutboundLandscape landscape, int perSecond, int seconds)
            throws InterruptedException {
        var items = Collections.synchronizedList(new ArrayList<OutboxItem>());
        int count = perSecond * seconds;
        try (var clockwork = Executors.newScheduledThreadPool(2)) {
            for (int i = 0; i < count; i++) {
                int number = i;
                var unused = clockwork.schedule(
                        () -> items.add(accepted(landscape, number)),
                        i * 1_000_000L / perSecond,
                        TimeUnit.MICROSECONDS);
            }
            clockwork.shutdown();
            boolean done = clockwork.awaitTermination(seconds + 60L, TimeUnit.SECONDS);
            assert done : "it takes as long as it takes";
        }
        awaitPosted(landscape, items);
        return items;
    }

    /** Looks at the last ones only, and rarely: looking takes time from what is measured. */
    private static void awaitPosted(OutboundLandscape landscape, List<OutboxItem> items) throws InterruptedException {
        for (int i = items.size() - 1; i >= 0; i--) {
            while (landscape.item(items.get(i).id()).state() != State.POSTED) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static void latencies(String name, OutboundLandscape landscape, List<OutboxItem> items) {
        var sorted = items.stream()
                .map(item -> landscape.item(item.id()))
                .map(item -> Duration.between(item.acceptedAt(), Objects.requireNonNull(item.settledAt()))
                        .toMillis())
                .sorted()
                .toList();
        System.out.printf(
                "create to number, %-10s p50 %,6d ms, p99 %,6d ms, max %,6d ms%n",
                name, sorted.get(sorted.size() / 2), sorted.get((int) (sorted.size() * 0.99)), sorted.getLast());
    }
}
