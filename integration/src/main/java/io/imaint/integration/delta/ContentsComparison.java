package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.pipeline.DocumentHash;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.pipeline.PagePipeline;
import io.imaint.integration.pipeline.PageSize;
import io.imaint.integration.pipeline.RetryPolicy;
import io.imaint.integration.pipeline.RowWriter;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.DeltaState;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRun.Ending;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadState;
import io.imaint.integration.state.RunResult;
import io.imaint.integration.state.RunResult.ChangeSource;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/**
 * Compares the contents of one partition of an integration with SAP. It finds rows that changed without a new change stamp,
 * which neither a delta nor a comparison of keys and change stamps shows.
 *
 * <p>It reads without the integration's lease, so that deltas go on meanwhile. What differs is only a suspicion: a
 * {@link Reconciliation} reads those rows again, under the lease, and writes what still differs.
 */
final class ContentsComparison {
    /** Enough for one repair; a partition in which more differ is compared again. */
    private static final int DIFFERENT_MAX = 10_000;

    private static final int LOOKUP_ROWS = 1_000;

    private final InboundContext context;
    private final Integration integration;
    private final SapSession.Service service;
    private final RowMapping mapping;
    private final List<String> fields;
    private final Set<String> different = new LinkedHashSet<>();
    private final PageSize pageSize;
    private int asked;

    private ContentsComparison(InboundContext context, Integration integration, RowMapping mapping) {
        this.context = context;
        this.integration = integration;
        this.service = context.sap().service(integration);
        this.mapping = mapping;
        this.fields = RowWriter.fields(integration);
        this.pageSize = context.pageSize(
                integration,
                InboundState.of(context.store(), integration.name()).load().pageSize());
    }

    /** Where an integration's contents stand: what was compared so far, or everything with the last load. */
    static DeltaState.Contents state(InboundState state, Instant loadedAt) {
        var contents = state.delta().contents();
        return contents == null ? new DeltaState.Contents(loadedAt, 0, null) : contents;
    }

    /** When the next partition of an integration is due; empty when nothing is loaded, or it is never to be compared. */
    static Optional<Instant> due(InboundState state, Duration period) {
        var plan = state.load().plan();
        var loadedAt = state.load().loadedAt();
        return plan == null || !plan.done() || loadedAt == null || period.isZero()
                ? Optional.empty()
                : Optional.of(state(state, loadedAt).due(state.integration(), plan.partitions(), period));
    }

    /**
     * What a comparison found.
     *
     * @param complete whether the whole partition was compared
     */
    record Found(List<String> different, boolean complete) {}

    /** The ids of the rows of a partition that the store does not have as SAP has them. */
    static Found different(InboundContext context, Integration integration, String filter, Cancellation cancellation) {
        var retries = new RetryPolicy(integration.name(), context.options(), cancellation);
        var mapping = retries.run(() -> context.sap().service(integration).mapping(integration));
        return new ContentsComparison(context, integration, mapping).read(filter, retries);
    }

    /**
     * Repairs the rows that a comparison found, under the lease of a run, and notes that the partition was compared.
     *
     * @param expected what was compared before the partition; nothing is done when something else is noted now
     */
    static RunResult repair(DeltaRun run, Found found, DeltaState.Contents expected) {
        return RunResult.of(run.integration().name(), () -> repaired(run, found, expected));
    }

    private static RunResult repaired(DeltaRun run, Found found, DeltaState.Contents expected) {
        var name = run.integration().name();
        var state = run.held().now();
        var plan = state.load().plan();
        var loadedAt = state.load().loadedAt();
        if (plan == null || loadedAt == null || !expected.equals(state(state, loadedAt))) {
            return new RunResult.NotStarted(name, "it was loaded or compared again meanwhile");
        }
        if (!found.different().isEmpty()) {
            run.writer().trustRows(true);
            new Reconciliation(run, run.mapping(), ReconciliationOptions.REPAIR, LoadState.KeyRanges.ALL)
                    .repair(found.different());
        }
        var next = found.complete()
                ? expected.next(
                        plan.partitions(),
                        run.settings().contentsEvery(),
                        run.inbound().now())
                : expected;
        state = run.held().now();
        run.held().save(state.with(state.delta().with(next)));
        var ended = run.run(InboundRun.Kind.RECONCILE, Ending.DONE);
        return new RunResult.Current(
                name,
                ChangeSource.RECONCILIATION,
                run.counts().changed() ? run.note(ended) : ended,
                state.delta().note());
    }

    private Found read(String filter, RetryPolicy retries) {
        var links = new PagePipeline.NextLinks();
        // The filter of a partition has the integration's own in it.
        var target = Optional.of(PageRequest.target(integration.mapping().entitySet(), mapping.select(), filter));
        while (target.isPresent() && different.size() < DIFFERENT_MAX) {
            var address = target.get();
            target = retries.run(failed -> pageSize.eases(failed, asked), () -> page(address));
            target.ifPresent(links::follow);
        }
        return new Found(List.copyOf(different), target.isEmpty());
    }

    private Optional<String> page(String target) {
        var rows = new LinkedHashMap<String, Document>();
        asked = pageSize.rows();
        var page = service.read(new PageRequest(target, asked, false, mapping.type()), new Row.Sink() {
            @Override
            public void row(Row row) {
                try {
                    var document = mapping.document(row);
                    rows.put(document.text(Replicas.ID).orElseThrow(), document);
                } catch (Failure unmappable) { // Its dead letter is a matter of deltas and reconciliations.
                    return;
                }
            }

            @Override
            public void unreadable(Row.Unreadable row) {}
        });
        compare(rows);
        return page.next();
    }

    private void compare(Map<String, Document> rows) {
        var documents = context.store()
                .documents(Replicas.find(integration.mapping().collection()).orElseThrow());
        rows.keySet().stream().gather(Gatherers.windowFixed(LOOKUP_ROWS)).forEach(ids -> {
            var stored = documents.findAll(ids);
            for (var id : ids) {
                var before = stored.get(id);
                if (before == null || differ(rows.get(id), before.value())) {
                    different.add(id);
                }
            }
        });
    }

    private boolean differ(@Nullable Document row, Document before) {
        return row != null && DocumentHash.of(row, fields) != DocumentHash.of(before, fields);
    }
}
