package io.imaint.integration.state;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Page;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were kept aside, over all integrations, each with its reason. A row that can be read later takes its
 * letter away.
 */
public final class DeadLetters {
    public static final CollectionType<DeadLetter> TYPE = CollectionType.of(
                    "DeadLetters", DeadLetter.class, DeadLetter::key)
            .unscoped("replication spans all plants")
            .index("integration", "lastSeenAt");

    private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());

    /** Nobody reads more of them; what is wrong with so many is wrong with the mapping, and the first ones show it. */
    static final int KEPT_MAX = 10_000;

    private final Documents<DeadLetter> letters;

    public DeadLetters(Store store) {
        this.letters = store.documents(TYPE);
    }

    /** Keeps letters of one integration. Of a row met before, the first sight and the number of times are kept. */
    public void keep(Collection<DeadLetter> met) {
        if (met.isEmpty()) {
            return;
        }
        var byKey = new LinkedHashMap<String, DeadLetter>();
        met.forEach(letter -> byKey.put(letter.key(), letter));
        var integration = met.iterator().next().integration();
        long kept = count(integration);
        known(byKey.keySet().stream())
                .forEach(known -> byKey.computeIfPresent(known.key(), (same, now) -> now.after(known.value())));
        var fitting = byKey.values().stream()
                .filter(letter -> letter.times() > 1 || kept + byKey.size() <= KEPT_MAX)
                .toList();
        if (fitting.size() < byKey.size()) {
            LOG.log(Level.WARNING, "{0}: {1} letters are kept, no more", integration, kept);
        }
        letters.upsertAll(fitting);
    }

    /** Takes away the letters of rows that are good now, or gone; returns how many there were. */
    public int settled(String integration, Collection<String> rows) {
        return (int) known(rows.stream().map(row -> DeadLetter.key(integration, row)))
                .filter(letter -> letters.remove(letter.key(), letter.rev()))
                .count();
    }

    private Stream<Stored<DeadLetter>> known(Stream<String> keys) {
        return keys.toList().stream()
                .gather(Gatherers.windowFixed(Query.LIMIT_MAX))
                .flatMap(some -> letters.findAll(some).values().stream());
    }

    /** The rows of an integration that are kept aside, without those whose key cannot be read. */
    public List<String> rows(String integration) {
        var rows = new ArrayList<String>();
        String cursor = null;
        do {
            var page = letters.list(Query.where(Condition.equal("integration", integration))
                    .limit(Query.LIMIT_MAX)
                    .after(cursor));
            page.values().stream()
                    .flatMap(letter -> Stream.ofNullable(letter.row()))
                    .forEach(rows::add);
            cursor = page.next();
        } while (cursor != null);
        return rows;
    }

    /** How many rows of an integration are kept aside. */
    public long count(String integration) {
        return letters.count(Condition.equal("integration", integration));
    }

    /**
     * A page of an integration's letters, the newest first.
     *
     * @param after the {@code next} of the page before, null for the first
     */
    public Page<DeadLetter> newest(String integration, int limit, @Nullable String after) {
        return letters.list(Query.where(Condition.equal("integration", integration))
                .sorted("lastSeenAt", true)
                .limit(limit)
                .after(after));
    }
}
