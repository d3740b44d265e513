package io.imaint.integration.references;

import io.imaint.integration.references.References.Link;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Gatherers;

/** Finds the documents that refer to some parents: by an index where the collection has one, else by a full scan. */
final class Children {
    /** Documents in memory at once. */
    private static final int PAGE = 1_000;

    /** Values of one query; their children usually fit into one page. */
    private static final int VALUES_MAX = 100;

    private final Store store;
    private final Runnable check;

    /** @param check called before each query; what it throws ends the search */
    Children(Store store, Runnable check) {
        this.store = store;
        this.check = check;
    }

    /** Hands over the children of the parents with these keys, page by page. */
    void of(Link link, Set<String> keys, Consumer<List<Stored<Document>>> page) {
        var type = Replicas.find(link.children().collection()).orElseThrow();
        var reference = link.reference();
        var children = matching(page, child -> !Collections.disjoint(reference.keys(child), keys));
        var index = index(type, reference);
        if (index.isEmpty()) {
            pages(type, Query.where(Condition.ALL), children);
            return;
        }
        keys.stream()
                .map(key -> reference.part(key, index.get().fields().getFirst()))
                .distinct()
                .gather(Gatherers.windowFixed(VALUES_MAX))
                .forEach(values -> byIndex(type, index.get(), values, children));
    }

    /** Hands over all documents in which a reference is set; for parents of which only some field is known to children. */
    void all(Link link, Consumer<List<Stored<Document>>> page) {
        var type = Replicas.find(link.children().collection()).orElseThrow();
        pages(
                type,
                Query.where(Condition.ALL),
                matching(page, child -> !link.reference().keys(child).isEmpty()));
    }

    private static Consumer<List<Stored<Document>>> matching(
            Consumer<List<Stored<Document>>> page, Predicate<Document> chosen) {
        return found -> {
            var children =
                    found.stream().filter(stored -> chosen.test(stored.value())).toList();
            if (!children.isEmpty()) {
                page.accept(children);
            }
        };
    }

    private static Optional<CollectionType.Index> index(CollectionType<Document> type, Reference reference) {
        return type.indexes().stream()
                .filter(index -> reference.by().contains(index.fields().getFirst()))
                .filter(index -> !reference.mayBeEmpty().contains(index.fields().getFirst()))
                .findFirst();
    }

    private void byIndex(
            CollectionType<Document> type,
            CollectionType.Index index,
            List<String> values,
            Consumer<List<Stored<Document>>> page) {
        check.run();
        var field = index.fields().getFirst();
        var few = store.documents(type)
                .list(Query.where(new Condition.In(field, values)).limit(PAGE));
        if (few.next() == null) {
            page.accept(few.items());
            return;
        }
        // Many children: read value by value in the index's own order, which needs no sorting however many there are.
        var order = index.fields().stream()
                .skip(1)
                .map(sorted -> new Query.Sort(sorted, false))
                .toList();
        values.forEach(value -> pages(type, new Query(Condition.equal(field, value), order, PAGE, null), page));
    }

    private void pages(CollectionType<Document> type, Query query, Consumer<List<Stored<Document>>> page) {
        String after = null;
        do {
            check.run();
            var found = store.documents(type).list(query.limit(PAGE).after(after));
            page.accept(found.items());
            after = found.next();
        } while (after != null);
    }
}
