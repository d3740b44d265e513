package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.references.References;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a load that is killed at any point ends, after restarts, like one that was never disturbed, and reads no page
 * again but the ones that were open. Method: the simulator in this process counts the pages; the loader is a process
 * that is killed ten times, each time at a random page of the load.
 */
@Tag("long")
class CrashSimulation {
    private static final int ORDERS = 8_000;
    private static final int KILLS = 10;
    private static final References REFERENCES = References.product();

    /** Loads what was never loaded, and nothing else. */
    private static final String[] LOADER = {"run", "--target", "sap-inbound-api-service"};

    /** A page's data request: everything that is not metadata, nor asked to plan a load. */
    private record Read(String target) {
        /** The part of a set that the page belongs to; pages of one part differ in nothing but where they continue. */
        String part() {
            return target.replaceFirst("&?[$]skiptoken=[^&]*", "");
        }
    }

    /** The data requests of one run of the loader; lets the test act when a certain one arrives. */
    private static final class Log {
        private final List<Read> reads = new ArrayList<>();
        private int killAt = Integer.MAX_VALUE;
        private final CountDownLatch reached = new CountDownLatch(1);

        synchronized void add(String request) {
            if (request.contains("Set?") && !request.contains("$top=")) {
                reads.add(new Read(request.replaceFirst("^.*ICWP_INTEGRATION_SUITE_SRV/", "")));
                if (reads.size() == killAt) {
                    reached.countDown();
                }
            }
        }
    }

    private volatile Log log = new Log();

    @Test
    void killedLoadsEndLikeUndisturbedOnes(@TempDir Path temp) throws InterruptedException {
        long seed = Long.getLong("imaint.seed", System.nanoTime());
        var random = new Random(seed);
        var plant = PlantSource.open(1, ORDERS, Optional.empty());
        try (var sap = SapGateway.start(
                SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0"))),
                plant,
                InstantSource.system(),
                request -> log.add(request))) {
            var settings = Map.of(
                    "IMAINT_SAP_URL", sap.serviceUrl().toString(),
                    "IMAINT_SAP_USER", sap.user(),
                    "IMAINT_SAP_PASSWORD", sap.password().reveal(),
                    "IMAINT_INBOUND_PAGE_SIZE", "500");
            var undisturbed = temp.resolve("undisturbed");
            load(undisturbed, settings);
            int pages = log.reads.size();

            var killed = temp.resolve("killed");
            var runs = killedRuns(killed, settings, random, pages);
            assertNothingReadTwiceButOpenPages(runs, "seed " + seed);
            assertSame(undisturbed, killed, "seed " + seed);
        }
    }

    /** Runs the loader until it is done, killing it so often at random pages; the requests of each run. */
    private List<List<Read>> killedRuns(Path home, Map<String, String> settings, Random random, int pages)
            throws InterruptedException {
        var runs = new ArrayList<List<Read>>();
        for (int kill = 0; kill < KILLS; kill++) {
            log = new Log();
            // Spread over the whole load: each run gets its share of the pages, and dies somewhere within it.
            log.killAt = 1 + random.nextInt(Math.max(1, pages / KILLS));
            try (var loader = Program.start(home, settings, LOADER)) {
                log.reached.await();
                spin(random.nextInt(40));
                loader.kill();
                assertThat(loader.exitCode()).isNotZero();
            }
            runs.add(List.copyOf(log.reads));
        }
        log = new Log();
        load(home, settings);
        runs.add(List.copyOf(log.reads));
        return runs;
    }

    private static void load(Path home, Map<String, String> settings) {
        try (var loader = Program.start(home, settings, LOADER)) {
            new Api(loader.awaitLine("started"), home).awaitReady();
        }
    }

    /** A page may be asked for again only when it was the last of its part in the run before, the one left open. */
    private static void assertNothingReadTwiceButOpenPages(List<List<Read>> runs, String seed) {
        var read = new HashSet<Read>();
        var open = new HashMap<String, Read>();
        for (var run : runs) {
            for (var page : run) {
                assertThat(read.add(page) || page.equals(open.get(page.part())))
                        .as(seed + ": read again although it was done: " + page)
                        .isTrue();
            }
            run.forEach(page -> open.put(page.part(), page));
        }
    }

    private static void assertSame(Path one, Path other, String seed) {
        try (var first = StoreService.open(new StoreSettings(one, Optional.empty()));
                var second = StoreService.open(new StoreSettings(other, Optional.empty()))) {
            for (var type : Replicas.ALL) {
                var expected = Documents.all(first, type).iterator();
                var actual = Documents.all(second, type).iterator();
                while (expected.hasNext() && actual.hasNext()) {
                    Stored<Document> wanted = expected.next();
                    assertThat(read(type, actual.next().value()))
                            .as(seed + ": " + type + " " + wanted.key())
                            .isEqualTo(read(type, wanted.value()));
                }
                assertThat(actual.hasNext())
                        .as(seed + ": " + type + " has more")
                        .isFalse();
                assertThat(expected.hasNext())
                        .as(seed + ": " + type + " has less")
                        .isFalse();
            }
        }
    }

    /** What was read from SAP; what is copied from other documents comes right later, in its own time. */
    private static Map<String, @Nullable Object> read(CollectionType<Document> type, Document document) {
        Map<String, @Nullable Object> fields = new HashMap<>(document.fields());
        fields.keySet().removeAll(REFERENCES.fills(type.name()));
        return fields;
    }

    /** Lets some time pass, so that the kill falls anywhere within the page and not at its first byte. */
    private static void spin(int milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
