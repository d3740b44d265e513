package io.imaint.store;

import io.imaint.kernel.facts.Fact;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** One collection in MongoDB: the questions. What changes it is in {@link MongoChanges}. */
final class MongoDocuments<T> implements Documents<T> {
    private static final int KEYS_MAX = 1_000;

    private final CollectionType<T> type;
    private final MongoCollection<org.bson.Document> collection;
    private final MongoSequence sequence;
    private final MongoChanges changes;

    MongoDocuments(CollectionType<T> type, MongoCollection<org.bson.Document> collection, MongoSequence sequence) {
        this(type, collection, sequence, UnaryOperator.identity());
    }

    private MongoDocuments(
            CollectionType<T> type,
            MongoCollection<org.bson.Document> collection,
            MongoSequence sequence,
            UnaryOperator<MongoCollection<org.bson.Document>> guard) {
        this.type = type;
        this.collection = collection;
        this.sequence = sequence;
        this.changes = new MongoChanges(type, collection, sequence, guard);
    }

    /** The same documents, written only by messages that a guard lets through; it may bound their time. */
    MongoDocuments<T> guarded(UnaryOperator<MongoCollection<org.bson.Document>> by) {
        return new MongoDocuments<>(type, collection, sequence, by);
    }

    CollectionType<T> type() {
        return type;
    }

    @Override
    public Optional<Stored<T>> find(String key) {
        return MongoFailures.translated(() -> changes.find(key)).map(found -> found.stored(type));
    }

    @Override
    public Map<String, Stored<T>> findAll(List<String> keys) {
        if (keys.size() > Query.LIMIT_MAX) {
            throw StoreProblem.QUERY_INVALID.because("at most " + Query.LIMIT_MAX + " keys, not " + keys.size());
        }
        var found = new HashMap<String, Stored<T>>();
        for (int from = 0; from < keys.size(); from += KEYS_MAX) {
            var some = keys.subList(from, Math.min(keys.size(), from + KEYS_MAX));
            var filter = Filters.and(Filters.in(MongoFormat.KEY, some), Filters.exists(MongoFormat.REMOVED, false));
            rows(filter, null, some.size()).forEach(row -> found.put(row.key(), row.stored(type)));
        }
        var ordered = new LinkedHashMap<String, Stored<T>>();
        for (var key : keys) {
            var stored = found.get(key);
            if (stored != null) {
                ordered.put(key, stored);
            }
        }
        return ordered;
    }

    private List<Paging.Found> rows(Bson filter, @Nullable Bson order, int limit) {
        return MongoFailures.translated(() -> {
            var rows = new ArrayList<Paging.Found>();
            collection
                    .find(filter)
                    .projection(MongoFormat.SHOWN)
                    .sort(order)
                    .limit(limit)
                    .forEach(row -> rows.add(MongoFormat.found(row)));
            return rows;
        });
    }

    @Override
    public Page<T> list(Query query) {
        IndexCoverage.verify(
                type,
                query.where(),
                query.sort().stream().map(Query.Sort::field).toList());
        var where = MongoFilters.where(query.where());
        var order = MongoFilters.order(query);
        var found = new ArrayList<Paging.Found>();
        for (var interval : Paging.intervals(type, query)) {
            int missing = query.limit() + 1 - found.size();
            if (missing > 0) {
                var within = MongoFilters.interval(interval, Paging.descending(query));
                found.addAll(rows(Filters.and(where, within), order, missing));
            }
        }
        return Paging.page(type, query, found);
    }

    @Override
    public long count(Condition where) {
        IndexCoverage.verify(type, where, List.of());
        return MongoFailures.translated(() -> collection.countDocuments(MongoFilters.where(where)));
    }

    @Override
    public Map<String, Long> countBy(String field, Condition where) {
        IndexCoverage.verify(type, where, List.of(field));
        var stages = List.of(
                Aggregates.match(MongoFilters.where(where)),
                Aggregates.group("$" + MongoFormat.path(field), Accumulators.sum("n", 1L)),
                Aggregates.limit(SqliteDocuments.GROUPS_MAX + 1));
        return MongoFailures.translated(() -> {
            var counted = new TreeMap<String, Long>();
            int groups = 0;
            for (var group : collection.aggregate(stages)) {
                if (++groups > SqliteDocuments.GROUPS_MAX) {
                    throw StoreProblem.QUERY_INVALID.because(
                            field + " has more than " + SqliteDocuments.GROUPS_MAX + " values");
                }
                var name = Groups.name(MongoFormat.kept(group.get("_id")));
                counted.merge(name, MongoFormat.number(group, "n"), Long::sum);
            }
            return counted;
        });
    }

    @Override
    public Optional<Bounds> bounds(String field, Condition where) {
        IndexCoverage.verify(type, where, List.of(field));
        var path = MongoFormat.path(field);
        var filter = Filters.and(MongoFilters.where(where), Filters.ne(path, null));
        var least = rows(filter, Sorts.ascending(path), 1);
        var greatest = rows(filter, Sorts.descending(path), 1);
        if (least.isEmpty() || greatest.isEmpty()) {
            return Optional.empty();
        }
        var from = least.getFirst().document().get(field);
        var to = greatest.getFirst().document().get(field);
        return from == null || to == null ? Optional.empty() : Optional.of(new Bounds(from, to));
    }

    @Override
    public Upserted upsertAll(List<T> values) {
        var prepared = new LinkedHashMap<String, MongoChanges.Prepared>();
        for (var value : values) {
            var one = prepared(value);
            prepared.put(one.key(), one);
        }
        return MongoFailures.translated(() -> changes.upsert(List.copyOf(prepared.values())));
    }

    private MongoChanges.Prepared prepared(T value) {
        return changes.prepared(type.key(value), type.write(value));
    }

    @Override
    public Written<T> insert(T value, Fact... facts) {
        return written(MongoFailures.translated(() -> changes.insert(prepared(value))));
    }

    @Override
    public Written<T> replace(T value, long rev, Fact... facts) {
        return written(MongoFailures.translated(() -> changes.replace(prepared(value), rev)));
    }

    private Written<T> written(SqliteChanges.Outcome outcome) {
        var stored = outcome.stands().map(found -> found.stored(type));
        return outcome.done() ? new Written.Done<>(stored.orElseThrow()) : new Written.Lost<>(stored);
    }

    @Override
    public boolean remove(String key, long rev, Fact... facts) {
        return MongoFailures.translated(() -> changes.remove(key, rev));
    }

    @Override
    public long removeAll(Condition where) {
        IndexCoverage.verify(type, where, List.of());
        return MongoFailures.translated(() -> changes.removeAll(MongoFilters.where(where)));
    }

    @Override
    public List<Changed<T>> changesAfter(long position, int limit) {
        assert type.synchronised() : type + " is not in the change sequence";
        return MongoFailures.translated(() -> {
            long settled = sequence.settled();
            var found = new ArrayList<Changed<T>>();
            collection
                    .find(Filters.and(
                            Filters.gt(MongoFormat.POSITION, position), Filters.lte(MongoFormat.POSITION, settled)))
                    .projection(MongoFormat.SHOWN)
                    .sort(Sorts.ascending(MongoFormat.POSITION))
                    .limit(Math.clamp(limit, 1, Query.LIMIT_MAX))
                    .forEach(row -> found.add(change(row)));
            return found;
        });
    }

    private Changed<T> change(org.bson.Document row) {
        var found = MongoFormat.found(row);
        return new Changed<>(
                found.position(),
                found.key(),
                row.containsKey(MongoFormat.REMOVED) ? Optional.empty() : Optional.of(found.stored(type)));
    }
}
