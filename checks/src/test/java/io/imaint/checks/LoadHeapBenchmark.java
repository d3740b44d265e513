package io.imaint.checks;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Live heap during an initial load of the orders alone, for several sizes: it should not grow with the rows. Twice a second
 * the heap is collected and what is left is noted; the most of it is printed. Simulator, loader and store share the process.
 *
 * <p>Arguments: numbers of orders (default 100000 500000 2000000; the last takes long).
 */
final class LoadHeapBenchmark {
    private static final int MEASURED_EVERY_MS = 500;
    private static final long MEGABYTE = 1 << 20;

    private LoadHeapBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        var sizes = arguments.length > 0 ? List.of(arguments) : List.of("100000", "500000", "2000000");
        long least = Long.MAX_VALUE;
        long most = 0;
        for (var size : sizes) {
            long peak = peak(Integer.parseInt(size));
            least = Math.min(least, peak);
            most = Math.max(most, peak);
        }
        System.out.printf("most/least=%.2f (flat is about 1)%n", (double) most / least);
        System.exit(0);
    }

    private static long peak(int orders) throws IOException {
        var temp = Files.createTempDirectory("imaint-heap");
        var settings = SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0")));
        var peak = new AtomicLong();
        try (var sap = SapGateway.start(
                        settings, PlantSource.open(1, orders, Optional.empty()), InstantSource.system());
                var store = StoreService.open(new StoreSettings(temp, Optional.empty()));
                var loads = new InboundLoads(
                        store,
                        new SapSystem(sap.serviceUrl(), sap.user(), sap.password(), sap.client(), "EN", "benchmark"),
                        InboundSettings.read(Settings.of(Map.of())));
                var measuring = Executors.newSingleThreadScheduledExecutor()) {
            var definitions = store.documents(Integrations.TYPE);
            for (var stored : Integrations.all(definitions)) {
                if (!stored.key().equals("work-orders")) {
                    definitions.replace(stored.value().with(Status.NOT_ACTIVE), stored.rev());
                }
            }
            var ticking = measuring.scheduleWithFixedDelay(
                    () -> peak.accumulateAndGet(live(), Math::max), 0, MEASURED_EVERY_MS, TimeUnit.MILLISECONDS);
            long begun = System.nanoTime();
            loads.runAll(LoadListener.NONE, new Cancellation())
                    .forEach(result -> System.out.println("  " + result.line()));
            System.out.printf(
                    "orders=%,d peak live heap=%,d MB, %.0f s%n",
                    orders, peak.get() / MEGABYTE, (System.nanoTime() - begun) / 1e9);
            ticking.cancel(false);
            measuring.shutdownNow();
        } finally {
            delete(temp);
        }
        return peak.get();
    }

    private static long live() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
