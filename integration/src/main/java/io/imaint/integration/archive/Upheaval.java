package io.imaint.integration.archive;

import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.LoadedSystem.Unfinished;
import io.imaint.integration.state.Standstill;
import io.imaint.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan, step by step. The plan stands in the store before its first step and until after its last, with the
 * step it has reached; while it stands there nothing loads, and whoever runs it again goes on from that step.
 */
final class Upheaval {
    private final Store store;
    private final Holdings holdings;
    private final Configuration configuration;

    Upheaval(Standstill standstill, Configuration configuration) {
        this.store = standstill.store();
        this.configuration = configuration;
        this.holdings = new Holdings(store);
    }

    /** The plan that was begun and not ended. */
    static Optional<Plan> unfinished(Store store) {
        return Optional.ofNullable(LoadedSystem.of(store).unfinished()).map(open -> Plan.of(open.plan()));
    }

    /** Does everything that a plan has left to do, of which the last thing is to forget the plan. */
    void run(Plan plan) {
        for (var phase : plan.left()) {
            note(plan.at(phase));
            step(plan, phase);
        }
        new LoadedSystem(plan.loadedInTheEnd(), null).write(store);
    }

    private void note(Plan plan) {
        var loaded = LoadedSystem.of(store).system();
        new LoadedSystem(loaded, new Unfinished(plan.what(), plan.command(), plan.document())).write(store);
    }

    private void step(Plan plan, Plan.Phase phase) {
        switch (phase) {
            case PARK -> park(plan.park());
            case REMOVE -> {
                var kept = plan.keep().isEmpty() ? Set.<String>of() : holdings.integrationsInto(plan.keep());
                holdings.removeStates(kept);
                holdings.activate(kept);
                holdings.removeDocuments(plan.keep());
                if (plan.kind() == Plan.Kind.RESTORE && plan.fill() != null) {
                    configuration.remove(store, DumpReader.header(plan.fill()));
                }
            }
            case FILL -> {
                if (plan.fill() != null) {
                    var filling = holdings.new Filling();
                    var configured = configuration.new Filling(store, DumpReader.header(plan.fill()), filling);
                    DumpReader.read(plan.fill(), configured);
                    configured.flush();
                    filling.flush();
                }
            }
            case CLEAN -> {
                if (plan.kind() == Plan.Kind.SWITCH) {
                    delete(plan.fill());
                }
            }
        }
    }

    /** Gives a parked dump its name; it may have it already. */
    static void park(@Nullable Path park) {
        if (park == null) {
            return;
        }
        try {
            var waiting = waiting(park);
            if (Files.exists(waiting)) {
                Files.move(waiting, park);
                DumpWriter.forceFolder(DumpWriter.folder(park));
            }
        } catch (IOException failed) {
            throw ArchiveProblem.DUMP_UNWRITABLE.because(park + ": " + failed, failed);
        }
    }

    /** Where a dump waits until the plan to park it stands in the store. */
    static Path waiting(Path park) {
        return park.resolveSibling(park.getFileName() + ".waiting");
    }

    static void delete(@Nullable Path dump) {
        if (dump == null) {
            return;
        }
        try {
            Files.deleteIfExists(dump);
        } catch (IOException failed) {
            throw ArchiveProblem.DUMP_UNWRITABLE.because(dump + ": " + failed, failed);
        }
    }
}
