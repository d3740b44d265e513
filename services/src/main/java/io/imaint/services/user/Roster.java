package io.imaint.services.user;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads users and groups one after the other, in the order of their ids. What a list within them holds is in no index,
 * so who asks for the holders of a role reads all users: some thousand small documents, which takes milliseconds.
 */
final class Roster {
    /** Read at once: few questions, and little memory. */
    private static final int BATCH = 1_000;

    /** A page of what was asked for, and the id after which the next begins; null on the last. */
    record Found<T>(List<T> items, @Nullable String next) {}

    private Roster() {}

    static Stream<User> users(Store store, Condition where) {
        return all(store, UserCollections.USERS, where, null);
    }

    static Stream<Group> groups(Store store) {
        return all(store, UserCollections.GROUPS, Condition.ALL, null);
    }

    static <T> Found<T> page(
            Store store, CollectionType<T> type, Condition where, Predicate<T> also, int limit, @Nullable String after) {
        var found = all(store, type, where, after).filter(also).limit(limit + 1L).toList();
        return found.size() <= limit
                ? new Found<>(found, null)
                : new Found<>(found.subList(0, limit), type.key(found.get(limit - 1)));
    }

    private static <T> Stream<T> all(Store store, CollectionType<T> type, Condition where, @Nullable String after) {
        return Stream.iterate(batch(store, type, where, after), batch -> !batch.isEmpty(), batch -> batch.size() < BATCH
                        ? List.of()
                        : batch(store, type, where, type.key(batch.getLast())))
                .flatMap(List::stream);
    }

    /** The next documents after an id; a space is less than any character of an id, so it begins right behind it. */
    private static <T> List<T> batch(Store store, CollectionType<T> type, Condition where, @Nullable String after) {
        var condition = after == null
                ? where
                : Condition.and(where, new Condition.Range("id", after + " ", null));
        return store.documents(type).list(Query.where(condition).limit(BATCH)).values();
    }
}
