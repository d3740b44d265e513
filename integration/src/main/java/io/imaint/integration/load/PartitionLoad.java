package io.imaint.integration.load;

import io.imaint.integration.definition.Reading;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.Row;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.pipeline.PagePipeline;
import io.imaint.integration.pipeline.RetryPolicy;
import io.imaint.integration.pipeline.RowWriter;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.PartitionState;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.store.Documents;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The load of one partition, from its checkpoint to its last page, under the partition's lease.
 *
 * <p>The checkpoint is written after the rows it speaks of, so a crash at any point costs at most the open page: its
 * rows are read again and, being upserts by SAP's key, change nothing the second time. Two runners cannot mix: all is
 * written under the partition's lease, so the store refuses whatever comes late from the one that lost it.
 */
final class PartitionLoad implements RowWriter.Run, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PartitionLoad.class.getName());

    /** A next page that SAP no longer knows: that its token has expired is one way of saying so. */
    private static final Set<ProblemCode> GONE =
            Set.of(ODataProblem.SAP_NOT_FOUND, ODataProblem.SAP_REQUEST_REFUSED, ODataProblem.SAP_DELTA_TOKEN_EXPIRED);

    private final OpenLoad load;
    private final HeldLease lease;
    private final InboundContext context;
    private final SapSession.Service service;
    private final Counters.Running counts = new Counters.Running();
    private final RetryPolicy retries;
    private final RowWriter writer;
    private final PagePipeline pages;
    private final PagePipeline.NextLinks links = new PagePipeline.NextLinks();
    private final PartitionState before;
    private final Instant beganAt;
    private RowMapping mapping;
    private Stored<PartitionState> stored;
    private boolean claimed;
    private long pageRows;

    PartitionLoad(OpenLoad load, HeldLease lease, Stored<PartitionState> found) {
        this.load = load;
        this.lease = lease;
        this.context = load.run().inbound().in(lease.store());
        this.service = context.sap().service(load.integration());
        this.stored = found;
        this.before = found.value();
        this.beganAt = context.now();
        this.retries =
                new RetryPolicy(name(), context.options(), load.run().cancellation(), lease::check, counts::retried);
        this.writer = new RowWriter(context, load.integration(), counts, this)
                .intoEmpty(load.plan().documentsBefore() == 0);
        this.pages = new PagePipeline(context, load.integration(), retries, load.pageSize(), counts, writer)
                .after(before.counters().keptAside());
        this.mapping = retries.run(() -> service.mapping(load.integration()));
    }

    /** Loads until the partition's end, or until the next page's when it is to end early. */
    void run(BooleanSupplier endEarly) {
        save(partition().by(lease.fence()));
        if (before.checkpoint().next() != null && !continues()) {
            save(PartitionState.begin(load.name(), before.number(), load.plan()).by(lease.fence()));
            try (var again = new PartitionLoad(load, lease, stored)) {
                again.run(endEarly);
            }
            return;
        }
        while (!partition().checkpoint().done() && !endEarly.getAsBoolean()) {
            page(read());
        }
    }

    /** Reads on after an interruption; false when SAP no longer knows the page at which it happened. */
    private boolean continues() {
        try {
            page(attempt());
            return true;
        } catch (Failure failed) {
            if (GONE.contains(failed.code())) {
                LOG.log(Level.WARNING, "{0} begins again, its next page is gone: {1}", name(), failed.detail());
                return false;
            }
            throw failed;
        }
    }

    private PageRead read() {
        try {
            return attempt();
        } catch (Failure failed) {
            if (!service.renewMetadata(failed)) {
                throw failed;
            }
            mapping = retries.run(() -> service.mapping(load.integration()));
            return attempt();
        }
    }

    private PageRead attempt() {
        boolean track =
                load.plan().partitions() == 1 && load.integration().reading().delta() == Reading.DeltaMode.TOKEN;
        pageRows = 0;
        return pages.read(mapping, partition().checkpoint().target(), track, new PagePipeline.Sink() {
            @Override
            public void row(Row row) {
                writer.upsert(mapping.document(row));
            }
        });
    }

    /** Writes the checkpoint of a page whose rows are durable. */
    private void page(PageRead read) {
        var next = read.next().orElse(null);
        if (next != null) {
            links.follow(next);
        }
        var now = partition();
        var announced = read.count().isPresent() ? Long.valueOf(read.count().getAsLong()) : now.total();
        if (now.counters().pages() == 0) {
            now = now.servedAt(read.servedAt().orElse(null));
        }
        save(now.at(
                        now.checkpoint().after(next, read.delta().orElse(null)),
                        before.counters().plus(counts.counters()),
                        announced)
                .tried(load.pageSize().learned(), before.retries() + counts.retries()));
        pageRows = 0;
        report();
    }

    @Override
    public void beforeChunk() {
        load.run().cancellation().check();
        if (!claimed) { // The store is this system's from its first rows on; a system of which nothing came claims
            // nothing.
            LoadedSystem.claim(context.store(), context.system());
            claimed = true;
        }
    }

    @Override
    public void written(int rows) {
        pageRows += rows;
        report();
    }

    private void report() {
        var now = partition();
        long all = now.counters().rowsRead() + pageRows;
        long elapsedMs = Duration.between(beganAt, context.now()).toMillis();
        load.run()
                .listener()
                .progressed(new LoadListener.Progress(
                        now.integration(),
                        now.number(),
                        load.plan().partitions(),
                        all,
                        now.total() == null ? OptionalLong.empty() : OptionalLong.of(now.total()),
                        elapsedMs <= 0 ? 0 : (all - before.counters().rowsRead()) * 1000 / elapsedMs));
    }

    private String name() {
        return load.plan().partitions() == 1 ? load.name() : before.key();
    }

    private PartitionState partition() {
        return stored.value();
    }

    private void save(PartitionState state) {
        stored = switch (lease.store().documents(PartitionState.TYPE).replace(state, stored.rev())) {
            case Documents.Written.Done<PartitionState> done -> done.stored();
            case Documents.Written.Lost<PartitionState> lost -> throw StoreProblem.LEASE_LOST.because(name());
        };
    }

    @Override
    public void close() {
        writer.close();
    }
}
