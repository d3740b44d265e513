package io.imaint.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.imaint.kernel.facts.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** One collection in MongoDB: the questions. What changes it is in {@link MongoChanges}. */
final class MongoDocuments<T> implements Documents<T> {
    private static final int KEYS_MAX = 1_000;

    private final CollectionType<T> type;
    private final MongoCollection<org.bson.Document> collection;
    private final MongoStore store;
    private final Access access;
    private final MongoChanges changes;
    private final FactWriting writing;

    MongoDocuments(CollectionType<T> type, MongoCollection<org.bson.Document> collection, MongoStore store) {
        this(type, collection, store, Access.SYSTEM);
    }

    private MongoDocuments(
            CollectionType<T> type, MongoCollection<org.bson.Document> collection, MongoStore store, Access access) {
        this.type = type;
        this.collection = collection;
        this.store = store;
        this.access = access;
        this.changes = new MongoChanges(type, collection, store, access.leases());
        this.writing = new FactWriting(access, type, store.clock());
    }

    /** The same documents as another access sees and writes them. */
    MongoDocuments<T> in(Access other) {
        return other == access ? this : new MongoDocuments<>(type, collection, store, other);
    }

    CollectionType<T> type() {
        return type;
    }

    @Override
    public Optional<Stored<T>> find(String key) {
        return MongoFailures.translated(() -> shown(key)).map(found -> found.stored(type));
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
            rows(filter, null, some.size()).stream()
                    .filter(row -> access.sees(type, row.document()))
                    .forEach(row -> found.put(row.key(), row.stored(type)));
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

    private Optional<Paging.Found> shown(String key) {
        return changes.find(key).filter(found -> access.sees(type, found.document()));
    }

    /** A condition as this access asks it, after it was found to be served by an index even without the plants. */
    private Condition verified(Condition where, List<String> order) {
        IndexCoverage.verify(type, where, order);
        return access.within(type, where);
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
    public Page<T> list(Query asked) {
        var query = asked.within(verified(
                asked.where(), asked.sort().stream().map(Query.Sort::field).toList()));
        var where = MongoFilters.where(query.where());
        var order = MongoFilters.order(query);
        var found = new ArrayList<Paging.Found>();
        for (var interval : Paging.intervals(store.cursors(), type, query)) {
            int missing = query.limit() + 1 - found.size();
            if (missing > 0) {
                var within = MongoFilters.interval(interval, Paging.descending(query));
                found.addAll(rows(Filters.and(where, within), order, missing));
            }
        }
        return Paging.page(store.cursors(), type, query, found);
    }

    @Override
    public long count(Condition asked) {
        var where = verified(asked, List.of());
        return MongoFailures.translated(() -> collection.countDocuments(MongoFilters.where(where)));
    }

    @Override
    public List<Group> aggregate(Aggregation asked) {
        IndexCoverage.verify(type, asked);
        var aggregation = asked.where(access.within(type, asked.where()));
        return MongoFailures.translated(() -> new MongoFigures(aggregation).groups(collection));
    }

    @Override
    public Optional<Bounds> bounds(String field, Condition asked) {
        var where = verified(asked, List.of(field));
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
            access.verifyWritable(type, one.document());
            prepared.put(one.key(), one);
        }
        if (!writing.audits()) {
            return MongoFailures.translated(() -> changes.upsert(List.copyOf(prepared.values())));
        }
        var done = Upserted.NONE;
        for (var one : prepared.values()) {
            done = done.plus(upsert(one));
        }
        return done;
    }

    private Upserted upsert(MongoChanges.Prepared one) {
        for (int attempt = 0; attempt < UPDATE_ATTEMPTS_MAX; attempt++) {
            var standing = MongoFailures.translated(() -> changes.find(one.key()));
            verifyShown(standing);
            if (standing.isPresent() && MongoChanges.sameContent(one, standing.get())) {
                return new Upserted(0, 0, 1);
            }
            if (standing.isPresent()
                    ? replace(one, standing.get()).done()
                    : insert(one).done()) {
                return standing.isPresent() ? new Upserted(0, 1, 0) : new Upserted(1, 0, 0);
            }
        }
        throw StoreProblem.STORE_BUSY.because("too many writers change " + one.key() + " at the same time");
    }

    /** That a hidden document holds a key is all that may be said of it. */
    private void verifyShown(Optional<Paging.Found> standing) {
        if (standing.isPresent() && !access.sees(type, standing.get().document())) {
            throw StoreProblem.DUPLICATE.because("the key is taken");
        }
    }

    private MongoChanges.Prepared prepared(T value) {
        return changes.prepared(type.key(value), type.write(value));
    }

    /** Runs a write that carries facts and wakes the relay. */
    private <R> R carrying(List<FactEntry> facts, Supplier<R> write) {
        var written = MongoFailures.translated(write);
        if (!facts.isEmpty()) {
            store.factRelay().raise();
        }
        return written;
    }

    @Override
    public Written<T> insert(T value, Fact... facts) {
        var prepared = prepared(value);
        access.verifyWritable(type, prepared.document());
        return written(insert(prepared, facts));
    }

    private WriteOutcome insert(MongoChanges.Prepared one, Fact... facts) {
        var entries = writing.entries(one.key(), 1, null, one.document(), facts);
        var outcome = carrying(entries, () -> changes.insert(one, entries));
        if (!outcome.done()) {
            verifyShown(outcome.stands());
        }
        return outcome;
    }

    @Override
    public Written<T> replace(T value, long rev, Fact... facts) {
        type.verifyChangeable(type.key(value));
        var standing = MongoFailures.translated(() -> shown(type.key(value)));
        if (standing.isEmpty() || standing.get().rev() != rev) {
            return written(new WriteOutcome(false, standing));
        }
        var prepared = changes.prepared(type.key(value), type.replacing(value, standing));
        access.verifyWritable(type, prepared.document());
        if (facts.length == 0 && MongoChanges.sameContent(prepared, standing.get())) {
            return written(new WriteOutcome(true, standing));
        }
        return written(replace(prepared, standing.get(), facts));
    }

    private WriteOutcome replace(MongoChanges.Prepared one, Paging.Found standing, Fact... facts) {
        var entries = writing.entries(one.key(), standing.rev() + 1, standing.document(), one.document(), facts);
        return carrying(entries, () -> changes.replace(one, standing, entries));
    }

    private Written<T> written(WriteOutcome outcome) {
        if (outcome.done()) {
            return new Written.Done<>(outcome.stands().orElseThrow().stored(type));
        }
        return new Written.Lost<>(outcome.stands()
                .filter(found -> access.sees(type, found.document()))
                .map(found -> found.stored(type)));
    }

    @Override
    public boolean remove(String key, long rev, Fact... facts) {
        type.verifyChangeable(key);
        var standing = MongoFailures.translated(() -> shown(key));
        return standing.isPresent() && standing.get().rev() == rev && remove(standing.get(), facts);
    }

    private boolean remove(Paging.Found found, Fact... facts) {
        var entries = writing.entries(found.key(), found.rev(), found.document(), null, facts);
        return carrying(entries, () -> changes.remove(found, entries));
    }

    @Override
    public long removeAll(Condition asked) {
        var filter = MongoFilters.where(verified(asked, List.of()));
        return writing.audits() ? removeEach(filter) : MongoFailures.translated(() -> changes.removeAll(filter));
    }

    /** What another writes meanwhile is met in the next round, and left alone if that happens again. */
    private long removeEach(Bson filter) {
        long removed = 0;
        long last;
        do {
            last = rows(filter, null, KEYS_MAX).stream().filter(this::remove).count();
            removed += last;
        } while (last > 0);
        return removed;
    }

    @Override
    public List<Changed<T>> changesAfter(long position, int limit) {
        assert type.synchronised() : type + " is not in the change sequence";
        return MongoFailures.translated(() -> {
            long settled = store.sequence().settled();
            var found = new ArrayList<Changed<T>>();
            var within = access.plants(type)
                    .map(plants -> Filters.or(
                            MongoFilters.where(access.within(type, Condition.ALL)),
                            Filters.in(MongoFormat.PLANTS, plants)))
                    .orElseGet(Filters::empty);
            collection
                    .find(Filters.and(
                            Filters.gt(MongoFormat.POSITION, position),
                            Filters.lte(MongoFormat.POSITION, settled),
                            within))
                    .projection(MongoFormat.SHOWN)
                    .sort(Sorts.ascending(MongoFormat.POSITION))
                    .limit(Math.clamp(limit, 1, Query.LIMIT_MAX))
                    .forEach(row -> found.add(change(row)));
            return found;
        });
    }

    @Override
    public long position() {
        assert type.synchronised() : type + " is not in the change sequence";
        return MongoFailures.translated(() -> {
            var settled = Filters.and(
                    Filters.gt(MongoFormat.POSITION, 0L),
                    Filters.lte(MongoFormat.POSITION, store.sequence().settled()));
            var newest = collection
                    .find(settled)
                    .projection(Projections.include(MongoFormat.POSITION))
                    .sort(Sorts.descending(MongoFormat.POSITION))
                    .first();
            return newest == null ? 0 : MongoFormat.number(newest, MongoFormat.POSITION);
        });
    }

    /** What is elsewhere now, or gone, but was within the plants before counts as removed. */
    private Changed<T> change(org.bson.Document row) {
        var found = MongoFormat.found(row);
        boolean shown = !row.containsKey(MongoFormat.REMOVED) && access.sees(type, found.document());
        return new Changed<>(found.position(), found.key(), shown ? Optional.of(found.stored(type)) : Optional.empty());
    }
}
