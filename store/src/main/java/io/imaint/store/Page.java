package io.imaint.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a query.
 *
 * @param next the cursor of the following page, null on the last one; opaque
 */
public record Page<T>(List<Stored<T>> items, @Nullable String next) {
    public List<T> values() {
        return items.stream().map(Stored::value).toList();
    }
}
