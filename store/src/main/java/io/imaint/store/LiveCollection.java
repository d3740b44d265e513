package io.imaint.store;

import io.imaint.kernel.identity.Permission;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose changes callers may follow as they happen.
 *
 * @param type a collection in the change sequence
 * @param read the permission that its documents need elsewhere
 * @param owner the field with the id of the one user to whom a document belongs; null where everybody with the
 *     permission sees it
 */
public record LiveCollection(
        CollectionType<?> type, Permission read, @Nullable String owner) {
    public LiveCollection {
        assert type.synchronised() : type + " is not in the change sequence";
    }

    public LiveCollection(CollectionType<?> type, Permission read) {
        this(type, read, null);
    }
}
