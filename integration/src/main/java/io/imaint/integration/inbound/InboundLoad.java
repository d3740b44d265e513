package io.imaint.integration.inbound;

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
    private Stored<Integration> stored;
    private long rowsBefore;

    private InboundLoad(Shared shared, HeldLease lease, Stored<Integration> stored) {
        this.shared = shared;
        this.lease = lease;
        this.stored = stored;
        this.beganAt = now(shared);
    }

    /** Loads under a lease until the end, a failure or the wish to stop. Leaves the lease to the caller. */
    static LoadResult run(Shared shared, HeldLease lease, Integration chosen) {
        var name = chosen.name();
        try {
            var current = shared.integrations()
                    .find(name)
                    .orElseThrow(() -> InboundProblem.INTEGRATION_UNKNOWN.because("'" + name + "' was removed"));
            return new InboundLoad(shared, lease, current).untilItEnds();
        } catch (Failure failed) {
            return new LoadResult.Failed(name, failed);
        }
    }

    private LoadResult untilItEnds() {
        try {
            var integration = stored.value();
            save(integration.with(Status.RUNNING, integration.run().started(beganAt, lease.fence())));
            return load();
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

    private LoadResult load() {
        var mapping = patiently(
                () -> RowMapping.of(stored.value().mapping(), shared.sap().metadata()));
        var type = Replicas.find(stored.value().mapping().collection()).orElseThrow();
        var documents = shared.collections().apply(type);
        var checkpoint = stored.value().run().checkpoint();
        boolean continues = checkpoint != null && checkpoint.first().equals(mapping.first());
        if (checkpoint == null || !continues) {
            begin(mapping, Checkpoint.begin(mapping.first(), documents.count(Condition.ALL)));
        }
        rowsBefore = run().counters().rowsRead();
        if (continues && !firstPageAfterBreak(mapping, documents)) {
            begin(mapping, Checkpoint.begin(mapping.first(), reached().documentsBefore()));
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
        save(stored.value().with(Status.RUNNING, run().begun(checkpoint, shared.system(), mapping.absent())));
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
        var announced = page.count().isPresent() ? Long.valueOf(page.count().getAsLong()) : run().total();
        var reached = reached().after(next, page.delta().orElse(null));
        var counted = run().counters().plusPage(page.rows(), read.upserted());
        var now = run().at(reached, counted, announced);
        save(reached.done() ? complete(now, documents) : stored.value().with(Status.RUNNING, now));
        report(0);
    }

    /**
     * The integration after its last page. The last checkpoint and the end are one write: between two, a crash would
     * leave a load that has nothing to read and is not loaded.
     */
    private Integration complete(Run atTheEnd, Documents<Document> documents) {
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
        return stored.value().with(Status.ACTIVE, atTheEnd.loaded(counters, now(shared)));
    }

    private LoadResult result(RowMapping mapping) {
        var took = run().lastDuration();
        return new LoadResult.Loaded(
                stored.key(), run().counters(), took == null ? Duration.ZERO : took, mapping.absent());
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
        var own = stored.value().pageSize();
        return own == null ? shared.terms().pageSize() : own;
    }

    /** Kept with the next write of the document, so that later loads begin with what this system can serve. */
    private void halvePage() {
        int smaller = Math.max(PAGE_SIZE_MIN, pageSize() / 2);
        if (smaller < pageSize()) {
            stored = new Stored<>(
                    stored.key(),
                    stored.rev(),
                    stored.position(),
                    stored.value().withPageSize(smaller));
        }
    }

    private void check() {
        lease.check();
        shared.stop().check();
    }

    /** @param rows of the open page that are durable */
    private void report(long rows) {
        var total = run().total();
        long all = run().counters().rowsRead() + rows;
        long elapsedMs = Duration.between(beganAt, now(shared)).toMillis();
        shared.listener()
                .progressed(new Progress(
                        stored.key(),
                        all,
                        total == null ? OptionalLong.empty() : OptionalLong.of(total),
                        elapsedMs <= 0 ? 0 : (all - rowsBefore) * 1000 / elapsedMs));
    }

    private Run run() {
        return stored.value().run();
    }

    private Checkpoint reached() {
        var checkpoint = run().checkpoint();
        assert checkpoint != null : "a load that has begun has a checkpoint";
        return checkpoint;
    }

    private void save(Integration integration) {
        lease.check();
        switch (shared.integrations().replace(integration, stored.rev())) {
            case Documents.Written.Done<Integration> done -> stored = done.stored();
            case Documents.Written.Lost<Integration> lost -> {
                boolean ours = lost.current()
                        .filter(current -> current.value().run().fence() <= lease.fence())
                        .isPresent();
                throw (ours ? InboundProblem.INTEGRATION_CHANGED : InboundProblem.INBOUND_LEASE_LOST)
                        .because(stored.key());
            }
        }
    }

    /** Notes how the load ended, on whatever stands there now; nothing when another runner has taken over. */
    private void end(Status status, @Nullable LastError error) {
        try {
            var current = shared.integrations().find(stored.key()).orElse(stored);
            if (current.value().run().fence() != lease.fence()) {
                return;
            }
            var base = current.rev() == stored.rev() ? stored.value() : current.value();
            var ended = base.status() == Status.NOT_ACTIVE ? Status.NOT_ACTIVE : status;
            shared.integrations().replace(base.with(ended, base.run().ended(error, now(shared))), current.rev());
        } catch (Failure failed) { // The load has its result already; the next one finds it as after a crash.
            LOG.log(Level.WARNING, "could not note the end of {0}: {1}", stored.key(), failed.line());
        }
    }

    private static Instant now(Shared shared) {
        return shared.terms().clock().instant();
    }
}
