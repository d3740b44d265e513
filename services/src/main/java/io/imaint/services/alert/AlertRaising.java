package io.imaint.services.alert;

import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.FactConsumer;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.StoredFact;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of facts.
 *
 * <p>Facts may come again after a crash. A fact that was counted is not counted again, because an alert knows the
 * position of the last one; the ids of alerts, inbox entries and deliveries follow from the fact that began them, so
 * what was written before the crash is found, and the rest is written. Facts come to one process at a time, in
 * order, so no two find that a group has no alert yet.
 */
final class AlertRaising implements FactConsumer {
    /** The facts that alerts themselves cause. */
    static final Set<String> OF_ALERTS = Set.of("AlertAcknowledged", "AlertClosed", "AlertEscalated");

    /** Escalations of one round; the next round takes the rest. */
    private static final int ESCALATED_MAX = 200;

    private final Documents<AlertRule> rules;
    private final Documents<Alert> alerts;
    private final AlertInbox inbox;
    private final Recipients recipients;
    private final DeliveryQueue deliveries;
    private final InstantSource clock;

    AlertRaising(Store store, AlertInbox inbox, Recipients recipients, DeliveryQueue deliveries, InstantSource clock) {
        this.rules = store.documents(AlertCollections.RULES);
        this.alerts = store.documents(AlertCollections.ALERTS);
        this.inbox = inbox;
        this.recipients = recipients;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Override
    public void accept(List<StoredFact> facts) {
        var listening = listening(facts);
        var groups = new LinkedHashMap<String, List<StoredFact>>();
        var ruleOf = new LinkedHashMap<String, AlertRule>();
        for (var fact : facts) {
            for (var rule : listening) {
                if (rule.appliesTo(fact)) {
                    var group = rule.group(fact);
                    groups.computeIfAbsent(group, none -> new ArrayList<>()).add(fact);
                    ruleOf.put(group, rule);
                }
            }
        }
        ruleOf.forEach((group, rule) -> raise(rule, group, groups.getOrDefault(group, List.of())));
        facts.stream().filter(AlertRaising::concernsAlert).forEach(this::follow);
    }

    private List<AlertRule> listening(List<StoredFact> facts) {
        var names = facts.stream().map(StoredFact::name).distinct().toList();
        return rules.list(Query.where(new Condition.In("fact", names)).limit(AlertRules.MAX))
                .values();
    }

    /** Alerts and counts the facts of one group, in order. */
    private void raise(AlertRule rule, String group, List<StoredFact> facts) {
        int next = 0;
        while (next < facts.size()) {
            var fact = facts.get(next);
            var latest = latest(group);
            if (latest.isPresent() && latest.get().countedUpTo() >= fact.position()) {
                if (latest.get().id().equals(Alert.idOf(rule, fact))) {
                    reach(rule, latest.get()); // A crash may have come between the alert and whom it reaches.
                }
                next++;
                continue;
            }
            int end = together(facts, next, rule);
            var more = facts.subList(next, end);
            if (latest.isEmpty() || !counted(latest.get(), rule, more)) {
                var alert = Alert.begun(rule, more);
                alerts.insert(alert);
                reach(rule, alert);
            }
            next = end;
        }
    }

    /** Up to where facts follow one another within the rule's window. */
    private static int together(List<StoredFact> facts, int from, AlertRule rule) {
        int end = from + 1;
        while (end < facts.size()
                && !facts.get(end).at().isAfter(facts.get(end - 1).at().plus(rule.window()))) {
            end++;
        }
        return end;
    }

    /** Counts facts with an alert; false when it is closed, too old for them, or gone from the inboxes. */
    private boolean counted(Alert latest, AlertRule rule, List<StoredFact> facts) {
        var first = facts.getFirst().at();
        return alerts.update(latest.id(), stored -> {
                    var alert = stored.value();
                    return alert.state() == AlertState.CLOSED
                                    || first.isAfter(alert.lastAt().plus(rule.window()))
                                    || first.isAfter(alert.firstAt().plus(Alert.KEPT)) // Its inbox entries end there.
                            ? null
                            : Change.of(alert.counting(facts));
                })
                .filter(stored ->
                        stored.value().countedUpTo() >= facts.getLast().position())
                .isPresent();
    }

    private Optional<Alert> latest(String group) {
        var newest = Query.where(Condition.equal("group", group))
                .sorted("firstAt", true)
                .limit(1);
        return alerts.list(newest).values().stream().findFirst();
    }

    private void reach(AlertRule rule, Alert alert) {
        var people = recipients.of(rule, alert);
        inbox.add(alert, people);
        deliveries.add(alert, "raised", rule, people);
    }

    private static boolean concernsAlert(StoredFact fact) {
        return fact.collection().equals(AlertCollections.ALERTS.name()) && OF_ALERTS.contains(fact.name());
    }

    /** Brings what happened to an alert to everybody whom it reached, and an escalation to some more. */
    private void follow(StoredFact fact) {
        var alert = alerts.find(fact.key()).map(Stored::value).orElse(null);
        if (alert == null) {
            return;
        }
        if (fact.name().equals("AlertEscalated") && alert.state().unattended()) {
            var rule = rule(alert);
            if (rule != null) {
                var people = recipients.ofEscalation(rule, alert);
                inbox.add(alert, people);
                deliveries.add(alert, "escalated", rule, people);
            }
        }
        inbox.follow(alert);
    }

    private @Nullable AlertRule rule(Alert alert) {
        return rules.find(alert.rule()).map(Stored::value).orElse(null);
    }

    /** Escalates what nobody acknowledged in time. Whom it reaches then follows from the fact, as everything does. */
    void escalate() {
        Instant now = clock.instant();
        var due = Condition.and(
                Condition.equal("state", AlertState.OPEN.toString()),
                new Condition.Range("escalatesAt", null, now.plusMillis(1)));
        for (var found : alerts.list(Query.where(due).limit(ESCALATED_MAX)).items()) {
            alerts.update(found.key(), stored -> {
                var alert = stored.value();
                return alert.state() == AlertState.OPEN
                        ? Change.of(alert.moved(AlertState.ESCALATED, null, now), new AlertEscalated(alert.rule()))
                        : null;
            });
        }
    }
}
