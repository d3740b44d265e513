package io.imaint.services.seed;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that the customer and a release both changed. The customer's stays until somebody decides.
 *
 * @param document the key of the document
 * @param path JSON pointer within the document, empty for the document as a whole; the segment of an item in a list by
 *     key is that key
 * @param reason why it was not merged
 * @param base what was delivered before; null where nothing was, as in the others
 * @param mine the customer's
 * @param theirs the release's
 * @param version of the release
 * @param state {@code open}, {@code mine}, {@code theirs} or {@code value}
 */
public record SeedConflict(
        String id,
        String collection,
        String document,
        String path,
        String reason,
        @Nullable Object base,
        @Nullable Object mine,
        @Nullable Object theirs,
        long version,
        Instant at,
        State state) {
    static final CollectionType<SeedConflict> TYPE = CollectionType.of(
                    "SeedConflict", SeedConflict.class, SeedConflict::id)
            .unscoped("seed data is the configuration of the installation")
            .index("state");

    /** Whether it was decided, and how. */
    public enum State {
        OPEN("open"),
        MINE("mine"),
        THEIRS("theirs"),
        /** Somebody gave another value. */
        VALUE("value");

        private final String word;

        State(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** The conflicts that nobody has decided, by collection and document. */
    static List<SeedConflict> open(Store store) {
        var open = new ArrayList<SeedConflict>();
        var query = Query.where(Condition.equal("state", State.OPEN)).limit(1_000);
        @Nullable String after = null;
        do {
            var page = store.documents(TYPE).list(query.after(after));
            open.addAll(page.values());
            after = page.next();
        } while (after != null);
        open.sort(Comparator.comparing(SeedConflict::collection)
                .thenComparing(SeedConflict::document)
                .thenComparing(SeedConflict::path));
        return open;
    }

    /** The same conflict of the document when it has another key. */
    SeedConflict of(String key) {
        return new SeedConflict(
                id(collection, key, path), collection, key, path, reason, base, mine, theirs, version, at, state);
    }

    SeedConflict resolved(State as) {
        return new SeedConflict(id, collection, document, path, reason, base, mine, theirs, version, at, as);
    }

    /** The conflict with its values in maps and lists, as JSON is written of it. */
    public SeedConflict shown() {
        return new SeedConflict(
                id,
                collection,
                document,
                path,
                reason,
                SeedJson.plain(base),
                SeedJson.plain(mine),
                SeedJson.plain(theirs),
                version,
                at,
                state);
    }

    /** The same place has one conflict, the newest. */
    static String id(String collection, String document, String path) {
        return SeedJson.hash("%s\n%s\n%s".formatted(collection, document, path)).substring(0, 12);
    }
}
