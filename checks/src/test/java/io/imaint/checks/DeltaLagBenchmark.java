package io.imaint.checks;

import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.simulator.state.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The time from a change of an order in SAP to its being visible in the HTTP API. The simulator runs in this process, the
 * program in one of its own (`imaint up`), with its usual schedule. Orders are changed at a steady rate; every so many-th
 * change is watched by asking the API for that order until it shows the new text. Asking takes processor time from what is
 * measured, so not every change is watched.
 *
 * <p>Arguments: changes a second (default 50), seconds (default 60), orders (default 5000), watched one in (default 5).
 */
final class DeltaLagBenchmark {
    private static final Actor PLANNER = Actor.unrestricted("PLANNER");
    private static final int ASKED_EVERY_MS = 25;

    /** A change that takes longer is counted as never seen. */
    private static final int PATIENCE_SECONDS = 60;

    private final SapGateway sap;
    private final Api api;
    private final List<List<String>> keys;
    private final Random random = new Random(1);
    private final AtomicInteger changes = new AtomicInteger();
    private final List<Long> lagsMs = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger watched = new AtomicInteger();
    private final ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(2);

    private DeltaLagBenchmark(SapGateway sap, Api api) {
        this.sap = sap;
        this.api = api;
        this.keys = keys(sap);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int perSecond = argument(arguments, 0, 50);
        int seconds = argument(arguments, 1, 60);
        int orders = argument(arguments, 2, 5_000);
        int oneIn = argument(arguments, 3, 5);
        var home = Files.createTempDirectory("imaint-lag");
        var settings = SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0")));
        try (var sap = SapGateway.start(
                        settings, PlantSource.open(1, orders, Optional.empty()), InstantSource.system());
                var program = Program.startToMeasure(
                        home,
                        Map.of(
                                "IMAINT_SAP_URL",
                                sap.serviceUrl().toString(),
                                "IMAINT_SAP_USER",
                                sap.user(),
                                "IMAINT_SAP_PASSWORD",
                                sap.password().reveal()),
                        "up")) {
            var api = new Api(program.awaitLine("ready"), home);
            new DeltaLagBenchmark(sap, api).run(perSecond, seconds, oneIn);
        }
        System.exit(0);
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private void run(int perSecond, int seconds, int oneIn) throws InterruptedException {
        var done = new CountDownLatch(perSecond * seconds);
        var changing = clockwork.scheduleAtFixedRate(
                () -> {
                    if (done.getCount() > 0) {
                        change(oneIn);
                        done.countDown();
                    }
                },
                0,
                1_000_000 / perSecond,
                TimeUnit.MICROSECONDS);
        done.await();
        changing.cancel(false);
        int all = watched.get();
        var end = new CountDownLatch(1);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var looking = clockwork.scheduleAtFixedRate(
                () -> {
                    if (lagsMs.size() >= all || System.nanoTime() > until) {
                        end.countDown();
                    }
                },
                0,
                ASKED_EVERY_MS,
                TimeUnit.MILLISECONDS);
        end.await();
        looking.cancel(false);
        clockwork.shutdownNow();
        var sorted = lagsMs.stream().sorted().toList();
        System.out.printf("changes=%d at %d/s, watched=%d, seen=%d%n", changes.get(), perSecond, all, sorted.size());
        if (!sorted.isEmpty()) {
            System.out.printf(
                    "lag p50=%d ms, p99=%d ms (aim 2000), most=%d ms%n",
                    percentile(sorted, 50), percentile(sorted, 99), sorted.getLast());
        }
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private void change(int oneIn) {
        int number = changes.incrementAndGet();
        var key = keys.get(random.nextInt(keys.size()));
        var text = "Lagged " + number;
        sap.plant().change(PLANNER, change -> {
            change.find(IcwpModel.WORK_ORDER, key).ifPresent(row -> change.put(row.set("KTEXT", text)));
            return number;
        });
        if (number % oneIn == 0) {
            watched.incrementAndGet();
            watch(key.getFirst(), number, System.nanoTime());
        }
    }

    /** A later change of the same order counts as well: who sees it, sees this one. */
    private void watch(String order, int number, long since) {
        Thread.ofVirtual().start(() -> {
            long until = since + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (System.nanoTime() < until) {
                var shown =
                        api.get("/api/work-orders/" + order).get("description").stringValue();
                if (shown.startsWith("Lagged ") && Integer.parseInt(shown.substring(7)) >= number) {
                    lagsMs.add((System.nanoTime() - since) / 1_000_000);
                    return;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ASKED_EVERY_MS));
            }
        });
    }

    private static List<List<String>> keys(SapGateway sap) {
        var keys = new ArrayList<List<String>>();
        var rows = sap.plant().rows(IcwpModel.WORK_ORDER, List.of());
        var values = new Object[IcwpModel.WORK_ORDER.properties().size()];
        while (rows.next(values)) {
            keys.add(Row.of(IcwpModel.WORK_ORDER, values).key());
        }
        return keys;
    }
}
