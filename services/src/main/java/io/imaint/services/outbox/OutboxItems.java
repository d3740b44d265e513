package io.imaint.services.outbox;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.JsonValues;
import io.imaint.store.LiveCollection;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.outbox.OutboxProblem;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The items of the outbox: how far each has come, and what people do about those that failed. */
public final class OutboxItems implements Routed, Readiness.Reporting, Metered, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OutboxItems.class.getName());

    private static final Permission READ = new Permission("outbox.read");
    private static final Permission EDIT = new Permission("outbox.edit");

    /** Who enters work follows the way of their own entries. */
    private static final Permission ENTERED = new Permission("events.read");

    public static final List<LiveCollection> LIVE =
            List.of(new LiveCollection(OutboxItem.TYPE, READ), new LiveCollection(OutboxItem.TYPE, ENTERED, "by"));

    private static final String PATH = "/api/outbox";
    private static final String ONE = PATH + "/{id}";
    private static final String DECIDE =
            "who entered a command decides about it while they may enter such; others need outbox.edit";

    private final Store itself;
    private final Outbox outbox;
    private final OutboxWatch watch;
    private final InstantSource clock;

    private OutboxItems(Store store, Store itself, OutboxWatch watch, InstantSource clock) {
        this.itself = itself;
        this.outbox = new Outbox(store, clock);
        this.watch = watch;
        this.clock = clock;
    }

    static OutboxItems start(Store store, OutboxSettings settings, InstantSource clock) {
        var itself = store.as(Caller.system("outbox")); // Figures are of all plants, whoever asks for them.
        return new OutboxItems(store, itself, new OutboxWatch(store, settings, clock).start(), clock);
    }

    record ListItems(
            @Description("Only items in one of these states")
            List<State> state,

            @Description("Only this command") @Nullable Command command,

            @Description("Only items of this object, as in WorkOrders/000004000012")
            @Length(min = 1, max = 200)
            @Nullable
            String object,

            @Description("Only items that the user with this id entered") @Nullable
            String by,

            @Description("Only items that wait for the one with this id") @Nullable
            String waitsFor,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after) {
        Query query() {
            var all = new ArrayList<Condition>();
            all.add(new Condition.Range("acceptedAt", Instant.EPOCH, null)); // By whose index the pages are read.
            if (state.size() == 1) {
                all.add(Condition.equal("state", state.getFirst()));
            } else if (!state.isEmpty()) {
                all.add(new Condition.In("state", state));
            }
            if (command != null) {
                all.add(Condition.equal("command", command));
            }
            if (object != null) {
                all.add(Condition.equal("object", object));
            }
            if (by != null) {
                all.add(Condition.equal("by", by));
            }
            if (waitsFor != null) {
                all.add(Condition.equal("waitsFor", waitsFor));
            }
            return Query.where(new Condition.And(all))
                    .sorted("acceptedAt", true)
                    .limit(limit)
                    .after(after);
        }
    }

    record MyItems(
            @Description("Only items in one of these states")
            List<State> state,

            @Description("Only this command") @Nullable Command command,

            @Description("Only items of this object, as in WorkOrders/000004000012")
            @Length(min = 1, max = 200)
            @Nullable
            String object,

            @Description("Only items that wait for the one with this id") @Nullable
            String waitsFor,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after) {
        ListItems by(String user) {
            return new ListItems(state, command, object, user, waitsFor, limit, after);
        }
    }

    record OneItem(@Path String id) {}

    record RetryItem(
            @Path String id,
            @Body @Nullable Retry retry,
            @IfMatch long rev) {}

    record Retry(
            @Description("The values to change, null to remove one; without it the item is sent as it is") @Nullable
            JsonNode changes) {}

    record DiscardItem(
            @Path String id, @Body Discard discard, @IfMatch long rev) {}

    record Discard(
            @Description("Why; those who follow it read it, and the audit trail keeps it") @Length(min = 1, max = 500)
            String reason) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists commands to SAP, the newest first")
                        .permits(READ)
                        .answersListing(OutboxLine.class)
                        .handles(ListItems.class, this::list),
                Route.get("/api/my-outbox", "Lists the commands to SAP that the caller entered, the newest first")
                        .signedIn("who entered a command follows its way")
                        .answersListing(OutboxLine.class)
                        .handles(
                                MyItems.class,
                                asked -> list(asked.by(Caller.current().id()))),
                Route.get(ONE, "Shows a command to SAP and how far it has come")
                        .signedIn("who entered a command follows its way; others need outbox.read or outbox.edit")
                        .answersVersioned(OutboxDetail.class)
                        .handles(OneItem.class, this::show),
                Route.post(ONE + "/retry", "Has a failed or held command sent again, with other values if need be")
                        .signedIn(DECIDE)
                        .answersVersioned(OutboxDetail.class)
                        .handles(RetryItem.class, this::retry),
                Route.post(ONE + "/discard", "Gives a command up; those that follow it are held")
                        .signedIn(DECIDE)
                        .answersVersioned(OutboxDetail.class)
                        .handles(DiscardItem.class, this::discard),
                Route.get("/api/outbox-figures", "Counts what is on its way to SAP")
                        .permits(READ)
                        .answers(OutboxFigures.class)
                        .handles(() -> figures(outbox.items(Caller.current()))));
    }

    private Listing<OutboxLine> list(ListItems asked) {
        var page = outbox.items(Caller.current()).list(asked.query());
        return new Listing<>(page.values().stream().map(OutboxLine::of).toList(), page.next(), null);
    }

    private Versioned<OutboxDetail> show(OneItem asked) {
        var caller = Caller.current();
        return visible(asked.id, caller)
                .map(OutboxItems::versioned)
                .orElseThrow(() -> OutboxProblem.OUTBOX_ITEM_NOT_FOUND.because(asked.id));
    }

    private Optional<Stored<OutboxItem>> visible(String id, Caller caller) {
        return outbox.find(id, caller)
                .filter(stored -> caller.may(READ)
                        || caller.may(EDIT)
                        || stored.value().by().equals(caller.id()));
    }

    /** Refuses who may not decide about an item; who only may about own entries may not correct every field. */
    private void requireDecision(String id, Collection<String> changed) {
        var caller = Caller.current();
        if (caller.may(EDIT)) {
            return;
        }
        var item = visible(id, caller)
                .orElseThrow(() -> OutboxProblem.OUTBOX_ITEM_NOT_FOUND.because(id))
                .value();
        if (!OwnEntries.mayDecide(item, caller)) {
            var missing = item.by().equals(caller.id()) ? OwnEntries.missing(item, caller) : EDIT;
            throw HttpProblem.PERMISSION_MISSING.because(
                    Objects.requireNonNullElse(missing, EDIT).name());
        }
        OwnEntries.checkCorrection(item, changed);
    }

    private Versioned<OutboxDetail> retry(RetryItem asked) {
        var changes = changes(asked.retry == null ? null : asked.retry.changes);
        requireDecision(asked.id, changes.keySet());
        return written(asked.id, outbox.retry(asked.id, asked.rev, changes, Caller.current()));
    }

    private static Map<String, @Nullable Object> changes(@Nullable JsonNode sent) {
        var changes = new LinkedHashMap<String, @Nullable Object>();
        if (sent != null && !sent.isNull()) {
            if (!sent.isObject()) {
                throw HttpProblem.BODY_INVALID.because(List.of(new Finding("/changes", "must be an object")));
            }
            sent.properties().forEach(field -> changes.put(field.getKey(), JsonValues.of(field.getValue())));
        }
        return changes;
    }

    private Versioned<OutboxDetail> discard(DiscardItem asked) {
        requireDecision(asked.id, List.of());
        return written(asked.id, outbox.discard(asked.id, asked.rev, asked.discard.reason.strip(), Caller.current()));
    }

    private static Versioned<OutboxDetail> written(String id, Written<OutboxItem> written) {
        return switch (written) {
            case Written.Done<OutboxItem> done -> versioned(done.stored());
            case Written.Lost<OutboxItem> lost ->
                throw lost.current()
                        .map(standing -> HttpProblem.PRECONDITION_FAILED
                                .because("item %s is in revision %d by now".formatted(id, standing.rev()))
                                .showing(versioned(standing)))
                        .orElseGet(() -> OutboxProblem.OUTBOX_ITEM_NOT_FOUND.because(id));
        };
    }

    private static Versioned<OutboxDetail> versioned(Stored<OutboxItem> stored) {
        var caller = Caller.current();
        return new Versioned<>(OutboxDetail.of(stored.value(), caller, caller.may(EDIT)), stored.rev());
    }

    private OutboxFigures figures(Documents<OutboxItem> items) {
        return OutboxFigures.of(items, clock.instant());
    }

    /** Ready in any case: one command that failed keeps nobody from working. */
    @Override
    public Readiness readiness() {
        try {
            long failed = all().count(Condition.equal("state", State.FAILED));
            return failed == 0 ? Readiness.READY : new Readiness(true, "ready, failed commands to SAP: " + failed);
        } catch (Failure failed) { // The store says so itself.
            LOG.log(Level.DEBUG, "the failed commands cannot be counted: {0}", failed.line());
            return Readiness.READY;
        }
    }

    private Documents<OutboxItem> all() {
        return itself.documents(OutboxItem.TYPE);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        new OutboxMeters(all(), clock).bindTo(registry);
    }

    @Override
    public void close() {
        watch.close();
    }
}
