package io.imaint.checks;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.stream.Stream;

/** Whole collections, for comparing them. */
final class Documents {
    private static final int PAGE_SIZE = 5_000;

    private Documents() {}

    /** All documents of a collection in the order of their keys, page by page. */
    static Stream<Stored<Document>> all(Store store, CollectionType<Document> type) {
        var documents = store.documents(type);
        var first = documents.list(Query.where(Condition.ALL).limit(PAGE_SIZE));
        return Stream.iterate(
                        java.util.Optional.of(first),
                        java.util.Optional::isPresent,
                        page -> page.map(current -> current.next() == null
                                ? null
                                : documents.list(Query.where(Condition.ALL)
                                        .limit(PAGE_SIZE)
                                        .after(current.next()))))
                .flatMap(page -> page.orElseThrow().items().stream());
    }
}
