package io.imaint.store;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The documents of a collection whose documents expire, without the expired ones. They stand in the engine until they are
 * swept; one that is in the way of a new document, by its key or by a unique value, is swept at once.
 */
final class ExpiringDocuments<T> implements Documents<T>, Sweeper.Swept {
    /** Documents that one statement removes, so that other writers get their turn. */
    static final int SWEPT_MAX = 1_000;

    private final Documents<T> all;
    private final Documents<T> system;
    private final CollectionType<T> type;
    private final String field;
    private final InstantSource clock;

    /** @param system the same documents for the system itself, which sweeps them */
    ExpiringDocuments(Documents<T> all, Documents<T> system, CollectionType<T> type, InstantSource clock) {
        this.all = all;
        this.system = system;
        this.type = type;
        this.field = type.expiring().orElseThrow();
        this.clock = clock;
    }

    private boolean live(Stored<T> stored) {
        return expiry(stored).map(end -> end.isAfter(clock.instant())).orElse(true);
    }

    private Optional<Instant> expiry(Stored<T> stored) {
        return type.write(stored.value()).instant(field);
    }

    private Condition live(Condition where) {
        return Condition.and(where, new Condition.Unexpired(field, clock.instant()));
    }

    private Condition endedBy(Instant at) {
        return new Condition.Range(field, null, at.plusMillis(1));
    }

    /** True when a document waits to be swept. */
    @Override
    public boolean anyExpired() {
        return !system.list(Query.where(endedBy(clock.instant())).limit(1))
                .items()
                .isEmpty();
    }

    /** Removes all expired documents, those that expired first at first; returns how many. */
    @Override
    public long sweep() {
        long swept = 0;
        var oldest = Query.where(endedBy(clock.instant())).sorted(field, false).limit(SWEPT_MAX);
        for (var batch = system.list(oldest).items();
                !batch.isEmpty();
                batch = system.list(oldest).items()) {
            swept += system.removeAll(endedBy(expiry(batch.getLast()).orElseThrow()));
        }
        return swept;
    }

    @Override
    public Optional<Stored<T>> find(String key) {
        return all.find(key).filter(this::live);
    }

    @Override
    public Map<String, Stored<T>> findAll(List<String> keys) {
        var found = new LinkedHashMap<>(all.findAll(keys));
        found.values().removeIf(stored -> !live(stored));
        return found;
    }

    @Override
    public Page<T> list(Query query) {
        return all.list(new Query(live(query.where()), query.sort(), query.limit(), query.after()));
    }

    @Override
    public long count(Condition where) {
        return all.count(live(where));
    }

    @Override
    public List<Group> aggregate(Aggregation aggregation) {
        return all.aggregate(aggregation.where(live(aggregation.where())));
    }

    @Override
    public Optional<Bounds> bounds(String of, Condition where) {
        return all.bounds(of, live(where));
    }

    @Override
    public Upserted upsertAll(List<T> values) {
        if (type.isAppendOnly() && anyExpired()) {
            sweep();
        }
        return unobstructed(() -> all.upsertAll(values));
    }

    @Override
    public Written<T> insert(T value, Fact... facts) {
        var written = unobstructed(() -> all.insert(value, facts));
        if (written instanceof Written.Lost<T> lost
                && lost.current().isPresent()
                && lost.current().filter(this::live).isEmpty()) {
            sweep();
            return visible(all.insert(value, facts));
        }
        return written;
    }

    @Override
    public Written<T> replace(T value, long rev, Fact... facts) {
        if (find(type.key(value)).isEmpty()) {
            return new Written.Lost<>(Optional.empty());
        }
        return visible(unobstructed(() -> all.replace(value, rev, facts)));
    }

    private Written<T> visible(Written<T> written) {
        return switch (written) {
            case Written.Done<T> done -> done;
            case Written.Lost<T> lost -> new Written.Lost<>(lost.current().filter(this::live));
        };
    }

    private <R> R unobstructed(Supplier<R> write) {
        try {
            return write.get();
        } catch (Failure taken) {
            if (taken.code() != StoreProblem.DUPLICATE || !anyExpired()) {
                throw taken;
            }
            sweep();
            return write.get();
        }
    }

    @Override
    public boolean remove(String key, long rev, Fact... facts) {
        return find(key).isPresent() && all.remove(key, rev, facts);
    }

    @Override
    public long removeAll(Condition where) {
        return all.removeAll(live(where));
    }

    @Override
    public void index() {
        all.index();
    }

    @Override
    public List<Changed<T>> changesAfter(long position, int limit) {
        return all.changesAfter(position, limit).stream()
                .map(changed -> new Changed<>(
                        changed.position(), changed.key(), changed.stored().filter(this::live)))
                .toList();
    }

    @Override
    public long position() {
        return all.position();
    }
}
