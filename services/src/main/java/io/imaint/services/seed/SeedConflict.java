package io.imaint.services.seed;

import io.imaint.store.CollectionType;
import java.time.Instant;
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
 * @param state {@code open}, {@code mine} or {@code theirs}
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
        THEIRS("theirs");

        private final String word;

        State(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
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
