package io.imaint.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.imaint.store.MongoChanges.Prepared;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The unique values of one collection in MongoDB, looked up before a bulk so that it fails as a whole. */
final class MongoUnique {
    /** Values that one question asks for. */
    private static final int BATCH = 1_000;

    private final CollectionType<?> type;
    private final MongoCollection<org.bson.Document> collection;

    MongoUnique(CollectionType<?> type, MongoCollection<org.bson.Document> collection) {
        this.type = type;
        this.collection = collection;
    }

    /** Fails when a bulk would give two documents the same values, or values that another document keeps. */
    void verify(List<Prepared> all) {
        for (int i = 0; i < type.indexes().size(); i++) {
            if (!type.indexes().get(i).unique()) {
                continue;
            }
            Map<String, String> wanted = new HashMap<>();
            Map<String, Prepared> ours = new HashMap<>();
            for (var one : all) {
                ours.put(one.key(), one);
                var values = one.unique().get(i);
                if (values != null && wanted.put(values, one.key()) != null) {
                    throw StoreProblem.DUPLICATE.because("two of the documents have the same values");
                }
            }
            verifyFree(i, wanted, ours);
        }
    }

    private void verifyFree(int index, Map<String, String> wanted, Map<String, Prepared> ours) {
        var field = MongoFormat.UNIQUE + index;
        var values = List.copyOf(wanted.keySet());
        for (int from = 0; from < values.size(); from += BATCH) {
            var some = values.subList(from, Math.min(values.size(), from + BATCH));
            for (var row : collection.find(Filters.in(field, some)).projection(Projections.include(field))) {
                var holder = row.getString(MongoFormat.KEY);
                var held = row.getString(field);
                var next = ours.get(holder);
                boolean leaves = next != null && !held.equals(next.unique().get(index));
                if (!holder.equals(wanted.get(held)) && !leaves) {
                    throw StoreProblem.DUPLICATE.because("a value that must be unique is taken");
                }
            }
        }
    }
}
