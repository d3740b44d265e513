package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.delta.Findings.Outcome;
import io.imaint.integration.delta.ReconciliationOptions.Depth;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.Row;
import io.imaint.integration.pipeline.ChangeStamps;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.pipeline.PagePipeline;
import io.imaint.integration.pipeline.PageSize;
import io.imaint.integration.pipeline.RetryPolicy;
import io.imaint.integration.pipeline.RowWriter;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.DeltaState;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRun.Ending;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.RunResult;
import io.imaint.integration.state.RunResult.ChangeSource;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.StoreProblem;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One run that brings an integration current, under its lease.
 *
 * <pre>
 *   nothing known, or another user ──► RECONCILIATION ──┐              RECONCILIATION reads keys and stamps, tracked,
 *   another mapping, or no stamp ────► REREAD ──────────┴─► token ──► TOKEN    then the rows that differ;
 *                                                        └─► none ──► STAMP    REREAD reads all rows
 *   TOKEN: expired ──► RECONCILIATION                                 or REREAD, and a note that says so
 * </pre>
 *
 * <p>The position is written after all rows of the run, never before: a crash at any point repeats the run, and the rows
 * that it had written change nothing the second time.
 */
final class DeltaRun implements RowWriter.Run, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DeltaRun.class.getName());

    private final Deltas.Context context;
    private final InboundContext inbound;
    private final HeldLease lease;
    private final InboundState.Held held;
    private final Cancellation cancellation;
    private final Integration integration;
    private final SapSession.Service service;
    private final Instant beganAt;
    private final Counters.Running counts = new Counters.Running();
    private final RetryPolicy retries;
    private final PageSize pageSize;
    private final RowWriter writer;
    private final PagePipeline pages;
    private final LongConsumer progress;
    private @Nullable Failure gotOver;

    /**
     * Leaves the lease to the caller.
     *
     * @param progress is given the number of rows read so far
     */
    DeltaRun(Deltas.Context shared, HeldLease lease, Cancellation cancellation, String name, LongConsumer progress) {
        this.context = shared.in(lease.store());
        this.inbound = context.inbound();
        this.lease = lease;
        this.held = InboundState.Held.of(lease, name);
        this.cancellation = cancellation;
        this.progress = progress;
        this.integration = Integrations.one(inbound.integrations(), name).value();
        this.service = inbound.sap().service(integration);
        this.beganAt = inbound.now();
        this.retries = new RetryPolicy(name, inbound.options(), cancellation, this::beforeChunk, counts::retried);
        this.pageSize = inbound.pageSize(integration, state().load().pageSize());
        this.writer = new RowWriter(inbound, integration, counts, this).measuringLags(inbound::sapNow);
        this.pages = new PagePipeline(inbound, integration, retries, pageSize, counts, writer);
    }

    /** Brings an integration current that is loaded. */
    RunResult run() {
        var result = RunResult.of(integration.name(), () -> current(bringCurrent()));
        if (result instanceof RunResult.Failed failed) {
            failed(failed.failure());
        }
        return result;
    }

    /** Reconciles source and store; the integration's changes go on from where they are. */
    RunResult reconcile(ReconciliationOptions how) {
        var result = RunResult.of(integration.name(), () -> reconciled(how));
        if (result instanceof RunResult.Failed failed) {
            note(run(InboundRun.Kind.RECONCILE, Ending.failed(failed.failure())));
        }
        return result;
    }

    private RunResult reconciled(ReconciliationOptions how) {
        var depth = integration.stampField() == null || how.contents() ? Depth.CONTENTS : Depth.STAMPS;
        var outcome = reconciliation(mapping(), depth, false, how, 0);
        if (outcome.refused().isPresent()) {
            throw outcome.refused().get();
        }
        if (how.repair()) {
            var delta = state().delta().withNote(null).compared(inbound.now());
            if (depth == Depth.CONTENTS) {
                delta = delta.with(DeltaState.Contents.whole(inbound.now()));
            }
            held.save(succeeded(state().swept().with(delta)));
        }
        note(run(InboundRun.Kind.RECONCILE, Ending.DONE));
        return new RunResult.Reconciled(integration.name(), outcome.report());
    }

    /** Once more with metadata fetched anew, when the failure may come from old metadata. */
    private ChangeSource bringCurrent() {
        try {
            return bringCurrent(mapping());
        } catch (Failure failed) {
            if (!service.renewMetadata(failed)) {
                throw failed;
            }
            return bringCurrent(mapping());
        }
    }

    RowMapping mapping() {
        return retries.run(() -> service.mapping(integration));
    }

    private ChangeSource bringCurrent(RowMapping mapping) {
        var route = route(mapping);
        var position = route.start();
        var source = route.source(position);
        return switch (source) {
            case TOKEN -> changes(mapping, position);
            case STAMP -> newer(mapping, position);
            case RECONCILIATION, REREAD -> reconcile(source, mapping, position);
        };
    }

    private DeltaRoute route(RowMapping mapping) {
        return new DeltaRoute(context, integration, mapping, state());
    }

    /** What SAP says changed since the token. */
    private ChangeSource changes(RowMapping mapping, DeltaState.Position position) {
        var route = route(mapping);
        var sink = new ChangesSink(mapping, writer);
        long before = counts.counters().pages();
        PagePipeline.End end;
        try {
            end = pages.readAll(mapping, route.changes(position.token()), false, sink);
        } catch (Failure failed) {
            if (!DeltaRoute.lost(failed, counts.counters().pages() == before)) {
                throw failed;
            }
            return afterLoss(failed, mapping, position);
        }
        var token = route.token(end, retries);
        var next = position.upTo(sink.newest());
        var delta = state().delta().with(token.isPresent() ? next.withToken(token.get()) : next);
        return finish(ChangeSource.TOKEN, delta.withNote(route.note(token.isPresent(), delta.note())));
    }

    /** The data is served as it is, and only keys and what differs are read. */
    private ChangeSource afterLoss(Failure failed, RowMapping mapping, DeltaState.Position position) {
        gotOver = failed;
        var without = position.withToken(null);
        LOG.log(
                Level.WARNING,
                "{0}: SAP no longer takes the delta token; keys are compared, the data is served meanwhile: {1}",
                integration.name(),
                failed.detail());
        if (failed.code() != ODataProblem.SAP_DELTA_TOKEN_EXPIRED
                && route(mapping).source(without) == ChangeSource.STAMP) {
            return newer(mapping, without); // It was just reconciled; tokens refused each time are not worth it.
        }
        var source = integration.stampField() == null ? ChangeSource.REREAD : ChangeSource.RECONCILIATION;
        return reconcile(source, mapping, without);
    }

    /** What is as new as the newest change stamp. */
    private ChangeSource newer(RowMapping mapping, DeltaState.Position position) {
        var newest =
                readSince(mapping, route(mapping).since(position.watermark()).orElseThrow());
        return finish(ChangeSource.STAMP, state().delta().with(position.upTo(newest)));
    }

    private @Nullable Instant readSince(RowMapping mapping, String condition) {
        var sink = new ChangesSink(mapping, writer);
        pages.readAll(mapping, integration.target(mapping.select(), condition), false, sink);
        return sink.newest();
    }

    private ChangeSource reconcile(ChangeSource source, RowMapping mapping, DeltaState.Position position) {
        boolean track = integration.reading().delta() == Reading.DeltaMode.TOKEN;
        var depth = source == ChangeSource.REREAD ? Depth.WHOLE : Depth.STAMPS;
        int sample = depth == Depth.STAMPS ? context.settings().contentsSample() : 0;
        var outcome = reconciliation(mapping, depth, track, ReconciliationOptions.REPAIR, sample);
        if (source == ChangeSource.RECONCILIATION) {
            // A row that changed twice within the resolution of its stamp, a second or a day, looks unchanged.
            route(mapping).since(position.watermark()).ifPresent(condition -> readSince(mapping, condition));
        }
        var route = route(mapping);
        var token = track ? route.token(outcome.end(), retries) : Optional.<String>empty();
        var next = position.upTo(outcome.newest()).withToken(token.orElse(null));
        var refused = outcome.refused().orElse(null);
        var note = refused != null ? refused.detail() : track ? route.note(token.isPresent(), null) : null;
        var delta = state().delta().with(next).compared(inbound.now()).withNote(note);
        if (refused != null) {
            held.save(state().with(delta.plus(
                    counts, inbound.now(), inbound.sap().skew().estimate())));
            throw refused;
        }
        return finish(source, delta);
    }

    private Outcome reconciliation(
            RowMapping mapping, Depth depth, boolean track, ReconciliationOptions how, int sample) {
        writer.trustRows(true);
        try {
            return new Reconciliation(this, mapping, how, state().load().ranges()).run(depth, track, sample);
        } finally {
            writer.trustRows(false);
        }
    }

    private ChangeSource finish(ChangeSource source, DeltaState delta) {
        boolean reconciled = source == ChangeSource.RECONCILIATION || source == ChangeSource.REREAD;
        var before = state().delta();
        var lastRunAt = before.lastRunAt();
        boolean nothing = !reconciled
                && gotOver == null
                && !counts.changed()
                && state().health().lastError() == null
                && delta.position().withToken(null).equals(before.position().withToken(null))
                && Objects.equals(delta.note(), before.note());
        if (nothing
                && lastRunAt != null
                && inbound.now().isBefore(lastRunAt.plus(context.settings().noteEvery()))) {
            return source; // Reading on from the older position is cheaper than a write each second.
        }
        var state = reconciled ? state().swept() : state();
        held.save(succeeded(state.with(
                        delta.plus(counts, inbound.now(), inbound.sap().skew().estimate()))
                .with(state.load().learned(pageSize.learned()))));
        return source;
    }

    private InboundState succeeded(InboundState state) {
        var before = state.health();
        boolean letters = counts.counters().keptAside() > 0 || before.deadLetters() > 0;
        return state.with(before.succeeded(inbound.now())
                .retried(counts.retries())
                .withDeadLetters(letters ? inbound.letters().count(integration.name()) : 0));
    }

    private RunResult current(ChangeSource source) {
        inbound.sap()
                .skew()
                .toReport()
                .ifPresent(skew -> LOG.log(
                        Level.WARNING,
                        "SAP''s clock is {0} ahead of ours; lags are corrected by that, one clock is wrong",
                        skew));
        var kind = source == ChangeSource.TOKEN || source == ChangeSource.STAMP
                ? InboundRun.Kind.DELTA
                : InboundRun.Kind.RECONCILE;
        var run = note(run(kind, gotOver == null ? Ending.DONE : Ending.over(gotOver)));
        return new RunResult.Current(
                integration.name(), source, run, state().delta().note());
    }

    private void failed(Failure failure) {
        LOG.log(Level.DEBUG, "{0} failed: {1}", integration.name(), failure.line()); // The caller reports it.
        if (failure.code() != StoreProblem.LEASE_LOST) { // The document is the new holder's now.
            end(failure);
        }
        note(run(InboundRun.Kind.DELTA, Ending.failed(failure)));
    }

    private void end(Failure failure) {
        try {
            var error = InboundState.LastError.of(failure, inbound.now());
            held.save(state().with(state().health().failed(error).retried(counts.retries()))
                    .with(state().load().learned(pageSize.learned())));
        } catch (Failure failed) { // The run has its result already.
            LOG.log(Level.DEBUG, "could not note the end of {0}: {1}", integration.name(), failed.line());
        }
    }

    InboundRun note(InboundRun run) {
        context.runs().note(run);
        context.listener().ended(run, counts.lags());
        return run;
    }

    InboundRun run(InboundRun.Kind kind, Ending ending) {
        var runner = inbound.options().holder().text();
        return InboundRun.of(integration.name(), kind, beganAt, inbound.now(), counts.counters(), ending, runner)
                .with(counts.removed(), counts.lagMsMax());
    }

    @Override
    public void beforeChunk() {
        lease.check();
        cancellation.check();
        progress.accept(counts.counters().rowsRead());
    }

    Integration integration() {
        return integration;
    }

    DeltaSettings settings() {
        return context.settings();
    }

    InboundContext inbound() {
        return inbound;
    }

    PagePipeline pages() {
        return pages;
    }

    RowWriter writer() {
        return writer;
    }

    InboundState.Held held() {
        return held;
    }

    Counters.Running counts() {
        return counts;
    }

    private InboundState state() {
        return held.now();
    }

    @Override
    public void close() {
        writer.close();
    }

    /** Writes changes in the order in which SAP sends them. */
    static final class ChangesSink implements PagePipeline.Sink {
        private final RowMapping mapping;
        private final RowWriter writer;
        private @Nullable String newest;

        ChangesSink(RowMapping mapping, RowWriter writer) {
            this.mapping = mapping;
            this.writer = writer;
        }

        @Override
        public void row(Row row) {
            writer.upsert(mapping.document(row));
            var stamp = mapping.stamp(row);
            if (stamp != null && (newest == null || stamp.compareTo(newest) > 0)) {
                newest = stamp;
            }
        }

        @Override
        public void deleted(Row key) {
            writer.remove(mapping.id(key));
        }

        /** The newest change stamp that was seen. */
        @Nullable
        Instant newest() {
            return newest == null ? null : ChangeStamps.instant(newest);
        }
    }
}
