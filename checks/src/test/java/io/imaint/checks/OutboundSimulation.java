package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: whatever goes wrong between people and SAP, SAP has each accepted command exactly once, in order for each object, and
 * what the outbox shows is true. Method: many small runs, each from a seed; threads decide the rest.
 *
 * <p>A seed that fails is named with its story; {@code -Dimaint.seed=N} plays that one alone, {@code -Dimaint.seeds=N} that
 * many, {@code -Dimaint.firstSeed=N} others than the usual ones.
 */
class OutboundSimulation {
    private static final int RUNS = Integer.getInteger("imaint.seeds", 8);
    private static final long FIRST = Long.getLong("imaint.firstSeed", 1);
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final int ROWS_OF_A_SET = 30;
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
    void sapHasEachCommandOnceAndInOrder() {
        var only = Long.getLong("imaint.seed");
        var seeds = only == null
                ? LongStream.rangeClosed(FIRST, FIRST + RUNS - 1).boxed().toList()
                : List.of(only);
        var failures = new ArrayList<String>();
        for (var seed : seeds) {
            try {
                run(seed);
            } catch (AssertionError failed) {
                failures.add(String.valueOf(failed.getMessage()));
            }
        }
        assertThat(failures)
                .as("%d of %d runs fail".formatted(failures.size(), seeds.size()))
                .isEmpty();
    }

    private void run(long seed) {
        var home = home(seed);
        var plant = new SmallPlant(PlantSource.open(seed, ORDERS, Optional.empty()), ROWS_OF_A_SET);
        try (var store = StoreService.open(new StoreSettings(home, Optional.empty()));
                var run = new OutboundRun(seed, store, plant)) {
            try {
                run.play();
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
                    Files.isWritable(IN_MEMORY) ? IN_MEMORY : temp, "imaint-outbound-" + seed + "-");
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
