package io.imaint.services.alert;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.services.alert.AlertState.Action;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The caller's inbox and what they do with an alert. */
final class AlertRoutes implements Routed {
    static final Permission READ = new Permission("alerts.read");
    private static final Permission HANDLE = new Permission("alerts.handle");

    private static final String PATH = "/api/alerts";
    private static final String ONE = PATH + "/{id}";
    private static final Duration SNOOZE_MAX = Duration.ofDays(30);

    private final Store store;
    private final AlertStrings strings;
    private final InstantSource clock;

    AlertRoutes(Store store, InstantSource clock) {
        this.store = store;
        this.strings = new AlertStrings(store);
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists the caller's alerts, the newest first")
                        .permits(READ)
                        .answersListing(InboxAlert.class)
                        .handles(ListAlerts.class, this::list),
                Route.get(ONE, "Shows an alert of the caller")
                        .permits(READ)
                        .answers(InboxAlert.class)
                        .handles(OneAlert.class, asked -> show(asked.id)),
                Route.post(ONE + "/read", "Marks an alert as read, for the caller alone")
                        .permits(READ)
                        .answers(InboxAlert.class)
                        .handles(OneAlert.class, asked -> act(asked.id, Action.READ, null)),
                Route.post(ONE + "/snooze", "Hides an alert until a time, for the caller alone")
                        .permits(READ)
                        .answers(InboxAlert.class)
                        .handles(SnoozeAlert.class, this::snooze),
                Route.post(ONE + "/acknowledge", "Takes an alert on, for everybody whom it reached")
                        .permits(HANDLE)
                        .answers(InboxAlert.class)
                        .handles(OneAlert.class, asked -> act(asked.id, Action.ACKNOWLEDGE, null)),
                Route.post(ONE + "/close", "Closes an alert, for everybody whom it reached")
                        .permits(HANDLE)
                        .answers(InboxAlert.class)
                        .handles(OneAlert.class, asked -> act(asked.id, Action.CLOSE, null)));
    }

    record ListAlerts(
            @Description("Only alerts in this state") @Nullable
            AlertState state,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after,

            @Description("False leaves out the total") @Default("true")
            boolean total) {
        Condition of(Caller caller) {
            var own = Condition.equal("user", caller.id());
            return state == null ? own : Condition.and(own, Condition.equal("state", state.toString()));
        }
    }

    record OneAlert(@Path String id) {}

    record SnoozeAlert(@Path String id, @Body Snooze snooze) {}

    record Snooze(@Description("At most 30 days from now") Instant until) {}

    /** An alert as its reader sees it. */
    record InboxAlert(
            String id,
            String rule,
            @Nullable String plant,
            Severity severity,
            AlertState state,
            String title,
            String body,
            String language,
            @Description("The fact that it is about") String fact,

            @Description("The key of the document that the last fact is about")
            String subject,

            @Description("How many facts it stands for") long count,
            Instant firstAt,
            Instant lastAt,
            @Nullable Instant snoozedUntil,

            @Description("Who acknowledged or closed it") @Nullable
            String handledBy,

            @Nullable Instant handledAt) {}

    private Listing<InboxAlert> list(ListAlerts asked) {
        var caller = Caller.current();
        var mine = store.as(caller);
        var inbox = mine.documents(AlertCollections.INBOX);
        var condition = asked.of(caller);
        var page = inbox.list(
                Query.where(condition).sorted("at", true).limit(asked.limit).after(asked.after));
        var alerts = mine.documents(AlertCollections.ALERTS)
                .findAll(page.values().stream().map(InboxEntry::alert).toList());
        var language = language(caller);
        var items = page.values().stream()
                .filter(entry -> alerts.containsKey(entry.alert()))
                .map(entry -> shown(
                        entry, Objects.requireNonNull(alerts.get(entry.alert())).value(), language))
                .toList();
        return new Listing<>(items, page.next(), asked.total ? inbox.count(condition) : null);
    }

    private InboxAlert show(String id) {
        var caller = Caller.current();
        var mine = store.as(caller);
        var entry = mine.documents(AlertCollections.INBOX)
                .find(InboxEntry.idOf(id, caller.id()))
                .orElseThrow(() -> unknown(id));
        var alert = mine.documents(AlertCollections.ALERTS).find(id).orElseThrow(() -> unknown(id));
        return shown(entry.value(), alert.value(), language(caller));
    }

    private InboxAlert snooze(SnoozeAlert asked) {
        var now = clock.instant();
        var until = asked.snooze.until;
        if (!until.isAfter(now) || until.isAfter(now.plus(SNOOZE_MAX))) {
            throw AlertProblem.ALERT_TRANSITION_REFUSED.because("the time must be within the next 30 days");
        }
        return act(asked.id, Action.SNOOZE, until);
    }

    /**
     * Does something with an alert: for all, which the alert's fact then brings to every inbox, and in the caller's own
     * inbox at once, so that their next request shows it.
     */
    private InboxAlert act(String id, Action action, @Nullable Instant until) {
        var caller = Caller.current();
        var mine = store.as(caller);
        var inbox = mine.documents(AlertCollections.INBOX);
        var entry = InboxEntry.idOf(id, caller.id());
        if (inbox.find(entry).isEmpty()) {
            throw unknown(id);
        }
        if (action == Action.ACKNOWLEDGE || action == Action.CLOSE) {
            actForAll(mine.documents(AlertCollections.ALERTS), id, action, caller);
        }
        var written = inbox.update(entry, stored -> {
            var state = stored.value().state();
            var next = state.after(action).orElseThrow(() -> refused(action, state));
            var asleep = next == AlertState.SNOOZED ? until : null;
            boolean same =
                    next == state && Objects.equals(asleep, stored.value().snoozedUntil());
            return same ? null : Change.of(stored.value().moved(next, asleep));
        });
        if (written.isEmpty()) {
            throw unknown(id);
        }
        return show(id);
    }

    private void actForAll(Documents<Alert> alerts, String id, Action action, Caller caller) {
        var written = alerts.update(id, stored -> {
            var alert = stored.value();
            var next = alert.state().after(action).orElseThrow(() -> refused(action, alert.state()));
            var fact = action == Action.CLOSE ? new AlertClosed(alert.rule()) : new AlertAcknowledged(alert.rule());
            return next == alert.state() ? null : Change.of(alert.moved(next, caller.id(), clock.instant()), fact);
        });
        if (written.isEmpty()) {
            throw unknown(id);
        }
    }

    private InboxAlert shown(InboxEntry entry, Alert alert, String language) {
        var rendered = strings.rendered(alert, language);
        return new InboxAlert(
                alert.id(),
                alert.rule(),
                alert.plant() == null ? null : alert.plant().value(),
                alert.severity(),
                entry.state(),
                rendered.text().title(),
                rendered.text().body(),
                rendered.language(),
                alert.fact(),
                alert.subject(),
                alert.count(),
                alert.firstAt(),
                alert.lastAt(),
                entry.snoozedUntil(),
                alert.handledBy(),
                alert.handledAt());
    }

    private String language(Caller caller) {
        return store.documents(AlertCollections.PREFERENCES)
                .find(caller.id())
                .map(Stored::value)
                .map(AlertPreferences::language)
                .orElse(AlertString.FALLBACK);
    }

    private static Failure unknown(String id) {
        return AlertProblem.ALERT_NOT_FOUND.because(id);
    }

    private static Failure refused(Action action, AlertState state) {
        return AlertProblem.ALERT_TRANSITION_REFUSED.because("%s is not possible: it is %s".formatted(action, state));
    }
}
