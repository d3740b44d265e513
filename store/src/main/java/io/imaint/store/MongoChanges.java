package io.imaint.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What writes do to one collection in MongoDB.
 *
 * <p>Each write is one conditional update of one document. The upsert's condition is "not of this content already": when
 * the content is the same the update finds nothing, tries to insert, and meets the key that is there; that refusal means
 * unchanged. A bulk upsert first reads the hashes of its documents, so that refusals stay rare. Unique values are
 * looked up before a bulk, so that it fails as a whole; only a rival in that very moment can make it fail in part.
 */
final class MongoChanges {
    /** Documents of about 1 KB in one message, far below the protocol's 48 MB. */
    private static final int BATCH = 1_000;

    private static final int DUPLICATE_KEY = 11_000;

    /** A document ready to be written. */
    record Prepared(String key, Document document, String hash, List<@Nullable String> unique) {}

    private final CollectionType<?> type;
    private final MongoCollection<org.bson.Document> collection;
    private final MongoSequence sequence;
    private final UnaryOperator<MongoCollection<org.bson.Document>> guard;

    /** @param guard asked right before each message that changes documents, for the collection to send it to */
    MongoChanges(
            CollectionType<?> type,
            MongoCollection<org.bson.Document> collection,
            MongoSequence sequence,
            UnaryOperator<MongoCollection<org.bson.Document>> guard) {
        this.type = type;
        this.collection = collection;
        this.sequence = sequence;
        this.guard = guard;
    }

    private MongoCollection<org.bson.Document> writable() {
        return guard.apply(collection);
    }

    Prepared prepared(String key, Document document) {
        var unique = new ArrayList<@Nullable String>();
        type.indexes().forEach(index -> unique.add(index.unique() ? MongoFormat.unique(index, document) : null));
        return new Prepared(key, document, MongoFormat.hash(Jsonb.write(document)), unique);
    }

    Optional<Paging.Found> find(String key) {
        return Optional.ofNullable(collection
                        .find(Filters.and(Filters.eq(MongoFormat.KEY, key), standing()))
                        .projection(MongoFormat.SHOWN)
                        .first())
                .map(MongoFormat::found);
    }

    private static Bson standing() {
        return Filters.exists(MongoFormat.REMOVED, false);
    }

    private Bson written(Prepared one, long position) {
        var updates = new ArrayList<Bson>();
        updates.add(Updates.set(MongoFormat.FIELDS, MongoFormat.bson(one.document())));
        updates.add(Updates.set(MongoFormat.HASH, one.hash()));
        updates.add(Updates.set(MongoFormat.POSITION, position));
        updates.add(Updates.inc(MongoFormat.REV, 1L));
        updates.add(Updates.unset(MongoFormat.REMOVED));
        if (!type.searched().isEmpty()) {
            updates.add(Updates.set(MongoFormat.WORDS, List.copyOf(Tokenizer.of(one.document(), type.searched()))));
        }
        for (int i = 0; i < one.unique().size(); i++) {
            if (type.indexes().get(i).unique()) {
                var values = one.unique().get(i);
                var field = MongoFormat.UNIQUE + i;
                updates.add(values == null ? Updates.unset(field) : Updates.set(field, values));
            }
        }
        return Updates.combine(updates);
    }

    private Bson removed(long position) {
        var updates = new ArrayList<Bson>();
        updates.add(Updates.set(MongoFormat.REMOVED, true));
        updates.add(Updates.set(MongoFormat.POSITION, position));
        updates.add(Updates.set(MongoFormat.REV, 0L));
        for (var field : List.of(MongoFormat.FIELDS, MongoFormat.HASH, MongoFormat.WORDS)) {
            updates.add(Updates.unset(field));
        }
        for (int i = 0; i < type.indexes().size(); i++) {
            updates.add(Updates.unset(MongoFormat.UNIQUE + i));
        }
        return Updates.combine(updates);
    }

    /** Runs a write with positions for so many documents, the first of which it is given; 0 where there are none. */
    private <R> R positioned(List<String> keys, LongFunction<R> write) {
        return type.synchronised()
                ? sequence.within(keys.size(), write, (from, to) -> move(keys, from, to))
                : write.apply(0);
    }

    private void move(List<String> keys, long from, long to) {
        var moves = new ArrayList<UpdateOneModel<org.bson.Document>>();
        for (int i = 0; i < keys.size(); i++) {
            moves.add(new UpdateOneModel<>(
                    Filters.and(Filters.eq(MongoFormat.KEY, keys.get(i)), Filters.eq(MongoFormat.POSITION, from + i)),
                    Updates.set(MongoFormat.POSITION, to + i)));
        }
        collection.bulkWrite(moves, new BulkWriteOptions().ordered(false));
    }

    Documents.Upserted upsert(List<Prepared> all) {
        verifyUnique(all);
        var done = Documents.Upserted.NONE;
        for (int from = 0; from < all.size(); from += BATCH) {
            done = done.plus(upsertBatch(all.subList(from, Math.min(all.size(), from + BATCH))));
        }
        return done;
    }

    private Documents.Upserted upsertBatch(List<Prepared> batch) {
        var hashes = new HashMap<String, String>();
        collection
                .find(Filters.and(
                        Filters.in(
                                MongoFormat.KEY,
                                batch.stream().map(Prepared::key).toList()),
                        standing()))
                .projection(Projections.include(MongoFormat.HASH))
                .forEach(row -> hashes.put(row.getString(MongoFormat.KEY), row.getString(MongoFormat.HASH)));
        var changed = batch.stream()
                .filter(one -> !one.hash().equals(hashes.get(one.key())))
                .toList();
        if (changed.isEmpty()) {
            return new Documents.Upserted(0, 0, batch.size());
        }
        int lost = positioned(changed.stream().map(Prepared::key).toList(), position -> write(changed, position));
        int present = (int)
                changed.stream().filter(one -> hashes.containsKey(one.key())).count();
        int inserted = changed.size() - present;
        // A rival wrote the same content between our look and our write; it inserted where nothing stood.
        int notInserted = Math.min(lost, inserted);
        return new Documents.Upserted(
                inserted - notInserted, present - (lost - notInserted), batch.size() - changed.size() + lost);
    }

    /** Writes documents at consecutive positions; returns how many stood there in the same form already. */
    private int write(List<Prepared> changed, long position) {
        var writes = new ArrayList<UpdateOneModel<org.bson.Document>>();
        for (int i = 0; i < changed.size(); i++) {
            var one = changed.get(i);
            writes.add(new UpdateOneModel<>(
                    Filters.and(Filters.eq(MongoFormat.KEY, one.key()), Filters.ne(MongoFormat.HASH, one.hash())),
                    written(one, type.synchronised() ? position + i : 0),
                    new UpdateOptions().upsert(true)));
        }
        try {
            writable().bulkWrite(writes, new BulkWriteOptions().ordered(false));
            return 0;
        } catch (MongoBulkWriteException failed) {
            if (failed.getWriteConcernError() == null && standAlready(failed, changed)) {
                return failed.getWriteErrors().size();
            }
            throw failed;
        }
    }

    /**
     * Whether all that a bulk refused stands there in the same form already. Read and not guessed from the message, which
     * also holds values and so may hold anything.
     */
    private boolean standAlready(MongoBulkWriteException failed, List<Prepared> changed) {
        for (var error : failed.getWriteErrors()) {
            var one = changed.get(error.getIndex());
            var same = Filters.and(Filters.eq(MongoFormat.KEY, one.key()), Filters.eq(MongoFormat.HASH, one.hash()));
            if (error.getCode() != DUPLICATE_KEY
                    || collection.find(same).projection(MongoFormat.SHOWN).first() == null) {
                return false;
            }
        }
        return true;
    }

    private void verifyUnique(List<Prepared> all) {
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
                    throw StoreProblem.DUPLICATE.because(holder + " has the same values already");
                }
            }
        }
    }

    SqliteChanges.Outcome insert(Prepared one) {
        var standing = find(one.key());
        if (standing.isPresent()) {
            return new SqliteChanges.Outcome(false, standing);
        }
        var vacant = Filters.and(Filters.eq(MongoFormat.KEY, one.key()), Filters.exists(MongoFormat.REMOVED, true));
        try {
            return done(positioned(List.of(one.key()), position -> updated(vacant, written(one, position), true)));
        } catch (MongoException failed) {
            var rival = MongoFailures.isDuplicate(failed) ? find(one.key()) : Optional.<Paging.Found>empty();
            if (rival.isPresent()) {
                return new SqliteChanges.Outcome(false, rival);
            }
            throw failed; // Another unique index refused it.
        }
    }

    SqliteChanges.Outcome replace(Prepared one, long rev) {
        var standing = find(one.key());
        if (standing.isEmpty() || standing.get().rev() != rev) {
            return new SqliteChanges.Outcome(false, standing);
        }
        if (MongoFormat.hash(Jsonb.write(standing.get().document())).equals(one.hash())) {
            return new SqliteChanges.Outcome(true, standing);
        }
        var same = Filters.and(Filters.eq(MongoFormat.KEY, one.key()), Filters.eq(MongoFormat.REV, rev), standing());
        var done = positioned(List.of(one.key()), position -> updated(same, written(one, position), false));
        return done.isPresent() ? done(done) : new SqliteChanges.Outcome(false, find(one.key()));
    }

    private static SqliteChanges.Outcome done(Optional<Paging.Found> found) {
        return new SqliteChanges.Outcome(true, found);
    }

    private Optional<Paging.Found> updated(Bson which, Bson update, boolean upsert) {
        var options = new FindOneAndUpdateOptions()
                .upsert(upsert)
                .returnDocument(ReturnDocument.AFTER)
                .projection(MongoFormat.SHOWN);
        return Optional.ofNullable(writable().findOneAndUpdate(which, update, options))
                .map(MongoFormat::found);
    }

    boolean remove(String key, long rev) {
        var same = Filters.and(Filters.eq(MongoFormat.KEY, key), Filters.eq(MongoFormat.REV, rev), standing());
        if (!type.synchronised()) {
            return writable().deleteOne(same).getDeletedCount() > 0;
        }
        return find(key).filter(found -> found.rev() == rev).isPresent()
                && positioned(List.of(key), position -> updated(same, removed(position), false))
                        .isPresent();
    }

    long removeAll(Bson where) {
        if (!type.synchronised()) {
            return writable().deleteMany(where).getDeletedCount();
        }
        long removed = 0;
        List<String> keys;
        do {
            keys = new ArrayList<>();
            for (var row : collection
                    .find(where)
                    .projection(Projections.include(MongoFormat.KEY))
                    .limit(BATCH)) {
                keys.add(row.getString(MongoFormat.KEY));
            }
            removed += keys.isEmpty() ? 0 : removeBatch(List.copyOf(keys), where);
        } while (keys.size() == BATCH);
        return removed;
    }

    private long removeBatch(List<String> keys, Bson where) {
        return positioned(keys, position -> {
            var removals = new ArrayList<UpdateOneModel<org.bson.Document>>();
            for (int i = 0; i < keys.size(); i++) {
                var same = Filters.and(Filters.eq(MongoFormat.KEY, keys.get(i)), standing(), where);
                removals.add(new UpdateOneModel<>(same, removed(position + i)));
            }
            return (long) writable()
                    .bulkWrite(removals, new BulkWriteOptions().ordered(false))
                    .getMatchedCount();
        });
    }
}
