package io.imaint.services.audit;

import io.imaint.kernel.identity.Caller;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.DocumentWritten.FieldChange;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Erases what the audit trail knows of a user: names, addresses and values of entries that the user made, of documents
 * whose key is the user's id, and of changes that hold this id. The entries themselves stay, and with them the id, the
 * time, the document and the operation; so the chain stays whole.
 */
public final class AuditErasing {
    private static final int PAGE = 1_000;

    private final Store store;
    private final InstantSource clock;

    /** @param store that sees every plant */
    public AuditErasing(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** How many entries have something to erase. */
    public long count(String user) {
        long[] found = {0};
        each(user, ids -> found[0] += ids.size());
        return found[0];
    }

    /**
     * Erases, after it has written down that it does. To be repeated when it fails.
     *
     * @param by who erases, for the audit trail
     */
    public AuditErasure erase(String user, Caller by) {
        var erasure = new AuditErasure(UUID.randomUUID().toString(), user, clock.instant(), count(user));
        if (store.as(by).documents(AuditErasure.TYPE).insert(erasure) instanceof Written.Lost) {
            throw StoreProblem.STORE_BUSY.because("an erasure has the id " + erasure.id());
        }
        var particulars = store.documents(AuditParticulars.TYPE);
        each(user, ids -> particulars.removeAll(new Condition.In("id", ids)));
        return erasure;
    }

    /** Gives the ids of particulars that hold something of a user, some at a time. */
    private void each(String user, Consumer<List<String>> taking) {
        var query = Query.where(Condition.ALL).limit(PAGE);
        String after = null;
        do {
            var page = store.documents(AuditEntry.TYPE).list(query.after(after));
            var known = store.documents(AuditParticulars.TYPE)
                    .findAll(page.values().stream().map(AuditEntry::id).toList());
            var ids = new ArrayList<String>();
            for (var entry : page.values()) {
                var kept = known.get(entry.id());
                if (kept != null && concerns(entry, kept.value(), user)) {
                    ids.add(entry.id());
                }
            }
            if (!ids.isEmpty()) {
                taking.accept(ids);
            }
            after = page.next();
        } while (after != null);
    }

    private static boolean concerns(AuditEntry entry, AuditParticulars particulars, String user) {
        if (entry.subject().startsWith(AuditErasure.TYPE.name() + "/")) {
            return entry.by().equals(user); // That somebody was erased has to stay.
        }
        return entry.by().equals(user)
                || entry.subject().endsWith("/" + user)
                || particulars.changes().stream().anyMatch(change -> holds(change, user));
    }

    private static boolean holds(FieldChange change, String user) {
        return holds(change.before(), user) || holds(change.after(), user);
    }

    private static boolean holds(@Nullable Object value, String user) {
        return switch (value) {
            case String text -> text.equals(user);
            case List<?> list -> list.stream().anyMatch(item -> holds(item, user));
            case Document document -> {
                boolean[] found = {false};
                document.forEach((name, field) -> found[0] |= name.equals(user) || holds(field, user));
                yield found[0];
            }
            case null, default -> false;
        };
    }
}
