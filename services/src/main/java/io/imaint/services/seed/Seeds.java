package io.imaint.services.seed;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Seeding a store: checking a source, planning, writing, and what is left to decide.
 *
 * <pre>
 *   source ──► release ──► plan ──► writes, conflicts, note of the release
 *              (valid by   (valid
 *               itself)     merged)
 * </pre>
 */
public final class Seeds {
    private static final String LEASE = "seed";

    /** Others change the same documents rarely; who loses that often meets a defect. */
    private static final int PLANS_MAX = 5;

    private final Store store;
    private final InstantSource clock;
    private final List<SeedReferrer> referrers;
    private final SequencedMap<String, CollectionType<?>> types;
    private final SequencedMap<String, SeedDocuments> collections = new LinkedHashMap<>();

    /** @param declared seeded collections that services declare */
    public Seeds(Store store, List<CollectionType<?>> declared, InstantSource clock) {
        this(store, declared, List.of(), clock);
    }

    /**
     * Seeding with collections that refer to the seeded ones.
     *
     * @param declared seeded collections that services declare
     */
    public Seeds(Store store, List<CollectionType<?>> declared, List<SeedReferrer> referrers, InstantSource clock) {
        this.store = store;
        this.referrers = List.copyOf(referrers);
        this.clock = clock;
        this.types = SeedCollections.all(declared);
        types.forEach((name, type) -> collections.put(name, new SeedDocuments(type)));
    }

    /** Everything that is wrong with a source, its references to stored documents included; empty when it is good. */
    public List<SeedFinding> findings(SeedSource source) {
        var reader = new SeedRelease.Reader(types, programVersion());
        var release = reader.read(source);
        return reader.findings().isEmpty() ? planner(release).findings() : reader.findings();
    }

    /** What is wrong with a source by itself, without a store and its documents. */
    public static List<SeedFinding> findings(SeedSource source, List<CollectionType<?>> declared) {
        var reader = new SeedRelease.Reader(SeedCollections.all(declared), programVersion());
        reader.read(source);
        return reader.findings();
    }

    /**
     * What seeding would do now.
     *
     * @throws io.imaint.kernel.problem.Failure {@link SeedProblem}
     */
    public SeedReport plan(SeedSource source) {
        long started = System.nanoTime();
        return SeedReport.of(planner(release(source)).plan(), seconds(started));
    }

    /**
     * Brings a source into the store. Interrupted, it is finished by running it again; run again, it changes nothing.
     *
     * @throws io.imaint.kernel.problem.Failure {@link SeedProblem}; nothing is written then, but for {@link
     *     SeedProblem#SEED_BUSY}
     */
    public SeedReport seed(SeedSource source) {
        long started = System.nanoTime();
        var release = release(source);
        var holder = "pid-%d/%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
        var lease = store.leases()
                .acquire(LEASE, holder, SeedWriter.LEASE_LIFE)
                .orElseThrow(() -> SeedProblem.SEED_BUSY.because("another process is seeding this store"));
        try {
            var written = Stream.<CollectionType<?>>concat(
                    types.values().stream(), referrers.stream().map(SeedReferrer::type));
            var writer = new SeedWriter(store, lease, written.distinct().toList());
            SeedPlan first = null;
            for (int attempt = 0; attempt < PLANS_MAX; attempt++) {
                var plan = planner(release).plan();
                first = first == null ? plan : first;
                if (writer.write(plan)) {
                    return SeedReport.of(first, seconds(started));
                }
            }
            throw SeedProblem.SEED_BUSY.because(
                    "documents were changed during each of %d attempts".formatted(PLANS_MAX));
        } finally {
            store.leases().release(lease);
        }
    }

    /**
     * Brings seed data into a store that does not have it: at the first start, at the first start of a newer program, and
     * when the settings name another source. Empty when there was nothing to do.
     *
     * @param source what the settings name; while they name none, another one that a command brought in stays until the
     *     program is newer
     */
    public Optional<SeedReport> seedAtStart(SeedSource source) {
        var last = store.documents(SeedState.TYPE).find(SeedState.RELEASE).map(Stored::value);
        if (last.isPresent()) {
            boolean ours = last.get().source().equals(source.toString()) || !source.equals(SeedSource.PROGRAM);
            boolean newer = programVersion() > last.get().version();
            boolean same = last.get().hash().equals(SeedRelease.hash(source.files()));
            if (same || (!ours && !newer) || programVersion() < last.get().version()) {
                return Optional.empty();
            }
        }
        return Optional.of(seed(source));
    }

    /**
     * How the release that was brought in last differs from what the settings name.
     *
     * @param version null when none was brought in
     * @param from where it came from
     * @param current whether it is what the source holds now
     */
    public record Delivered(@Nullable Long version, String from, long programVersion, boolean current) {}

    /** What was brought in last. */
    public Delivered delivered(SeedSource source) {
        return store.documents(SeedState.TYPE)
                .find(SeedState.RELEASE)
                .map(Stored::value)
                .map(last -> new Delivered(
                        last.version(),
                        last.source(),
                        programVersion(),
                        last.hash().equals(SeedRelease.hash(source.files()))))
                .orElseGet(() -> new Delivered(null, "", programVersion(), false));
    }

    private SeedPlanner planner(SeedRelease release) {
        return new SeedPlanner(store, types, referrers, release, clock.instant());
    }

    private SeedRelease release(SeedSource source) {
        var reader = new SeedRelease.Reader(types, programVersion()).validated(source.equals(SeedSource.PROGRAM));
        var release = reader.read(source);
        if (!reader.findings().isEmpty()) {
            throw SeedReport.invalid(source.toString(), reader.findings());
        }
        return release;
    }

    private static long programVersion() {
        return programManifest().path("version").longValue();
    }

    private static JsonNode programManifest() {
        try (var manifest = SeedSource.Program.resource(SeedSource.MANIFEST)) {
            return SeedJson.read(manifest.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SeedJson.Broken broken) {
            throw new AssertionError(broken);
        }
    }

    private static double seconds(long started) {
        return Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
    }

    /**
     * Writes what is stored now as seed files, which {@link #findings} accepts when the stored data is valid. Users are
     * written as invitations, so that no file makes an account that can be used.
     *
     * @param directory is created; files of the same names in it are replaced
     * @return how many documents of each collection were written
     */
    public SequencedMap<String, Long> export(Path directory) {
        var counts = new LinkedHashMap<String, Long>();
        try {
            Files.createDirectories(directory);
            for (var in : collections.values()) {
                counts.put(in.name(), export(in, directory.resolve(in.name() + ".json")));
            }
            var manifest = JsonNodeFactory.instance.objectNode().put("version", programVersion());
            var names = manifest.putArray("collections");
            counts.keySet().forEach(names::add);
            manifest.set(SeedRenames.FIELD, renames());
            Files.write(directory.resolve(SeedSource.MANIFEST), SeedJson.bytes(manifest));
            return counts;
        } catch (IOException unwritable) {
            throw SeedProblem.SEED_UNREADABLE.because(
                    "%s cannot be written: %s".formatted(directory, unwritable), unwritable);
        }
    }

    /** The renames of the program that lead to what is stored, for whoever seeds it over an older release. */
    private ArrayNode renames() {
        var written = JsonNodeFactory.instance.arrayNode();
        for (var node : programManifest().path(SeedRenames.FIELD).values()) {
            var in = collections.get(node.path("collection").stringValue(""));
            var stored = in == null ? Set.of() : in.all(store).keySet();
            if (stored.contains(node.path("to").stringValue(""))
                    && !stored.contains(node.path("from").stringValue(""))) {
                written.add(node);
            }
        }
        return written;
    }

    private long export(SeedDocuments in, Path file) throws IOException {
        var content = JsonNodeFactory.instance
                .objectNode()
                .put("collection", in.name())
                .put("version", 1);
        var documents = content.putArray("documents");
        for (var stored : in.all(store).values()) {
            var seeded = in.seeded(stored.value());
            if (in.name().equals(SeedCollections.USERS)) {
                seeded.put("status", "invited").put("groups", List.of());
            }
            documents.add(SeedJson.node(seeded));
        }
        Files.write(file, SeedJson.bytes(content));
        return documents.size();
    }

    /** The conflicts that nobody has decided, by collection and document. */
    public List<SeedConflict> conflicts() {
        return SeedConflict.open(store);
    }

    public SeedConflict conflict(String id) {
        return store.documents(SeedConflict.TYPE)
                .find(id)
                .map(Stored::value)
                .orElseThrow(() -> SeedProblem.SEED_CONFLICT_NOT_FOUND.because(id));
    }

    /**
     * Decides a conflict. Interrupted, it is finished by deciding again.
     *
     * @param in the store in the name of who decides
     */
    SeedConflict resolve(Store in, String id, SeedDecision decision) {
        var conflict = conflict(id);
        if (conflict.state() != SeedConflict.State.OPEN) {
            return conflict;
        }
        switch (decision) {
            case SeedDecision.Mine ignored -> {}
            case SeedDecision.Theirs ignored ->
                SeedResolving.theirs(in, collections, conflict).take();
            case SeedDecision.Value value ->
                SeedResolving.given(in, collections, conflict, value.kept()).take();
        }
        return in.documents(SeedConflict.TYPE)
                .update(id, stored -> Documents.Change.of(stored.value().resolved(decision.state())))
                .map(Stored::value)
                .orElse(conflict.resolved(decision.state()));
    }

    /** As {@link #resolve(Store, String, SeedDecision)}, in the name of the system. */
    public SeedConflict resolve(String id, SeedDecision decision) {
        return resolve(store, id, decision);
    }

    /**
     * Removes all documents of some collections; the next start delivers those of the seed data again.
     *
     * @return how many of each were removed
     */
    public SequencedMap<String, Long> remove(List<CollectionType<?>> types) {
        var states = store.documents(SeedState.TYPE);
        // First, so that after a crash the next start looks again at what is missing.
        states.find(SeedState.RELEASE).ifPresent(stored -> states.remove(stored.key(), stored.rev()));
        var removed = new LinkedHashMap<String, Long>();
        for (var type : types) {
            states.find(type.name()).ifPresent(stored -> states.remove(stored.key(), stored.rev()));
            removed.put(type.name(), store.documents(type).removeAll(Condition.ALL));
        }
        return removed;
    }

    /**
     * How a collection stands against what was delivered.
     *
     * @param version of the release that was delivered last; null when none was
     * @param documents that are stored
     * @param changed delivered documents that the customer changed
     * @param added documents that are the customer's alone
     * @param removed delivered documents that the customer removed
     * @param conflicts that nobody has decided
     */
    public record Standing(
            String collection,
            @Nullable Long version,
            long documents,
            long changed,
            long added,
            long removed,
            long conflicts) {}

    /** How each collection stands. */
    public List<Standing> standing() {
        var open = conflicts();
        return collections.values().stream()
                .map(in -> standing(
                        in,
                        open.stream()
                                .filter(conflict -> conflict.collection().equals(in.name()))
                                .count()))
                .toList();
    }

    private Standing standing(SeedDocuments in, long open) {
        var state = store.documents(SeedState.TYPE).find(in.name()).map(Stored::value);
        var all = in.all(store);
        long changed = 0;
        long added = 0;
        for (var stored : all.values()) {
            var base = in.base(stored.value());
            if (base.isEmpty()) {
                added++;
            } else if (!ThreeWayMerge.same(base.get(), in.seeded(stored.value()))) {
                changed++;
            }
        }
        long removed = state.map(known -> known.delivered().keySet().stream()
                        .filter(key -> !all.containsKey(key))
                        .count())
                .orElse(0L);
        return new Standing(
                in.name(), state.map(SeedState::version).orElse(null), all.size(), changed, added, removed, open);
    }
}
