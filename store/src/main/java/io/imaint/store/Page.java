package io.imaint.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of query results.
 *
 * @param next the cursor of the next page, opaque; null on the last page
 */
public record Page<T>(List<Stored<T>> items, @Nullable String next) {
    public List<T> values() {
        return items.stream().map(Stored::value).toList();
    }
}
