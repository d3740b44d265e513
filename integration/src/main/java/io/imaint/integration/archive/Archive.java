package io.imaint.integration.archive;

import io.imaint.integration.state.AllIntegrationsLock;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.outbox.OutboxBackup;
import io.imaint.store.outbox.OutboxItem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Dumps, restores, removes and parks all replicated data. A method that changes anything fails with
 * {@code INBOUND_RUNNING} while an integration runs, and prevents all of them from running until it returns.
 */
public final class Archive {
    static final String OUTBOX = OutboxItem.TYPE.name();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Store store;
    private final Path home;
    private final String version;
    private final LoadOptions options;
    private final UnaryOperator<OutputStream> disk;
    private final Configuration configuration;

    /**
     * @param home the data directory, in which dumps and parked systems lie
     * @param version of the product, noted in dumps
     * @param configuration collections that dumps take along and restores replace; a reset and a switch leave them alone
     */
    public Archive(Store store, Path home, String version, List<CollectionType<?>> configuration) {
        this(store, home, version, LoadOptions.of(1, 1), UnaryOperator.identity(), new Configuration(configuration));
    }

    Archive(Store store, Path home, String version, LoadOptions options, UnaryOperator<OutputStream> disk) {
        this(store, home, version, options, disk, Configuration.NONE);
    }

    private Archive(
            Store store,
            Path home,
            String version,
            LoadOptions options,
            UnaryOperator<OutputStream> disk,
            Configuration configuration) {
        this.configuration = configuration;
        this.store = store;
        this.home = home.toAbsolutePath();
        this.version = version;
        this.options = options;
        this.disk = disk;
    }

    /** How many documents each replicated collection holds. */
    public SequencedMap<String, Long> documents() {
        return new ReplicaContents(store).documents();
    }

    /** How many state documents there are: of loads, deltas, runs and dead letters. */
    public SequencedMap<String, Long> states() {
        return new ReplicaContents(store).states();
    }

    /** The SAP system whose data the store holds; null when it holds none. */
    public @Nullable String system() {
        return LoadedSystem.of(store).system();
    }

    /** The interrupted operation in one line, with the command that finishes it. */
    public Optional<String> unfinished() {
        return StoreReplacement.unfinished(store)
                .map(plan -> plan.what() + "; finish it with `" + plan.command() + "`");
    }

    /** A file name for a dump of what is loaded, unique to the millisecond. */
    public Path dumpFile() {
        var system = system();
        return home.resolve("dumps")
                .resolve("%s-%s.dump"
                        .formatted(
                                system == null ? "nothing" : Parked.slug(system),
                                TIME.format(options.clock().instant())));
    }

    /**
     * Writes all data, the states and the definitions of the integrations, the configuration and the commands that are not
     * settled into a file.
     *
     * @throws Failure {@link ArchiveProblem#DUMP_EXISTS},
     *     {@link ArchiveProblem#DUMP_UNWRITABLE}, or that something is unfinished
     */
    public DumpHeader dump(Path file) {
        try (var lock = AllIntegrationsLock.of(store, options)) {
            requireNothingUnfinished(null);
            return dump(file, lock, configuration);
        }
    }

    private DumpHeader dump(Path file, AllIntegrationsLock lock, Configuration with) {
        // Read at once, since people go on working meanwhile.
        var commands = with == Configuration.NONE ? List.<Document>of() : outbox().read();
        var contents = new ReplicaContents(store);
        var replicated = contents.all();
        var header = new DumpHeader(version, system(), options.clock().instant(), replicated)
                .with(with.documents(store), with.versions());
        if (!commands.isEmpty()) {
            header = header.with(new LinkedHashMap<>(Map.of(OUTBOX, (long) commands.size())), new LinkedHashMap<>());
        }
        try (var dump = DumpWriter.begin(file, header, disk)) {
            for (var collection : replicated.keySet()) {
                lock.check();
                contents.read(collection, document -> dump.add(collection, document));
            }
            with.read(store, dump::add);
            for (var command : commands) {
                dump.add(OUTBOX, command);
            }
            lock.check();
            dump.finish();
        }
        return header;
    }

    /**
     * Removes the documents of all replicated collections and the states of the integrations, so that they begin again.
     * Also finishes an interrupted operation; nothing is dumped then, because the data is incomplete.
     *
     * @param keep collections that stay, with the states of the integrations that fill them
     * @param dump where to write a dump first; null for none
     * @throws Failure as {@link #dump}, or {@link InboundProblem#ARCHIVE_UNFINISHED} when something is to stay that may be
     *     of another system; nothing is removed then
     */
    public void reset(List<String> keep, @Nullable Path dump) {
        try (var lock = AllIntegrationsLock.of(store, options)) {
            var open = StoreReplacement.unfinished(store);
            if (!keep.isEmpty()) {
                requireNothingUnfinished(StoreReplacement.Plan.reset(keep, system()));
            }
            if (open.isEmpty() && dump != null) {
                dump(dump, lock, Configuration.NONE);
            }
            open.filter(plan -> plan.phase() == StoreReplacement.Plan.Phase.PARK)
                    .ifPresent(plan -> StoreReplacement.park(plan.park()));
            new StoreReplacement(lock, configuration).run(StoreReplacement.Plan.reset(keep, system()));
        }
    }

    /**
     * Replaces the contents of the store with those of a dump. Commands of the outbox are added where the store has none with
     * their id; SAP is asked about them before they are sent.
     *
     * @param replace whether collections may hold documents, which are removed
     * @throws Failure {@link ArchiveProblem#RESTORE_NOT_EMPTY}, that the dump cannot be used,
     *     or that something else is unfinished; nothing is changed then
     */
    public DumpHeader restore(Path file, boolean replace) {
        var dump = file.toAbsolutePath();
        var header = verified(dump);
        try (var lock = AllIntegrationsLock.of(store, options)) {
            var plan = StoreReplacement.Plan.restore(dump, header.system());
            var open = StoreReplacement.unfinished(store);
            requireNothingUnfinished(plan);
            if (open.isEmpty() && !replace && !new ReplicaContents(store).isEmpty()) {
                throw ArchiveProblem.RESTORE_NOT_EMPTY.because("they hold %d"
                        .formatted(documents().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
            }
            new StoreReplacement(lock, configuration).run(open.orElse(plan));
            return header;
        }
    }

    /** The header of a dump that is complete and whose documents this version can store. */
    private DumpHeader verified(Path dump) {
        var header = DumpReader.header(dump);
        for (var collection : header.collections().keySet()) {
            if (type(collection).isEmpty()) {
                throw ArchiveProblem.DUMP_NEWER.because(
                        "it holds the collection %s, written by version %s".formatted(collection, header.version()));
            }
            if (header.versions().getOrDefault(collection, 0L)
                    > type(collection).orElseThrow().version()) {
                throw ArchiveProblem.DUMP_NEWER.because(
                        "%s is kept as version %s of the program keeps it".formatted(collection, header.version()));
            }
        }
        return DumpReader.read(dump, this::verify);
    }

    private void verify(String collection, Document document) {
        try {
            key(type(collection).orElseThrow(), document);
        } catch (NoSuchElementException | ClassCastException | Failure refused) {
            throw new IllegalArgumentException(
                    "a document of %s cannot be kept: %s".formatted(collection, refused.getMessage()), refused);
        }
    }

    private Optional<CollectionType<?>> type(String collection) {
        return collection.equals(OUTBOX)
                ? Optional.of(OutboxItem.TYPE)
                : ReplicaContents.type(collection).or(() -> configuration.type(collection));
    }

    private static <T> String key(CollectionType<T> type, Document document) {
        return type.key(type.read(document));
    }

    /**
     * What a switch did.
     *
     * @param parked what was loaded; null when nothing was
     * @param loaded what was brought back; null when the new system is to be loaded for the first time
     * @param discarded how many commands were given up
     */
    public record Switched(
            @Nullable Parked parked, @Nullable Parked loaded, long discarded) {}

    /**
     * Parks what is loaded and brings back what was parked of another system, or leaves the store empty for its first
     * load. Finishes a switch that was interrupted.
     *
     * @param system the identity of the system to switch to
     * @throws Failure {@link ArchiveProblem#OUTBOX_UNSETTLED}; {@link ArchiveProblem#DUMP_EXISTS} when a dump of what is
     *     loaded is parked already; that a dump cannot be written or used; that something else is unfinished
     */
    public Switched switchTo(String system) {
        return switched(system, null);
    }

    /** As {@link #switchTo}, but gives up the commands that the loaded system has not carried out. */
    public Switched switchDiscarding(String system, Caller caller) {
        return switched(system, caller);
    }

    private Switched switched(String system, @Nullable Caller discarding) {
        try (var lock = AllIntegrationsLock.of(store, options)) {
            var open = StoreReplacement.unfinished(store);
            if (open.isEmpty() && system.equals(system())) {
                return new Switched(null, null, 0);
            }
            var plan = open.orElseGet(() -> changeTo(system));
            if (plan.kind() != StoreReplacement.Plan.Kind.SWITCH || !system.equals(plan.system())) {
                throw InboundProblem.ARCHIVE_UNFINISHED.because(unfinishedNow());
            }
            var fill = plan.phase() == StoreReplacement.Plan.Phase.CLEAN ? null : plan.fill();
            var back = fill == null ? null : new Parked(fill, verified(fill));
            var park = plan.park();
            if (open.isEmpty() && park != null && Files.exists(park)) {
                throw ArchiveProblem.DUMP_EXISTS.because(park.toString());
            }
            long discarded = open.isEmpty() ? settled(system, discarding) : 0;
            if (open.isEmpty() && park != null) {
                park(park, lock);
            }
            new StoreReplacement(lock, configuration).run(plan);
            var away = park == null ? null : new Parked(park, DumpReader.header(park));
            return new Switched(away, back, discarded);
        }
    }

    /**
     * Goes on only where nothing is on its way to SAP: what is meant for one system must not reach another.
     *
     * @param discarding who wants what is on its way discarded; null where nobody does
     * @return how much was discarded
     */
    private long settled(String system, @Nullable Caller discarding) {
        long unsettled = outbox().unsettled();
        if (unsettled == 0) {
            return 0;
        }
        if (discarding == null) {
            throw ArchiveProblem.OUTBOX_UNSETTLED.because("there are " + unsettled);
        }
        return new OutboxBackup(store.as(discarding), options.clock())
                .discardAll("the installation went over to " + system, discarding);
    }

    private OutboxBackup outbox() {
        return new OutboxBackup(store, options.clock());
    }

    private StoreReplacement.Plan changeTo(String system) {
        var loaded = system();
        if (loaded == null && !new ReplicaContents(store).isEmpty()) {
            throw ArchiveProblem.RESTORE_NOT_EMPTY.because("their SAP system is unknown");
        }
        var target = parkedFile(system);
        return StoreReplacement.Plan.change(
                loaded == null ? null : parkedFile(loaded), Files.exists(target) ? target : null, system);
    }

    private void park(Path park, AllIntegrationsLock lock) {
        var waiting = StoreReplacement.waiting(park);
        StoreReplacement.delete(waiting); // Of a switch that ended before its plan stood in the store.
        dump(waiting, lock, Configuration.NONE);
    }

    private void requireNothingUnfinished(StoreReplacement.@Nullable Plan but) {
        var open = StoreReplacement.unfinished(store);
        if (open.isPresent() && (but == null || !open.get().at(but.phase()).equals(but))) {
            throw InboundProblem.ARCHIVE_UNFINISHED.because(unfinishedNow());
        }
    }

    private String unfinishedNow() {
        return unfinished().orElse("it ended just now");
    }

    private Path parkedFile(String system) {
        return home.resolve("parked").resolve(Parked.slug(system) + ".dump");
    }

    /** The systems that are parked, by name. */
    public List<Parked> parked() {
        var folder = home.resolve("parked");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            var parked = new ArrayList<Parked>();
            files.filter(file -> file.toString().endsWith(".dump"))
                    .sorted(Comparator.naturalOrder())
                    .forEach(file -> parked.add(new Parked(file, DumpReader.header(file))));
            return parked;
        } catch (IOException failed) {
            throw ArchiveProblem.DUMP_UNREADABLE.because(folder + ": " + failed, failed);
        }
    }

    /** The data of a SAP system that waits in a file until the store holds it again. */
    public record Parked(Path file, DumpHeader header) {
        /** Of the checksum behind a name, so that two names that look alike stay apart. */
        private static final int SUM_BYTES = 4;

        /** File systems allow 255 bytes; a name should still fit on a line. */
        private static final int WORDS_MAX = 80;

        /** A system's identity as a file's name. */
        static String slug(String system) {
            var words = system.toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "-")
                    .replaceAll("^-|-$", "");
            var sum = DumpWriter.sha256().digest(system.getBytes(StandardCharsets.UTF_8));
            return "%s-%s"
                    .formatted(
                            words.substring(0, Math.min(WORDS_MAX, words.length())),
                            HexFormat.of().formatHex(sum, 0, SUM_BYTES));
        }
    }
}
