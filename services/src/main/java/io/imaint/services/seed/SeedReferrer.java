package io.imaint.services.seed;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collection that is no seed data and refers to it, such as groups, which have roles. Its references follow when a
 * release renames a document.
 *
 * @param field with the keys, a list; those of inner objects are named as in {@code escalation.roles}
 * @param to the seeded collection whose keys they are
 */
public record SeedReferrer(CollectionType<?> type, String field, String to) {
    /** The documents of which a reference has to follow, as they have to be. */
    List<Followed> behind(Store store, SeedRenames renames) {
        var followed = new ArrayList<Followed>();
        if (renames.of(to).isEmpty()) {
            return followed;
        }
        var documents = store.documents(type.whole());
        @Nullable String after = null;
        do {
            var page = documents.list(Query.where(Condition.ALL).limit(1_000).after(after));
            for (var stored : page.items()) {
                var now = redirected(stored.value(), List.of(field.split("\\.", -1)), renames);
                if (now != null) {
                    followed.add(new Followed(stored, now));
                }
            }
            after = page.next();
        } while (after != null);
        return followed;
    }

    record Followed(Stored<Document> before, Document now) {}

    /** Null when nothing in the document has to follow. */
    private @Nullable Document redirected(Document document, List<String> path, SeedRenames renames) {
        var name = path.getFirst();
        var value = document.get(name);
        if (value instanceof Document inner && path.size() > 1) {
            var now = redirected(inner, path.subList(1, path.size()), renames);
            return now == null ? null : document.copy().putKept(name, now);
        }
        if (!(value instanceof List<?> keys) || path.size() > 1) {
            return null;
        }
        var now = keys.stream()
                .<Object>map(key -> key instanceof String text ? renames.current(to, text) : key)
                .distinct()
                .toList();
        return now.equals(keys) ? null : document.copy().putKept(name, now);
    }
}
