package io.imaint.services.facts;

import io.imaint.kernel.http.Accepted;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the dead letters of facts and has them replayed; says in its readiness and its metrics that there are any. */
public final class Facts implements Routed, Readiness.Reporting, Metered {
    private static final System.Logger LOG = System.getLogger(Facts.class.getName());

    private static final Permission READ = new Permission("facts.read");
    private static final Permission REPLAY = new Permission("facts.replay");
    private static final String PATH = "/api/facts/dead-letters";

    private final Store store;
    private final InstantSource clock;

    Facts(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    record ListDeadLetters(
            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after) {}

    record ReplayDeadLetter(@Path String id) {}

    record DiscardDeadLetter(
            @Path String id,

            @Description("Why; the audit trail keeps it") @Length(min = 1, max = FactDeadLetters.REASON_MAX) @Nullable
            String reason) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists facts that a consumer could not take, the newest failure first")
                        .permits(READ)
                        .answersListing(FactFailure.class)
                        .handles(ListDeadLetters.class, this::list),
                Route.post(PATH + "/{id}/replay", "Gives a fact to its consumer again")
                        .permits(REPLAY)
                        .accepts(FactFailure.class)
                        .handles(ReplayDeadLetter.class, this::replay),
                Route.delete(PATH + "/{id}", "Discards a fact that its consumer will never take")
                        .permits(REPLAY)
                        .answersNothing()
                        .handles(DiscardDeadLetter.class, this::discard));
    }

    private FactDeadLetters letters() {
        if (!Caller.current().plants().all()) {
            throw HttpProblem.PERMISSION_MISSING.because(
                    "dead letters tell of documents of every plant, so only who sees all plants may see them");
        }
        return new FactDeadLetters(store.as(Caller.current()), clock);
    }

    private Listing<FactFailure> list(ListDeadLetters asked) {
        return letters().list(asked.limit, asked.after);
    }

    private Accepted<FactFailure> replay(ReplayDeadLetter asked) {
        return new Accepted<>(PATH, letters().replay(asked.id));
    }

    private NoContent discard(DiscardDeadLetter asked) {
        letters().discard(asked.id, asked.reason);
        return NoContent.NO_CONTENT;
    }

    /** Ready in any case: the facts behind a dead letter go on. */
    @Override
    public Readiness readiness() {
        try {
            long count = count();
            return count == 0 ? Readiness.READY : new Readiness(true, "ready, dead letters of facts: " + count);
        } catch (Failure failed) { // The store says so itself.
            LOG.log(Level.DEBUG, "the dead letters of facts cannot be counted: {0}", failed.line());
            return Readiness.READY;
        }
    }

    private long count() {
        return new FactDeadLetters(store, clock).count();
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("imaint.facts.dead.letters", this, Facts::counted)
                .description("facts that a consumer could not take")
                .register(meters);
    }

    private double counted() {
        try {
            return count();
        } catch (Failure failed) {
            LOG.log(Level.DEBUG, "the dead letters of facts cannot be counted: {0}", failed.line());
            return Double.NaN;
        }
    }
}
