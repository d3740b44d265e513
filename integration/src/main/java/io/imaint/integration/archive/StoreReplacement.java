package io.imaint.integration.archive;

import io.imaint.integration.state.AllIntegrationsLock;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.LoadedSystem.Unfinished;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.outbox.OutboxBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the replicated data of a store as a plan says, phase by phase. The plan is in the store from before its first
 * phase until after its last, with the phase that it has reached. Meanwhile nothing loads, and a process that runs the
 * plan again continues from that phase.
 */
final class StoreReplacement {
    /** Documents in memory at once; as many as a load writes at once. */
    private static final int CHUNK = 1_000;

    private final Store store;
    private final ReplicaContents contents;
    private final Configuration configuration;

    StoreReplacement(AllIntegrationsLock lock, Configuration configuration) {
        this.store = lock.store();
        this.configuration = configuration;
        this.contents = new ReplicaContents(store);
    }

    /** The plan that was interrupted. */
    static Optional<Plan> unfinished(Store store) {
        return Optional.ofNullable(LoadedSystem.of(store).unfinished()).map(open -> Plan.of(open.plan()));
    }

    /** Runs the phases that a plan has left, then removes the plan. */
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
                var kept = plan.keep().isEmpty() ? Set.<String>of() : contents.integrationsInto(plan.keep());
                contents.removeStates(kept);
                contents.removeDocuments(plan.keep());
                if (plan.kind() == Plan.Kind.RESTORE && plan.fill() != null) {
                    configuration.remove(store, DumpReader.header(plan.fill()));
                }
            }
            case FILL -> {
                if (plan.fill() != null) {
                    var writer = new ChunkWriter(DumpReader.header(plan.fill()));
                    DumpReader.read(plan.fill(), writer::take);
                    writer.flush();
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

    /** Writes the documents of a dump, which come collection by collection, in chunks. */
    private final class ChunkWriter {
        private final DumpHeader dump;
        private final List<Document> chunk = new ArrayList<>(CHUNK);
        private String collection = "";

        ChunkWriter(DumpHeader dump) {
            this.dump = dump;
        }

        void take(String into, Document document) {
            if (!into.equals(collection) || chunk.size() == CHUNK) {
                flush();
                collection = into;
            }
            chunk.add(configuration.current(dump, into, document));
        }

        void flush() {
            if (chunk.isEmpty()) {
                return;
            }
            var documents = List.copyOf(chunk);
            chunk.clear();
            if (collection.equals(Archive.OUTBOX)) {
                new OutboxBackup(store, InstantSource.system()).restore(documents);
            } else if (configuration.type(collection).isPresent()) {
                configuration.write(store, collection, documents);
            } else {
                contents.write(collection, documents);
            }
        }
    }

    /**
     * What is done with all replicated data, kept in the store from its first step to its last, so that it can be finished
     * after a crash. A reset removes; a restore removes and fills; a switch parks, removes, fills and cleans up.
     *
     * @param phase what is done next
     * @param keep collections that stay as they are
     * @param park where the dump of the old data goes; until then it lies beside, under the name of what is unfinished. Null
     *     for none
     * @param fill the dump whose data comes; null for none
     * @param system for a switch the one switched to, else the one whose data the store holds in the end; null for none
     */
    record Plan(
            Kind kind,
            Phase phase,
            List<String> keep,
            @Nullable Path park,
            @Nullable Path fill,
            @Nullable String system) {
        /** What an operator asked for. */
        enum Kind {
            RESET,
            RESTORE,
            SWITCH
        }

        /** The steps in their order; each may be taken again. */
        enum Phase {
            /** The dump of the old data gets its name. */
            PARK,
            /** States first, then documents, so that nothing claims to be loaded that is not. */
            REMOVE,
            /** Documents first, then states. */
            FILL,
            /** The parked dump of what is loaded now is worth nothing any more. */
            CLEAN
        }

        Plan {
            keep = List.copyOf(keep);
        }

        static Plan reset(List<String> keep, @Nullable String loaded) {
            return new Plan(Kind.RESET, Phase.REMOVE, keep, null, null, keep.isEmpty() ? null : loaded);
        }

        static Plan restore(Path dump, @Nullable String loaded) {
            return new Plan(Kind.RESTORE, Phase.REMOVE, List.of(), null, dump, loaded);
        }

        /** @param park null when nothing is loaded */
        static Plan change(@Nullable Path park, @Nullable Path fill, String system) {
            return new Plan(Kind.SWITCH, Phase.PARK, List.of(), park, fill, system);
        }

        Plan at(Phase next) {
            return new Plan(kind, next, keep, park, fill, system);
        }

        /** Whose data the store holds in the end. */
        @Nullable
        String loadedInTheEnd() {
            return kind == Kind.SWITCH && fill == null ? null : system;
        }

        /** The steps that are left. */
        List<Phase> left() {
            return Arrays.stream(Phase.values())
                    .filter(one -> one.compareTo(phase) >= 0)
                    .toList();
        }

        /** The operation in words. */
        String what() {
            return switch (kind) {
                case RESET -> "a reset";
                case RESTORE -> "a restore of " + fill;
                case SWITCH -> "a switch to " + system;
            };
        }

        /** What finishes it. */
        String command() {
            return switch (kind) {
                case RESET -> "imaint reset --yes" + (keep.isEmpty() ? "" : " --keep " + String.join(",", keep));
                case RESTORE -> "imaint restore " + fill;
                case SWITCH -> "imaint integrations switch --system '" + system + "'";
            };
        }

        Document document() {
            return new Document()
                    .put("kind", kind)
                    .put("phase", phase)
                    .put("keep", keep)
                    .put("park", park == null ? null : park.toString())
                    .put("fill", fill == null ? null : fill.toString())
                    .put("system", system);
        }

        static Plan of(Document document) {
            return new Plan(
                    Kind.valueOf(document.text("kind").orElseThrow()),
                    Phase.valueOf(document.text("phase").orElseThrow()),
                    document.texts("keep"),
                    document.text("park").map(Path::of).orElse(null),
                    document.text("fill").map(Path::of).orElse(null),
                    document.text("system").orElse(null));
        }
    }
}
