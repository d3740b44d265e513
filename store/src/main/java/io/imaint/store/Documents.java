package io.imaint.store;

import io.imaint.kernel.facts.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one collection. Each write returns only when it is durable: what was acknowledged survives the end
 * of the process and of the power. One document is the unit of atomicity.
 *
 * <p>Every method may fail with {@link StoreProblem#STORE_FULL}, {@link StoreProblem#STORE_UNREACHABLE} or
 * {@link StoreProblem#STORE_BUSY}.
 */
public interface Documents<T> {
    /** Writers that all change one document at the same time are far fewer, and one of them succeeds each time. */
    int UPDATE_ATTEMPTS_MAX = 100;

    /** What a bulk upsert did; {@code unchanged} documents kept their revision and position. */
    record Upserted(int inserted, int updated, int unchanged) {
        public static final Upserted NONE = new Upserted(0, 0, 0);

        public Upserted plus(Upserted other) {
            return new Upserted(inserted + other.inserted, updated + other.updated, unchanged + other.unchanged);
        }
    }

    /** What became of a conditional write. */
    sealed interface Written<T> {
        /** It is durable, with its new revision. */
        record Done<T>(Stored<T> stored) implements Written<T> {}

        /** Somebody else was first; {@code current} is what stands there now, empty when it was removed. */
        record Lost<T>(Optional<Stored<T>> current) implements Written<T> {}
    }

    Optional<Stored<T>> find(String key);

    /** The documents behind the keys that exist, by key; at most {@value Query#LIMIT_MAX} keys. */
    Map<String, Stored<T>> findAll(List<String> keys);

    /** A page of what a query finds; {@link StoreProblem#CURSOR_INVALID} when its cursor is not this query's. */
    Page<T> list(Query query);

    /** How many documents fulfil a condition, exactly. */
    long count(Condition where);

    /** Figures of groups of documents. */
    List<Group> aggregate(Aggregation aggregation);

    /** The count of each value of a field among the documents that fulfil a condition; null is the empty text. */
    default Map<String, Long> countBy(String field, Condition where) {
        var counted = new TreeMap<String, Long>();
        for (var group : aggregate(Aggregation.of(where).by(field).count("documents"))) {
            var name = Groups.name(group.by().get(field));
            counted.merge(name, group.figures().integer("documents").orElseThrow(), Long::sum);
        }
        return counted;
    }

    /** Least and greatest value of a field, as kept; empty when no document has the field. */
    Optional<Bounds> bounds(String field, Condition where);

    /** The least and the greatest value of a field. */
    record Bounds(Object least, Object greatest) {}

    /**
     * Inserts or replaces documents by key. A document that stands there already in the same form is left alone. Of
     * several with one key the last counts. Fails as a whole with {@link StoreProblem#DUPLICATE} on a unique index.
     */
    Upserted upsertAll(List<T> values);

    /** Inserts a document that must not exist yet, with the facts that it makes true. */
    Written<T> insert(T value, Fact... facts);

    /**
     * Replaces the document with the value's key when it still has this revision. Stored fields that the value's record
     * does not know are kept.
     */
    Written<T> replace(T value, long rev, Fact... facts);

    /** Removes the document when it still has this revision; false when it has not or is gone. */
    boolean remove(String key, long rev, Fact... facts);

    /**
     * Reads a document, changes it and writes it, again with its newest state when another writer was faster. Fails with
     * {@link StoreProblem#STORE_BUSY} after {@value #UPDATE_ATTEMPTS_MAX} attempts.
     *
     * @param change called at least once; null leaves the document alone
     * @return the document after the change, empty when there is none under this key
     */
    default Optional<Stored<T>> update(String key, Function<Stored<T>, @Nullable Change<T>> change) {
        return Contention.update(this, key, change);
    }

    /** What an update writes: the new value and the facts that it makes true. */
    record Change<T>(T value, List<Fact> facts) {
        public Change {
            facts = List.copyOf(facts);
        }

        public static <T> Change<T> of(T value, Fact... facts) {
            return new Change<>(value, List.of(facts));
        }
    }

    /** Removes what fulfils a condition; returns how many. */
    long removeAll(Condition where);

    /**
     * Builds now the indexes that would otherwise be built when a question first needs them; for the end of a bulk load.
     * Nothing happens on engines that keep them from the beginning.
     */
    default void index() {}

    /**
     * The last writes of a synchronised collection after a position, in order of position; each document once, with
     * its newest state, or with an empty value where it was removed.
     */
    List<Changed<T>> changesAfter(long position, int limit);

    /**
     * The position of the newest change of a synchronised collection, removals included, in whatever plant; 0 before the
     * first. While it is the same, {@link #changesAfter} shows nothing new.
     */
    long position();

    /** One change of a synchronised collection. */
    record Changed<T>(long position, String key, Optional<Stored<T>> stored) {}
}
