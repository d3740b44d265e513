package io.imaint.services.audit;

import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One verification of the chain: each entry and what it continues, from the closing of the last month that was dropped. */
final class Verifying {
    private static final int PAGE = 1_000;

    private final Store store;
    private final List<String> findings = new ArrayList<>();
    private final Optional<AuditClosing> closing;
    private @Nullable AuditHead last;
    private @Nullable String broken;
    private long entries;
    private long erased;

    /** @param store that sees every plant */
    Verifying(Store store) {
        this.store = store;
        this.closing = AuditClosing.last(store);
        this.last = closing.map(AuditClosing::head).orElse(null);
    }

    /** The closing from which the chain is verified. */
    Optional<AuditClosing> closing() {
        return closing;
    }

    AuditVerification verify(AuditHeads published) {
        var query = Query.where(Condition.ALL).limit(PAGE);
        String after = null;
        do {
            var page = store.documents(AuditEntry.TYPE).list(query.after(after));
            verify(page.values().stream()
                    .filter(entry -> !dropped(entry.month()))
                    .toList());
            after = page.next();
        } while (after != null);
        int heads = compare(published);
        return new AuditVerification(
                entries,
                erased,
                last == null ? "" : last.hash(),
                closing.map(AuditClosing::month).orElse(null),
                heads,
                broken,
                findings);
    }

    /** Whether a month was dropped; entries of it that are still there are about to be removed. */
    private boolean dropped(String month) {
        return closing.filter(closed -> closed.month().compareTo(month) >= 0).isPresent();
    }

    private void verify(List<AuditEntry> page) {
        var particulars = store.documents(AuditParticulars.TYPE)
                .findAll(page.stream().map(AuditEntry::id).toList());
        for (var entry : page) {
            chained(entry);
            var known = particulars.get(entry.id());
            if (known == null) {
                erased++;
            } else if (!known.value().digest().equals(entry.particulars())) {
                find(entry.id(), "its names or values were altered");
            }
            entries++;
            last = entry.head();
        }
    }

    private void chained(AuditEntry entry) {
        if (!entry.hash().equals(entry.computedHash())) {
            find(entry.id(), "the entry was altered");
        }
        var before = last;
        long expected = before != null && before.month().equals(entry.month()) ? before.sequence() + 1 : 1;
        if (entry.sequence() != expected) {
            find(entry.id(), "entries before it are missing");
        }
        if (!entry.previous().equals(before == null ? "" : before.hash())) {
            find(
                    entry.id(),
                    "it does not continue " + (before == null ? "nothing, as the first has to" : before.entry()));
        }
    }

    /** Looks for the published heads in the chain; returns how many there are. */
    private int compare(AuditHeads published) {
        List<AuditHead> heads;
        try {
            heads = published.read();
        } catch (IOException unreadable) {
            findings.add("the published heads in %s cannot be read: %s".formatted(published.file(), unreadable));
            return 0;
        }
        var closings = closings(heads.stream().map(AuditHead::month).distinct().toList());
        for (int from = 0; from < heads.size(); from += PAGE) {
            var some = heads.subList(from, Math.min(heads.size(), from + PAGE));
            var standing = store.documents(AuditEntry.TYPE)
                    .findAll(some.stream().map(AuditHead::entry).distinct().toList());
            for (var head : some) {
                if (dropped(head.month()) ? !within(closings.get(head.month()), head) : !is(standing, head)) {
                    find(
                            head.entry(),
                            "the chain does not contain the head that was published of it; it was rewritten");
                }
            }
        }
        return heads.size();
    }

    private Map<String, AuditClosing> closings(List<String> months) {
        return store.documents(AuditClosing.TYPE).findAll(months).values().stream()
                .map(Stored::value)
                .collect(Collectors.toMap(AuditClosing::month, Function.identity()));
    }

    /** Of a month that was dropped only its end is known. */
    private static boolean within(@Nullable AuditClosing closed, AuditHead head) {
        return closed != null
                && head.sequence() <= closed.sequence()
                && (head.sequence() < closed.sequence() || head.hash().equals(closed.hash()));
    }

    private static boolean is(Map<String, Stored<AuditEntry>> standing, AuditHead head) {
        var entry = standing.get(head.entry());
        return entry != null && entry.value().hash().equals(head.hash());
    }

    private void find(String entry, String finding) {
        if (broken == null) {
            broken = entry;
        }
        if (findings.size() < AuditVerification.FINDINGS_MAX) {
            findings.add(entry + ": " + finding);
        }
    }
}
