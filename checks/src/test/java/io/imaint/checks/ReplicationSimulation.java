package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.faults.Fault;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: whatever SAP's people do, whatever goes wrong on the way and whenever a loader dies, the store ends up equal to the
 * source: nothing lost, no ghosts, every field. Method: many small runs, each from a seed.
 *
 * <p>A seed that fails is named with its story; {@code -Dimaint.seed=N} plays that one alone,
 * {@code -Dimaint.seeds=N} that many, {@code -Dimaint.firstSeed=N} others than the usual ones.
 */
class ReplicationSimulation {
    private static final int RUNS = Integer.getInteger("imaint.seeds", 20);
    /** The first seed, so that others are played each night. */
    private static final long FIRST = Long.getLong("imaint.firstSeed", 1);

    /** Runs share nothing, and each of them waits now and then. */
    private static final int AT_ONCE = 1 + Runtime.getRuntime().availableProcessors();

    /** Where there is such a folder: processes die here, machines do not, and waiting for a disk would show nothing. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private static final int ROWS_OF_A_SET = 30;

    /** Enough for orders with everything that belongs to them. */
    private static final int ORDERS = 20;

    private static final Logger QUIET = Logger.getLogger("io");

    @TempDir
    Path temp;

    @BeforeAll
    static void dyingIsNoNews() {
        QUIET.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        QUIET.setLevel(null);
    }

    @Test
    void theScenarioHasEveryFaultOfReading() {
        for (var fault : Fault.Plain.values()) {
            if (fault != Fault.Plain.LOCK_CONFLICT) {
                assertThat(FaultScenario.KINDS).anyMatch(kind -> kind.startsWith(fault.text()));
            }
        }
        for (var kind : List.of("latency", "status", "half-answer", "slow-bytes")) {
            assertThat(FaultScenario.KINDS).anyMatch(text -> text.startsWith(kind + "="));
        }
    }

    @Test
    void theStoreEndsUpEqualToTheSource() {
        var only = Long.getLong("imaint.seed");
        if (only != null) {
            System.out.println(run(only));
            return;
        }
        try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
            var runs = LongStream.rangeClosed(FIRST, FIRST + RUNS - 1)
                    .mapToObj(seed -> CompletableFuture.runAsync(() -> run(seed), workers))
                    .toList();
            var failures = new ArrayList<Throwable>();
            for (var run : runs) {
                run.handle((done, failed) -> failed == null || failures.add(failed))
                        .join();
            }
            assertThat(failures.stream().map(String::valueOf))
                    .as("%d of %d runs fail".formatted(failures.size(), RUNS))
                    .isEmpty();
        }
    }

    /** Returns what happened, for people. */
    private String run(long seed) {
        var home = home(seed);
        var plant = new SmallPlant(PlantSource.open(seed, ORDERS, Optional.empty()), ROWS_OF_A_SET);
        try (var store = StoreService.open(new StoreSettings(home, Optional.empty()));
                var run = new SimulatedRun(seed, store, plant)) {
            try {
                run.play();
                return run.story();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError(
                        "seed %d fails; play it again with -Dimaint.seed=%d%n  %s%n%s"
                                .formatted(seed, seed, run.story(), failed.getMessage()),
                        failed);
            }
        } finally {
            delete(home);
        }
    }

    private Path home(long seed) {
        try {
            return Files.createTempDirectory(
                    Files.isWritable(IN_MEMORY) ? IN_MEMORY : temp, "imaint-run-" + seed + "-");
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
