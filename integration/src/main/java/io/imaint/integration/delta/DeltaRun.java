package io.imaint.integration.delta;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.DeltaMode;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.definition.Status;
import io.imaint.integration.delta.DeltaResult.Way;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.source.Patience;
import io.imaint.integration.state.DeltaCounts;
import io.imaint.integration.state.DeltaPosition;
import io.imaint.integration.state.DeltaState;
import io.imaint.integration.state.Health;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRun.Ending;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LastError;
import io.imaint.integration.state.LoadedPosition;
import io.imaint.integration.state.Statuses;
import io.imaint.integration.state.Stop;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.store.Documents;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run that brings an integration current, under its lease.
 *
 * <pre>
 *   nothing known, or another user ──► COMPARE ──┐                     COMPARE reads keys and stamps, tracked, then
 *   another mapping, or no stamp ────► REREAD ───┴─► token ──► TOKEN   the rows that differ; REREAD reads all rows
 *                                                 └─► none ──► STAMP or REREAD, and a note that says so
 *   TOKEN: expired ──► COMPARE
 * </pre>
 *
 * <p>The position is written after all rows of the run, never before: a crash at any point repeats the run, and the rows
 * that it had written change nothing the second time.
 */
final class DeltaRun {
    private static final System.Logger LOG = System.getLogger(DeltaRun.class.getName());

    /** Metadata that was read before the service was changed looks like these. */
    private static final Set<ProblemCode> OLD_METADATA = Set.of(
            ODataProblem.SAP_NOT_FOUND,
            ODataProblem.SAP_REQUEST_REFUSED,
            DefinitionProblem.INBOUND_SET_MISSING,
            DefinitionProblem.INBOUND_PROPERTY_MISSING,
            InboundProblem.INBOUND_ROWS_UNREADABLE);

    private final DeltaSite site;
    private final HeldLease lease;
    private final Stop stop;
    private final Integration integration;
    private final Instant beganAt;
    private final DeltaCounts counts = new DeltaCounts();
    private Stored<InboundState> stored;
    private @Nullable Failure gotOver;

    private DeltaRun(DeltaSite site, HeldLease lease, Stop stop, Integration integration) {
        this.site = site.in(lease.store());
        this.lease = lease;
        this.stop = stop;
        this.integration = integration;
        this.beganAt = site.now();
        this.stored = this.site.states().find(integration.name()).orElseThrow();
    }

    /** Brings an integration current that is loaded. Leaves the lease to the caller. */
    static DeltaResult run(DeltaSite site, HeldLease lease, Stop stop, String name) {
        return of(site, lease, stop, name).untilItEnds();
    }

    /** Compares source and store; the integration's changes go on from where they are. */
    static DeltaResult verify(DeltaSite site, HeldLease lease, Stop stop, String name, DeltaVerification how) {
        return of(site, lease, stop, name).compared(how);
    }

    private static DeltaRun of(DeltaSite site, HeldLease lease, Stop stop, String name) {
        var current = site.integrations()
                .find(name)
                .orElseThrow(() -> DefinitionProblem.INTEGRATION_UNKNOWN.because("'" + name + "' was removed"));
        return new DeltaRun(site, lease, stop, current.value());
    }

    private DeltaResult untilItEnds() {
        try {
            return current(withFreshMetadata());
        } catch (Stop.Requested ignored) {
            return new DeltaResult.Stopped(integration.name());
        } catch (Failure failed) {
            return failed(failed);
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.ERROR, "the delta of " + integration.name() + " met a defect", defect);
            return failed(InboundProblem.INBOUND_DEFECT.because(String.valueOf(defect), defect));
        }
    }

    private DeltaResult compared(DeltaVerification how) {
        try {
            var mapping = mapping();
            var depth = integration.stampField() == null || how.contents()
                    ? Reconciliation.Depth.CONTENTS
                    : Reconciliation.Depth.STAMPS;
            var outcome = reconciliation(mapping, depth, false, how.repair(), how.removalsMax());
            var report = outcome.report();
            outcome.refused().ifPresent(refused -> {
                throw refused;
            });
            if (how.repair()) {
                var delta = state().delta().withNote(null).compared(site.now());
                save(LoadedPosition.swept(state()).by(lease.fence()).with(delta).with(health()));
            }
            note(InboundRun.Kind.RECONCILE, Ending.DONE);
            return new DeltaResult.Compared(integration.name(), report);
        } catch (Stop.Requested ignored) {
            return new DeltaResult.Stopped(integration.name());
        } catch (Failure failed) {
            note(InboundRun.Kind.RECONCILE, Ending.failed(failed));
            return new DeltaResult.Failed(integration.name(), failed);
        }
    }

    /** Runs again after the metadata was fetched anew, once, when the failure may come from old metadata. */
    private Way withFreshMetadata() {
        try {
            return bringCurrent(mapping());
        } catch (Failure failed) {
            if (!OLD_METADATA.contains(failed.code()) || !site.sap().forgetMetadata(integration)) {
                throw failed;
            }
            LOG.log(Level.INFO, "{0} reads the metadata again after: {1}", integration.name(), failed.line());
            return bringCurrent(mapping());
        }
    }

    private RowMapping mapping() {
        return patience().with(() -> site.sap().mapping(integration));
    }

    private Way bringCurrent(RowMapping mapping) {
        var route = route(mapping);
        var position = route.start();
        var way = route.way(position);
        return switch (way) {
            case TOKEN -> changes(mapping, position);
            case STAMP -> newer(mapping, position);
            case COMPARE, REREAD -> compare(way, mapping, position);
        };
    }

    private DeltaRoute route(RowMapping mapping) {
        return new DeltaRoute(site, integration, mapping, state());
    }

    /** What SAP says changed since the token. */
    private Way changes(RowMapping mapping, DeltaPosition position) {
        var source = new DeltaTokens(site.sap(), integration, mapping, patience());
        var sink = new ChangesSink(mapping, writer());
        var pages = pages(mapping);
        long before = counts.pages();
        DeltaPages.End end;
        try {
            end = pages.read(source.target(position.token()), false, sink);
        } catch (Failure failed) {
            if (!DeltaTokens.lost(failed, counts.pages() == before)) {
                throw failed;
            }
            return afterLoss(failed, mapping, position);
        }
        var token = source.after(end);
        var next = position.upTo(sink.newest());
        var delta = state().delta().with(token.isPresent() ? next.withToken(token.get()) : next);
        finish(Way.TOKEN, delta.withNote(source.note(token.isPresent(), delta.note())));
        return Way.TOKEN;
    }

    /** The data is served as it is, and only keys and what differs are read. */
    private Way afterLoss(Failure failed, RowMapping mapping, DeltaPosition position) {
        gotOver = failed;
        var without = position.withToken(null);
        LOG.log(
                Level.WARNING,
                "{0}: SAP no longer takes the delta token; keys are compared, the data is served meanwhile: {1}",
                integration.name(),
                failed.detail());
        if (failed.code() != ODataProblem.SAP_DELTA_TOKEN_EXPIRED
                && route(mapping).way(without) == Way.STAMP) {
            return newer(
                    mapping, without); // It was compared just now; tokens that are refused each time are not worth it.
        }
        return compare(integration.stampField() == null ? Way.REREAD : Way.COMPARE, mapping, without);
    }

    /** What is as new as the newest change stamp. */
    private Way newer(RowMapping mapping, DeltaPosition position) {
        var condition = route(mapping).since(position.watermark()).orElseThrow();
        var sink = new ChangesSink(mapping, writer());
        pages(mapping).read(Reconciliation.address(integration, mapping.select(), condition), false, sink);
        finish(Way.STAMP, state().delta().with(position.upTo(sink.newest())));
        return Way.STAMP;
    }

    private Way compare(Way way, RowMapping mapping, DeltaPosition position) {
        boolean track = integration.reading().delta() == DeltaMode.TOKEN;
        var depth = way == Way.REREAD ? Reconciliation.Depth.WHOLE : Reconciliation.Depth.STAMPS;
        var outcome = reconciliation(mapping, depth, track, true, -1);
        if (way == Way.COMPARE) {
            sameStamps(mapping, position);
        }
        var source = new DeltaTokens(site.sap(), integration, mapping, patience());
        var token = track ? source.after(outcome.end()) : Optional.<String>empty();
        var next = position.upTo(outcome.newest()).withToken(token.orElse(null));
        var refused = outcome.refused().orElse(null);
        var note = refused != null ? refused.detail() : track ? source.note(token.isPresent(), null) : null;
        var delta = state().delta().with(next).compared(site.now()).withNote(note);
        if (refused != null) {
            save(state().by(lease.fence()).with(delta.plus(counts, site.now(), skewMs())));
            throw refused;
        }
        stored = new Stored<>(stored.key(), stored.rev(), stored.position(), LoadedPosition.swept(state()));
        finish(way, delta);
        return way;
    }

    /** A row that changed twice within what its stamp can tell apart, a second or a day, looks as it was. */
    private void sameStamps(RowMapping mapping, DeltaPosition position) {
        route(mapping)
                .since(position.watermark())
                .ifPresent(condition -> pages(mapping)
                        .read(
                                Reconciliation.address(integration, mapping.select(), condition),
                                false,
                                new ChangesSink(mapping, writer())));
    }

    private Reconciliation.Outcome reconciliation(
            RowMapping mapping, Reconciliation.Depth depth, boolean track, boolean repair, long removalsMax) {
        var writer = writer();
        return new Reconciliation(
                        new Reconciliation.Parts(
                                target(), mapping, site.settings(), pages(mapping), writer, this::check),
                        new Reconciliation.Terms(
                                depth,
                                track,
                                repair,
                                removalsMax,
                                state().load().ranges()))
                .run();
    }

    private void finish(Way way, DeltaState delta) {
        var before = state().delta();
        var lastRunAt = before.lastRunAt();
        boolean nothing = (way == Way.TOKEN || way == Way.STAMP)
                && gotOver == null
                && !counts.changed()
                && state().health().lastError() == null
                && delta.position().withToken(null).equals(before.position().withToken(null))
                && Objects.equals(delta.note(), before.note());
        if (nothing
                && lastRunAt != null
                && site.now().isBefore(lastRunAt.plus(site.settings().noteEvery()))) {
            return; // The older position tells nothing again, which is cheaper than a write each second.
        }
        save(state().by(lease.fence())
                .with(delta.plus(counts, site.now(), skewMs()))
                .with(health()));
    }

    private Health health() {
        var before = state().health();
        boolean letters = counts.deadLetters() > 0 || before.deadLetters() > 0;
        return before.succeeded(site.now())
                .retried(counts.retries())
                .withDeadLetters(letters ? site.letters().count(integration.name()) : 0);
    }

    private DeltaResult current(Way way) {
        site.skew()
                .toReport()
                .ifPresent(skew -> LOG.log(
                        Level.WARNING,
                        "SAP''s clock is {0} ahead of ours; lags are corrected by that, one clock is wrong",
                        skew));
        if (integration.status() == Status.FAILED) {
            Statuses.note(site.integrations(), integration.name(), Status.ACTIVE);
        }
        var kind = way == Way.TOKEN || way == Way.STAMP ? InboundRun.Kind.DELTA : InboundRun.Kind.RECONCILE;
        var run = note(kind, gotOver == null ? Ending.DONE : Ending.over(gotOver));
        return new DeltaResult.Current(
                integration.name(), way, run, state().delta().note());
    }

    private DeltaResult failed(Failure failure) {
        LOG.log(Level.DEBUG, "{0} failed: {1}", integration.name(), failure.line()); // Who runs it tells it.
        if (failure.code() != StoreProblem.LEASE_LOST) { // The document is the new holder's now.
            end(failure);
        }
        note(InboundRun.Kind.DELTA, Ending.failed(failure));
        return new DeltaResult.Failed(integration.name(), failure);
    }

    private void end(Failure failure) {
        try {
            var error = LastError.of(failure, site.now());
            var health = state().health().failed(error).retried(counts.retries());
            save(state().by(lease.fence()).with(health));
            Statuses.failed(site.integrations(), integration.name(), error);
        } catch (Failure failed) { // The run has its result already.
            LOG.log(Level.DEBUG, "could not note the end of {0}: {1}", integration.name(), failed.line());
        }
    }

    private InboundRun note(InboundRun.Kind kind, Ending ending) {
        var run = new InboundRun(
                integration.name(),
                kind,
                beganAt,
                site.now(),
                1,
                counts.counters(),
                counts.removed(),
                counts.deadLetters(),
                counts.lagMsMax(),
                ending,
                site.terms().holder().text());
        site.runs().note(run);
        site.listener().ended(run, counts.lags());
        return run;
    }

    private DeltaWriter writer() {
        return new DeltaWriter(
                target(), counts, this::check, site::sapNow, site.letters().count(integration.name()) > 0);
    }

    private DeltaWriter.Target target() {
        var type = Replicas.find(integration.mapping().collection()).orElseThrow();
        return new DeltaWriter.Target(integration, type, site.store().documents(type), site.step(), site.letters());
    }

    private DeltaPages pages(RowMapping mapping) {
        var pages = new DeltaPages(site, integration, mapping, counts, patience());
        pages.limit(state().load().pageSize());
        return pages;
    }

    private Patience patience() {
        return new Patience(integration.name(), site.terms(), stop, this::check, counts::retried);
    }

    private void check() {
        lease.check();
        stop.check();
    }

    private InboundState state() {
        return stored.value();
    }

    private void save(InboundState state) {
        stored = switch (site.states().replace(state, stored.rev())) {
            case Documents.Written.Done<InboundState> done -> done.stored();
            case Documents.Written.Lost<InboundState> lost -> throw StoreProblem.LEASE_LOST.because(stored.key());
        };
    }

    private long skewMs() {
        return site.skew().estimate().toMillis();
    }
}
