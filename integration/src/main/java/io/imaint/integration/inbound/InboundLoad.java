package io.imaint.integration.inbound;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.definition.Status;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Upserted;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The load of one integration, from its checkpoint to its last page.
 *
 * <pre>
 *  SAP ──page──► parser ──chunks──► writer ──► collection       one page at a time; its chunks are written
 *   ▲                                             │             while it is still being read
 *   └── next page ◄── checkpoint ◄── all durable ─┘
 * </pre>
 *
 * <p>The checkpoint is written after the rows it speaks of, so a crash at any point costs at most the open page: its
 * rows are read again and, being upserts by SAP's key, change nothing the second time. Two runners cannot mix: each
 * writes the integration's document only over the revision that it read, and the one whose lease ran out finds a newer
 * revision there and stops.
 */
final class InboundLoad {
    private static final System.Logger LOG = System.getLogger(InboundLoad.class.getName());

    /** Tries of one step; with the waits between them they outlast a restart of a proxy, not an outage. */
    private static final int ATTEMPTS_MAX = 4;

    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);

    /** Below this a page's fixed cost outweighs its rows; a system that cannot serve it has another problem. */
    private static final int PAGE_SIZE_MIN = 100;

    /** What all loads of a run share. */
    record Shared(
            Documents<Integration> integrations,
            Documents<InboundState> states,
            Function<CollectionType<Document>, Documents<Document>> collections,
            SapAccess sap,
            String system,
            LoadTerms terms,
            LoadListener listener,
            Stop stop) {}

    private final Shared shared;
    private final HeldLease lease;
    private final NextLinks links = new NextLinks();
    private final Instant beganAt;
    private final Integration integration;
    private Stored<InboundState> stored;
    private long rowsBefore;

    private InboundLoad(Shared shared, HeldLease lease, Integration integration) {
        this.shared = shared;
        this.lease = lease;
        this.integration = integration;
        this.stored = state(shared.states(), integration.name());
        this.beganAt = now(shared);
    }

    /** Loads under a lease until the end, a failure or the wish to stop. Leaves the lease to the caller. */
    static LoadResult run(Shared shared, HeldLease lease, Integration chosen) {
        var name = chosen.name();
        try {
            var current = shared.integrations()
                    .find(name)
                    .orElseThrow(() -> DefinitionProblem.INTEGRATION_UNKNOWN.because("'" + name + "' was removed"));
            return new InboundLoad(shared, lease, current.value()).untilItEnds();
        } catch (Failure failed) {
            return new LoadResult.Failed(name, failed);
        }
    }

    private static Stored<InboundState> state(Documents<InboundState> states, String name) {
        return states.find(name).orElseGet(() -> switch (states.insert(InboundState.none(name))) {
            case Documents.Written.Done<InboundState> done -> done.stored();
            case Documents.Written.Lost<InboundState> lost -> throw InboundProblem.INBOUND_LEASE_LOST.because(name);
        });
    }

    private LoadResult untilItEnds() {
        try {
            save(state().by(lease.fence())
                    .with(load().started(beganAt))
                    .with(state().health().begun()));
            Statuses.note(shared.integrations(), stored.key(), Status.RUNNING);
            return loadPages();
        } catch (Stop.Requested ignored) {
            end(Status.ACTIVE, null);
            return new LoadResult.Stopped(stored.key());
        } catch (Failure failed) {
            return failed(failed);
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.ERROR, "the load of " + stored.key() + " met a defect", defect);
            return failed(InboundProblem.INBOUND_DEFECT.because(String.valueOf(defect), defect));
        }
    }

    private LoadResult failed(Failure failure) {
        LOG.log(Level.WARNING, "{0} failed: {1}", stored.key(), failure.line());
        if (failure.code() != InboundProblem.INBOUND_LEASE_LOST) { // The document is the new holder's now.
            end(Status.FAILED, LastError.of(failure, now(shared)));
        }
        return new LoadResult.Failed(stored.key(), failure);
    }

    private LoadResult loadPages() {
        var mapping = patiently(() -> RowMapping.of(integration, shared.sap().metadata()));
        var type = Replicas.find(integration.mapping().collection()).orElseThrow();
        var documents = shared.collections().apply(type);
        var checkpoint = load().checkpoint();
        var first = first(mapping);
        boolean continues = checkpoint != null && checkpoint.first().equals(first);
        if (checkpoint == null || !continues) {
            begin(mapping, Checkpoint.begin(first, documents.count(Condition.ALL)));
        }
        rowsBefore = load().counters().rowsRead();
        if (continues && !firstPageAfterBreak(mapping, documents)) {
            begin(mapping, Checkpoint.begin(first, reached().documentsBefore()));
            rowsBefore = 0;
        }
        while (!reached().done()) {
            page(mapping, documents);
        }
        return result(mapping);
    }

    private void begin(RowMapping mapping, Checkpoint checkpoint) {
        if (!mapping.absent().isEmpty()) {
            LOG.log(Level.WARNING, "{0}: the system lacks the optional properties {1}", stored.key(), mapping.absent());
        }
        save(state().from(shared.system()).with(load().begun(checkpoint, mapping.absent())));
    }

    /** Reads on after an interruption; false when SAP no longer knows the page at which it happened. */
    private boolean firstPageAfterBreak(RowMapping mapping, Documents<Document> documents) {
        if (reached().next() == null) {
            return true;
        }
        try {
            page(mapping, documents);
            return true;
        } catch (Failure failed) {
            if (failed.code() == ODataProblem.SAP_NOT_FOUND || failed.code() == ODataProblem.SAP_REQUEST_REFUSED) {
                LOG.log(Level.WARNING, "{0} begins again, its next page is gone: {1}", stored.key(), failed.detail());
                return false;
            }
            throw failed;
        }
    }

    /** One page, then its checkpoint. */
    private void page(RowMapping mapping, Documents<Document> documents) {
        record Read(PageRead page, Upserted upserted) {}
        var target = reached().target();
        var read = patiently(() -> {
            var request = new PageRequest(target, pageSize(), false, mapping.type());
            try (var writer = new ChunkWriter(documents, this::check, this::report)) {
                var page = shared.sap().read(request, row -> writer.add(mapping.document(row)));
                return new Read(page, writer.finish());
            }
        });
        var page = read.page();
        var next = page.next().orElse(null);
        if (next != null) {
            links.follow(next);
        }
        var announced = page.count().isPresent() ? Long.valueOf(page.count().getAsLong()) : load().total();
        var reached = reached().after(next, page.delta().orElse(null));
        var counted = load().counters().plusPage(page.rows(), read.upserted());
        var now = load().at(reached, counted, announced);
        save(reached.done() ? complete(now, documents) : state().with(now));
        if (reached.done()) {
            Statuses.note(shared.integrations(), stored.key(), Status.ACTIVE);
        }
        report(0);
    }

    /**
     * The state after the last page. The last checkpoint and the end are one write: between two, a crash would
     * leave a load that has nothing to read and is not loaded.
     */
    private InboundState complete(LoadState atTheEnd, Documents<Document> documents) {
        long added = documents.count(Condition.ALL) - reached().documentsBefore();
        var counters = atTheEnd.counters().withInserted(added);
        var total = atTheEnd.total();
        if (total != null && counters.rowsRead() < total) {
            LOG.log(
                    Level.WARNING,
                    "{0}: SAP announced {1} rows and sent {2}",
                    stored.key(),
                    total,
                    counters.rowsRead());
        }
        var at = now(shared);
        return state().with(atTheEnd.loaded(counters, at)).with(state().health().succeeded(at));
    }

    private LoadResult result(RowMapping mapping) {
        var took = load().lastDuration();
        return new LoadResult.Loaded(
                stored.key(), load().counters(), took == null ? Duration.ZERO : took, mapping.absent());
    }

    /** Takes a step again when its failure may pass, after a wait that grows. */
    private <T> T patiently(Supplier<T> step) {
        for (int attempt = 1; ; attempt++) {
            check();
            try {
                return step.get();
            } catch (Failure failed) {
                if (!mayPass(failed) || attempt == ATTEMPTS_MAX) {
                    throw failed;
                }
                LOG.log(Level.INFO, "{0} tries again after: {1}", stored.key(), failed.line());
                if (failed.code() == ODataProblem.SAP_TIMEOUT) {
                    halvePage();
                }
                shared.terms().pause().accept(shared.stop(), backoff(attempt));
            }
        }
    }

    private static boolean mayPass(Failure failed) {
        return failed.code().blame().mayPass() && !(failed.code() instanceof InboundProblem);
    }

    /** Between half and the whole of a time that doubles, so that loads that failed together do not return together. */
    private Duration backoff(int attempt) {
        long longest = BACKOFF_FIRST.multipliedBy(1L << (attempt - 1)).toMillis();
        return Duration.ofMillis(shared.terms().random().nextLong(longest / 2, longest + 1));
    }

    private int pageSize() {
        var learned = load().pageSize();
        var own = learned == null ? integration.reading().pageSize() : learned;
        return own == null ? shared.terms().pageSize() : own;
    }

    /** Kept with the next write of the document, so that later loads begin with what this system can serve. */
    private void halvePage() {
        int smaller = Math.max(PAGE_SIZE_MIN, pageSize() / 2);
        if (smaller < pageSize()) {
            stored = new Stored<>(
                    stored.key(), stored.rev(), stored.position(), state().with(load().withPageSize(smaller)));
        }
    }

    private void check() {
        lease.check();
        shared.stop().check();
    }

    /** @param rows of the open page that are durable */
    private void report(long rows) {
        var total = load().total();
        long all = load().counters().rowsRead() + rows;
        long elapsedMs = Duration.between(beganAt, now(shared)).toMillis();
        shared.listener()
                .progressed(new Progress(
                        stored.key(),
                        all,
                        total == null ? OptionalLong.empty() : OptionalLong.of(total),
                        elapsedMs <= 0 ? 0 : (all - rowsBefore) * 1000 / elapsedMs));
    }

    private InboundState ended(@Nullable LastError error) {
        var ended = state().with(load().ended(now(shared)));
        return error == null ? ended : ended.with(state().health().failed(error));
    }

    private LoadState load() {
        return state().load();
    }

    private InboundState state() {
        return stored.value();
    }

    private Checkpoint reached() {
        var checkpoint = load().checkpoint();
        assert checkpoint != null : "a load that has begun has a checkpoint";
        return checkpoint;
    }

    private void save(InboundState state) {
        lease.check();
        switch (shared.states().replace(state, stored.rev())) {
            case Documents.Written.Done<InboundState> done -> stored = done.stored();
            case Documents.Written.Lost<InboundState> lost ->
                throw InboundProblem.INBOUND_LEASE_LOST.because(stored.key());
        }
    }

    /** Notes how the load ended, on whatever stands there now; nothing when another runner has taken over. */
    private void end(Status status, @Nullable LastError error) {
        try {
            switch (shared.states().replace(ended(error), stored.rev())) {
                case Documents.Written.Done<InboundState> ignored ->
                    Statuses.note(shared.integrations(), stored.key(), status);
                case Documents.Written.Lost<InboundState> ignored -> {} // It is the new holder's now.
            }
        } catch (Failure failed) { // The load has its result already; the next one finds it as after a crash.
            LOG.log(Level.WARNING, "could not note the end of {0}: {1}", stored.key(), failed.line());
        }
    }

    private String first(RowMapping mapping) {
        var filter = integration.reading().filter();
        return "%s?$select=%s%s&$inlinecount=allpages"
                .formatted(
                        integration.mapping().entitySet(),
                        mapping.select(),
                        filter == null ? "" : "&$filter=" + filter);
    }

    private static Instant now(Shared shared) {
        return shared.terms().clock().instant();
    }
}
