package io.imaint.services.alert;

import io.imaint.kernel.identity.Directory.Person;
import io.imaint.services.alert.AlertState.Action;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The inboxes of all users. */
final class AlertInbox {
    /** Entries that one round wakes; the next round takes the rest. */
    private static final int WOKEN_MAX = 500;

    private final Documents<InboxEntry> entries;

    AlertInbox(Store store) {
        this.entries = store.documents(AlertCollections.INBOX);
    }

    /** Puts an alert into inboxes that do not have it yet. */
    void add(Alert alert, Collection<Person> people) {
        var wanted =
                people.stream().map(person -> InboxEntry.of(alert, person.id())).toList();
        var there = entries.findAll(wanted.stream().map(InboxEntry::id).toList());
        // Nobody else adds, so what is missing now is still missing when it is written.
        entries.upsertAll(
                wanted.stream().filter(entry -> !there.containsKey(entry.id())).toList());
    }

    /** Brings what became of an alert for all into every inbox that has it. */
    void follow(Alert alert) {
        var action = switch (alert.state()) {
            case ESCALATED -> Action.ESCALATE;
            case ACKNOWLEDGED -> Action.ACKNOWLEDGE;
            case CLOSED -> Action.CLOSE;
            case OPEN, READ, SNOOZED -> null;
        };
        if (action == null) {
            return;
        }
        var all = Query.where(Condition.equal("alert", alert.id())).limit(Recipients.MAX * 2);
        for (var entry : entries.list(all).items()) {
            entries.update(entry.key(), stored -> {
                var next = stored.value()
                        .state()
                        .after(action)
                        .orElse(stored.value().state());
                return next == stored.value().state()
                        ? null
                        : Change.of(stored.value().moved(next, null));
            });
        }
    }

    /** Wakes what was snoozed until now or earlier. */
    void wake(Instant now) {
        var due = new Condition.Range("snoozedUntil", null, now.plusMillis(1));
        var query = Query.where(Condition.and(Condition.equal("state", AlertState.SNOOZED.toString()), due))
                .limit(WOKEN_MAX);
        for (var entry : entries.list(query).items()) {
            entries.update(entry.key(), stored -> {
                var until = stored.value().snoozedUntil();
                boolean asleep = until != null && until.isAfter(now); // Snoozed once more meanwhile.
                return asleep
                        ? null
                        : stored.value()
                                .state()
                                .after(Action.WAKE)
                                .map(next -> Change.of(stored.value().moved(next, null)))
                                .orElse(null);
            });
        }
    }

    List<InboxEntry> of(Alert alert) {
        return entries.list(Query.where(Condition.equal("alert", alert.id())).limit(Recipients.MAX * 2))
                .values();
    }
}
