package io.imaint.integration.archive;

import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.LoadTerms;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.Standstill;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All replicated data as a whole: dumped, restored, removed, parked. Every method that changes anything fails with
 * {@code INBOUND_RUNNING} while an integration runs, and keeps all of them from running until it returns.
 */
public final class Archive {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Store store;
    private final Path home;
    private final String version;
    private final LoadTerms terms;
    private final UnaryOperator<OutputStream> disk;
    private final Configuration configuration;

    /**
     * @param home the data directory, in which dumps and parked systems lie
     * @param version of the product, noted in dumps
     * @param configuration collections that dumps take along and restores replace; a reset and a switch leave them alone
     */
    public Archive(Store store, Path home, String version, List<CollectionType<?>> configuration) {
        this(store, home, version, LoadTerms.of(1, 1), UnaryOperator.identity(), new Configuration(configuration));
    }

    Archive(Store store, Path home, String version, LoadTerms terms, UnaryOperator<OutputStream> disk) {
        this(store, home, version, terms, disk, Configuration.NONE);
    }

    private Archive(
            Store store,
            Path home,
            String version,
            LoadTerms terms,
            UnaryOperator<OutputStream> disk,
            Configuration configuration) {
        this.configuration = configuration;
        this.store = store;
        this.home = home.toAbsolutePath();
        this.version = version;
        this.terms = terms;
        this.disk = disk;
    }

    /** How many documents each replicated collection holds. */
    public SequencedMap<String, Long> documents() {
        return new Holdings(store).documents();
    }

    /** How many documents of states there are: where loads stand, what SAP's changes are known up to, rows kept aside. */
    public SequencedMap<String, Long> states() {
        return new Holdings(store).states();
    }

    /** Whose data the store holds; null for nobody's. */
    public @Nullable String system() {
        return LoadedSystem.of(store).system();
    }

    /** What was begun and not ended, for people. */
    public Optional<String> unfinished() {
        return Upheaval.unfinished(store).map(plan -> plan.what() + "; finish it with `" + plan.command() + "`");
    }

    /** A name for a dump of what is loaded, that is free but for dumps of the same millisecond. */
    public Path dumpFile() {
        var system = system();
        return home.resolve("dumps")
                .resolve("%s-%s.dump"
                        .formatted(
                                system == null ? "nothing" : Parked.slug(system),
                                TIME.format(terms.clock().instant())));
    }

    /**
     * Writes all data, the states and the definitions of the integrations, and the configuration into a file.
     *
     * @throws Failure {@link ArchiveProblem#DUMP_EXISTS},
     *     {@link ArchiveProblem#DUMP_UNWRITABLE}, or that something is unfinished
     */
    public DumpHeader dump(Path file) {
        try (var standstill = Standstill.of(store, terms)) {
            requireNothingUnfinished(null);
            return dump(file, standstill, configuration);
        }
    }

    private DumpHeader dump(Path file, Standstill standstill, Configuration with) {
        var holdings = new Holdings(store);
        var replicated = holdings.all();
        var header = new DumpHeader(version, system(), terms.clock().instant(), replicated)
                .with(with.documents(store), with.versions());
        try (var dump = DumpWriter.begin(file, header, disk)) {
            for (var collection : replicated.keySet()) {
                standstill.check();
                holdings.read(collection, document -> dump.add(collection, document));
            }
            with.read(store, dump::add);
            standstill.check();
            dump.finish();
        }
        return header;
    }

    /**
     * What a reset does.
     *
     * @param keep collections that stay, with the states of the integrations that fill them
     * @param dump where to write a dump first; null for none
     */
    public record ResetOrder(List<String> keep, @Nullable Path dump) {
        public ResetOrder {
            keep = List.copyOf(keep);
        }
    }

    /**
     * Removes the documents of all replicated collections and the states of the integrations, so that they begin again.
     * Ends whatever else was begun and not ended; nothing is dumped then, because nothing is whole.
     *
     * @throws Failure as {@link #dump}, or {@link InboundProblem#ARCHIVE_UNFINISHED} when something is to stay that may be
     *     of another system; nothing is removed then
     */
    public void reset(ResetOrder order) {
        try (var standstill = Standstill.of(store, terms)) {
            var open = Upheaval.unfinished(store);
            if (!order.keep().isEmpty()) {
                requireNothingUnfinished(Plan.reset(order.keep(), system()));
            }
            if (open.isEmpty() && order.dump() != null) {
                dump(order.dump(), standstill, Configuration.NONE);
            }
            open.filter(plan -> plan.phase() == Plan.Phase.PARK).ifPresent(plan -> Upheaval.park(plan.park()));
            new Upheaval(standstill, configuration).run(Plan.reset(order.keep(), system()));
        }
    }

    /**
     * Puts the content of a dump into the store, in the place of what is there.
     *
     * @param replace whether collections may hold documents, which are removed
     * @throws Failure {@link ArchiveProblem#RESTORE_NOT_EMPTY}, that the dump cannot be used,
     *     or that something else is unfinished; nothing is changed then
     */
    public DumpHeader restore(Path file, boolean replace) {
        var dump = file.toAbsolutePath();
        var header = verified(dump);
        try (var standstill = Standstill.of(store, terms)) {
            var plan = Plan.restore(dump, header.system());
            var open = Upheaval.unfinished(store);
            requireNothingUnfinished(plan);
            if (open.isEmpty() && !replace && !new Holdings(store).isEmpty()) {
                throw ArchiveProblem.RESTORE_NOT_EMPTY.because("they hold %d"
                        .formatted(documents().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
            }
            new Upheaval(standstill, configuration).run(open.orElse(plan));
            return header;
        }
    }

    /** The first line of a dump that is whole, and of which every document can be kept. */
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
        return Holdings.type(collection).or(() -> configuration.type(collection));
    }

    private static <T> String key(CollectionType<T> type, Document document) {
        return type.key(type.read(document));
    }

    /**
     * What a switch did.
     *
     * @param parked what was loaded; null when nothing was
     * @param loaded what was brought back; null when the new system is to be loaded for the first time
     */
    public record Switched(
            @Nullable Parked parked, @Nullable Parked loaded) {}

    /**
     * Parks what is loaded and brings back what was parked of another system, or leaves the store empty for its first
     * load. Finishes a switch that was interrupted.
     *
     * @param system the identity of the system to switch to
     * @throws Failure {@link ArchiveProblem#DUMP_EXISTS} when a dump of what is loaded is
     *     parked already; that a dump cannot be written or used; that something else is unfinished
     */
    public Switched switchTo(String system) {
        try (var standstill = Standstill.of(store, terms)) {
            var open = Upheaval.unfinished(store);
            if (open.isEmpty() && system.equals(system())) {
                return new Switched(null, null);
            }
            var plan = open.orElseGet(() -> changeTo(system));
            if (plan.kind() != Plan.Kind.SWITCH || !system.equals(plan.system())) {
                throw InboundProblem.ARCHIVE_UNFINISHED.because(unfinishedNow());
            }
            var fill = plan.phase() == Plan.Phase.CLEAN ? null : plan.fill();
            var back = fill == null ? null : new Parked(fill, verified(fill));
            var park = plan.park();
            if (open.isEmpty() && park != null) {
                park(park, standstill);
            }
            new Upheaval(standstill, configuration).run(plan);
            var away = park == null ? null : new Parked(park, DumpReader.header(park));
            return new Switched(away, back);
        }
    }

    private Plan changeTo(String system) {
        var loaded = system();
        if (loaded == null && !new Holdings(store).isEmpty()) {
            throw ArchiveProblem.RESTORE_NOT_EMPTY.because("their SAP system is unknown");
        }
        var target = parkedFile(system);
        return Plan.change(loaded == null ? null : parkedFile(loaded), Files.exists(target) ? target : null, system);
    }

    private void park(Path park, Standstill standstill) {
        if (Files.exists(park)) {
            throw ArchiveProblem.DUMP_EXISTS.because(park.toString());
        }
        var waiting = Upheaval.waiting(park);
        Upheaval.delete(waiting); // Of a switch that ended before its plan stood in the store.
        dump(waiting, standstill, Configuration.NONE);
    }

    private void requireNothingUnfinished(@Nullable Plan but) {
        var open = Upheaval.unfinished(store);
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
}
