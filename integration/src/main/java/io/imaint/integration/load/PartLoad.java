package io.imaint.integration.load;

import io.imaint.integration.definition.DeltaMode;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.source.NextLinks;
import io.imaint.integration.source.Patience;
import io.imaint.integration.source.SapAccess;
import io.imaint.integration.state.Checkpoint;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.LoadPlan;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.PartState;
import io.imaint.integration.state.PartStates;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Upserted;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The load of one part, from its checkpoint to its last page, under the part's lease.
 *
 * <pre>
 *  SAP ──page──► parser ──chunks──► writer ──► collection       one page at a time; its chunks are written
 *   ▲                                             │             while it is still being read
 *   └── next page ◄── checkpoint ◄── all durable ─┘
 * </pre>
 *
 * <p>The checkpoint is written after the rows it speaks of, so a crash at any point costs at most the open page: its
 * rows are read again and, being upserts by SAP's key, change nothing the second time. Two runners cannot mix: all is
 * written under the part's lease, so the store refuses whatever comes late from the one that lost it.
 */
final class PartLoad {
    private static final System.Logger LOG = System.getLogger(PartLoad.class.getName());

    /**
     * What all parts of a load have in common within a process.
     *
     * @param settles whether there are dead letters that good rows may take away
     */
    record LoadInHand(
            LoadShared shared,
            Integration integration,
            LoadPlan plan,
            SapAccess.Service service,
            Upserts upserts,
            PageSize pageSize,
            boolean settles) {}

    /** A next page that SAP no longer knows: that its token has expired is one way of saying so. */
    private static final Set<ProblemCode> GONE =
            Set.of(ODataProblem.SAP_NOT_FOUND, ODataProblem.SAP_REQUEST_REFUSED, ODataProblem.SAP_DELTA_TOKEN_EXPIRED);

    private record Page(PageRead read, Upserted upserted, List<DeadLetter> aside, long rows) {}

    private final LoadInHand common;
    private final HeldLease lease;
    private final Patience patience;
    private final NextLinks links = new NextLinks();
    private final Instant beganAt;
    private RowMapping mapping;
    private final Documents<PartState> parts;
    private final DeadLetters letters;
    private final Upserts upserts;
    private Stored<PartState> stored;
    private long rowsBefore;
    private boolean mappedAnew;
    private boolean keptAside;
    private boolean claimed;
    private int asked;
    private long retries;

    PartLoad(LoadInHand common, HeldLease lease, Stored<PartState> found) {
        this.common = common;
        this.lease = lease;
        this.parts = lease.store().documents(PartStates.TYPE);
        this.letters = new DeadLetters(lease.store());
        this.upserts = common.upserts().in(lease.store());
        this.stored = found;
        this.keptAside = found.value().counters().keptAside() > 0;
        this.beganAt = common.shared().now();
        this.patience =
                new Patience(name(), common.shared().terms(), common.shared().stop(), this::check, () -> retries++);
        this.mapping = patience.with(() -> common.service().mapping(common.integration()));
    }

    /** Loads until the part's end, or until the next page's when it is to end early. */
    void run(BooleanSupplier endEarly) {
        save(part().by(lease.fence()));
        rowsBefore = part().counters().rowsRead();
        if (reached().next() != null && !firstPageAfterBreak()) {
            save(PartState.begin(part().integration(), part().number(), common.plan())
                    .by(lease.fence()));
            rowsBefore = 0;
        }
        while (!reached().done() && !endEarly.getAsBoolean()) {
            page();
        }
    }

    /** Reads on after an interruption; false when SAP no longer knows the page at which it happened. */
    private boolean firstPageAfterBreak() {
        try {
            page();
            return true;
        } catch (Failure failed) {
            if (GONE.contains(failed.code())) {
                LOG.log(Level.WARNING, "{0} begins again, its next page is gone: {1}", name(), failed.detail());
                return false;
            }
            throw failed;
        }
    }

    /** One page, then its checkpoint. */
    private void page() {
        var page = readPage();
        var read = page.read();
        var next = read.next().orElse(null);
        if (next != null) {
            links.follow(next);
        }
        if (!page.aside().isEmpty()) {
            letters.keep(page.aside());
            keptAside = true;
        }
        common.pageSize().served();
        var before = part();
        var announced = read.count().isPresent() ? Long.valueOf(read.count().getAsLong()) : before.total();
        var counters = before.counters()
                .plusPage(page.rows(), page.upserted(), page.aside().size());
        var begun =
                before.counters().pages() == 0 ? before.servedAt(read.servedAt().orElse(null)) : before;
        save(begun.at(
                reached().after(next, read.delta().orElse(null)),
                counters,
                announced,
                new PartState.Tries(common.pageSize().learned(), retries)));
        retries = 0;
        report(0);
    }

    private Page readPage() {
        var target = reached().target();
        try {
            return patience.with(this::eased, () -> read(target));
        } catch (Failure failed) {
            if (failed.code() != InboundProblem.INBOUND_ROWS_UNREADABLE || mappedAnew) {
                throw failed;
            }
            LOG.log(Level.WARNING, "{0} reads the metadata again: {1}", name(), failed.detail());
            mappedAnew = true; // A field may have changed its type.
            common.service().forgetMetadata();
            mapping = patience.with(() -> common.service().mapping(common.integration()));
            return patience.with(this::eased, () -> read(target));
        }
    }

    private Page read(String target) {
        var tracked =
                common.plan().parts() == 1 && common.integration().reading().delta() == DeltaMode.TOKEN;
        asked = common.pageSize().rows();
        var request = new PageRequest(target, asked, tracked, mapping.type());
        try (var writer = new ChunkWriter(this::write, this::report)) {
            var rows =
                    new PageRows(common, mapping, writer::add, part().counters().keptAside());
            var read = common.service().read(request, rows);
            var aside = rows.aside();
            return new Page(read, writer.finish(), aside, rows.good());
        }
    }

    private Upserted write(List<Document> chunk) {
        common.shared().stop().check();
        claim();
        var upserted = upserts.write(chunk);
        if (common.settles() || keptAside) {
            letters.settled(
                    common.integration().name(),
                    chunk.stream()
                            .map(document -> document.text(Replicas.ID).orElseThrow())
                            .toList());
        }
        return upserted;
    }

    /** The store is this system's from its first rows on; a system of which nothing came claims nothing. */
    private void claim() {
        if (!claimed) {
            LoadedSystem.claim(lease.store(), common.shared().system());
            claimed = true;
        }
    }

    private boolean eased(Failure failed) {
        boolean large = failed.code() == ODataProblem.SAP_TIMEOUT || failed.code() == ODataProblem.SAP_ANSWER_TOO_LARGE;
        return large && common.pageSize().tooMuch(asked);
    }

    private void check() {
        lease.check();
        common.shared().stop().check();
    }

    /** @param rows of the open page that are durable */
    private void report(long rows) {
        var total = part().total();
        long all = part().counters().rowsRead() + rows;
        long elapsedMs = Duration.between(beganAt, common.shared().now()).toMillis();
        common.shared()
                .listener()
                .progressed(new Progress(
                        part().integration(),
                        part().number(),
                        common.plan().parts(),
                        all,
                        total == null ? OptionalLong.empty() : OptionalLong.of(total),
                        elapsedMs <= 0 ? 0 : (all - rowsBefore) * 1000 / elapsedMs));
    }

    private String name() {
        return common.plan().parts() == 1 ? part().integration() : part().key();
    }

    private PartState part() {
        return stored.value();
    }

    private Checkpoint reached() {
        return part().checkpoint();
    }

    private void save(PartState state) {
        stored = switch (parts.replace(state, stored.rev())) {
            case Documents.Written.Done<PartState> done -> done.stored();
            case Documents.Written.Lost<PartState> lost -> throw StoreProblem.LEASE_LOST.because(name());
        };
    }
}
