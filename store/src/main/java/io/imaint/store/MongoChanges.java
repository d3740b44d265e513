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
import io.imaint.store.Leases.Lease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
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
    private final MongoStore store;
    private final MongoSequence sequence;
    private final MongoFacts facts;
    private final List<Lease> leases;

    /** @param leases looked at right before each message that changes documents */
    MongoChanges(
            CollectionType<?> type,
            MongoCollection<org.bson.Document> collection,
            MongoStore store,
            List<Lease> leases) {
        this.type = type;
        this.collection = collection;
        this.store = store;
        this.sequence = store.sequence();
        this.facts = store.factRelay();
        this.leases = leases;
    }

    private MongoCollection<org.bson.Document> writable() {
        return store.writable(collection, leases);
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

    /**
     * @param plant where the document was before, null where that is nowhere or unknown
     * @param facts that the write carries
     */
    private Bson written(Prepared one, long position, @Nullable String plant, List<org.bson.Document> facts) {
        var updates = new ArrayList<Bson>();
        updates.add(Updates.set(MongoFormat.FIELDS, MongoFormat.bson(one.document())));
        updates.add(Updates.set(MongoFormat.HASH, one.hash()));
        updates.add(Updates.set(MongoFormat.POSITION, position));
        updates.add(Updates.inc(MongoFormat.REV, 1L));
        updates.add(Updates.unset(MongoFormat.REMOVED));
        carried(updates, plant, Access.plant(type, one.document()), facts);
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

    /** What a row carries beside its document. */
    private void carried(
            List<Bson> updates, @Nullable String before, @Nullable String now, List<org.bson.Document> facts) {
        var plants = Stream.of(before, now).filter(Objects::nonNull).distinct().toList();
        if (type.synchronised() && !plants.isEmpty()) {
            updates.add(Updates.addEachToSet(MongoFormat.PLANTS, plants));
        }
        if (!facts.isEmpty()) {
            updates.add(Updates.pushEach(MongoFacts.PENDING, facts));
        }
    }

    private Bson removed(long position, @Nullable String plant, List<org.bson.Document> facts) {
        var updates = new ArrayList<Bson>();
        carried(updates, plant, null, facts);
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
        new MongoUnique(type, collection).verify(all);
        var done = Documents.Upserted.NONE;
        for (int from = 0; from < all.size(); from += BATCH) {
            done = done.plus(upsertBatch(all.subList(from, Math.min(all.size(), from + BATCH))));
        }
        return done;
    }

    private Documents.Upserted upsertBatch(List<Prepared> batch) {
        var hashes = new HashMap<String, String>();
        var plants = new HashMap<String, String>();
        collection
                .find(Filters.and(
                        Filters.in(
                                MongoFormat.KEY,
                                batch.stream().map(Prepared::key).toList()),
                        standing()))
                .projection(
                        type.plantField() == null
                                ? Projections.include(MongoFormat.HASH)
                                : Projections.include(MongoFormat.HASH, MongoFormat.path(type.plantField())))
                .forEach(row -> {
                    hashes.put(row.getString(MongoFormat.KEY), row.getString(MongoFormat.HASH));
                    plants.put(row.getString(MongoFormat.KEY), plant(row));
                });
        var changed = batch.stream()
                .filter(one -> !one.hash().equals(hashes.get(one.key())))
                .toList();
        if (changed.isEmpty()) {
            return new Documents.Upserted(0, 0, batch.size());
        }
        changed.stream().map(Prepared::key).filter(hashes::containsKey).forEach(type::verifyChangeable);
        int lost =
                positioned(changed.stream().map(Prepared::key).toList(), position -> write(changed, plants, position));
        int present = (int)
                changed.stream().filter(one -> hashes.containsKey(one.key())).count();
        int inserted = changed.size() - present;
        // A rival wrote the same content between our look and our write; it inserted where nothing stood.
        int notInserted = Math.min(lost, inserted);
        return new Documents.Upserted(
                inserted - notInserted, present - (lost - notInserted), batch.size() - changed.size() + lost);
    }

    /** Writes documents at consecutive positions; returns how many stood there in the same form already. */
    private int write(List<Prepared> changed, Map<String, String> plants, long position) {
        var writes = new ArrayList<UpdateOneModel<org.bson.Document>>();
        for (int i = 0; i < changed.size(); i++) {
            var one = changed.get(i);
            writes.add(new UpdateOneModel<>(
                    Filters.and(Filters.eq(MongoFormat.KEY, one.key()), replaceable(one)),
                    written(one, type.synchronised() ? position + i : 0, plants.get(one.key()), List.of()),
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

    private Bson replaceable(Prepared one) {
        return type.isAppendOnly()
                ? Filters.exists(MongoFormat.REMOVED, true)
                : Filters.ne(MongoFormat.HASH, one.hash());
    }

    private @Nullable String plant(org.bson.Document row) {
        return row.get(MongoFormat.FIELDS) instanceof org.bson.Document fields
                ? Access.plant(type, MongoFormat.document(fields))
                : null;
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

    WriteOutcome insert(Prepared one, List<FactEntry> facts) {
        var standing = find(one.key());
        if (standing.isPresent()) {
            return new WriteOutcome(false, standing);
        }
        var pending = pending(facts);
        var vacant = Filters.and(Filters.eq(MongoFormat.KEY, one.key()), Filters.exists(MongoFormat.REMOVED, true));
        try {
            return done(positioned(
                    List.of(one.key()), position -> updated(vacant, written(one, position, null, pending), true)));
        } catch (MongoException failed) {
            var rival = MongoFailures.isDuplicate(failed) ? find(one.key()) : Optional.<Paging.Found>empty();
            if (rival.isPresent()) {
                return new WriteOutcome(false, rival);
            }
            throw failed; // Another unique index refused it.
        }
    }

    /** Facts as a row carries them, after their collection was made known to the relays. */
    private List<org.bson.Document> pending(List<FactEntry> entries) {
        if (!entries.isEmpty()) {
            facts.register(collection);
        }
        return MongoFacts.pending(entries);
    }

    /** Replaces a document that was just read; {@code facts} of the next revision. */
    WriteOutcome replace(Prepared one, Paging.Found standing, List<FactEntry> facts) {
        var pending = pending(facts);
        var plant = Access.plant(type, standing.document());
        var done = positioned(
                List.of(one.key()), position -> updated(same(standing), written(one, position, plant, pending), false));
        return done.isPresent() ? done(done) : new WriteOutcome(false, find(one.key()));
    }

    static boolean sameContent(Prepared one, Paging.Found standing) {
        return MongoFormat.hash(Jsonb.write(standing.document())).equals(one.hash());
    }

    private static Bson same(Paging.Found found) {
        return Filters.and(
                Filters.eq(MongoFormat.KEY, found.key()), Filters.eq(MongoFormat.REV, found.rev()), standing());
    }

    private static WriteOutcome done(Optional<Paging.Found> found) {
        return new WriteOutcome(true, found);
    }

    private Optional<Paging.Found> updated(Bson which, Bson update, boolean upsert) {
        var options = new FindOneAndUpdateOptions()
                .upsert(upsert)
                .returnDocument(ReturnDocument.AFTER)
                .projection(MongoFormat.SHOWN);
        return Optional.ofNullable(writable().findOneAndUpdate(which, update, options))
                .map(MongoFormat::found);
    }

    /** Removes a document that was just read, unless it was written since. */
    boolean remove(Paging.Found found, List<FactEntry> facts) {
        var pending = pending(facts);
        var plant = Access.plant(type, found.document());
        if (type.synchronised()) {
            return positioned(
                            List.of(found.key()),
                            position -> updated(same(found), removed(position, plant, pending), false))
                    .isPresent();
        }
        var free = Filters.and(same(found), MongoFacts.nonePending());
        if (pending.isEmpty() && writable().deleteOne(free).getDeletedCount() > 0) {
            return true;
        }
        boolean removed =
                updated(same(found), removed(0, plant, pending), false).isPresent();
        if (removed && pending.isEmpty()) { // Its facts may have been relayed before we marked it.
            writable().deleteOne(Filters.and(Filters.eq(MongoFormat.KEY, found.key()), MongoFacts.abandoned()));
        }
        return removed;
    }

    /** Followers of append-only collections see additions alone. */
    long removeAll(Bson where) {
        if (!type.synchronised() || type.isAppendOnly()) {
            var waiting = Filters.and(where, Filters.exists(MongoFacts.PENDING, true));
            long marked =
                    writable().updateMany(waiting, removed(0, null, List.of())).getModifiedCount();
            return marked
                    + writable()
                            .deleteMany(Filters.and(where, MongoFacts.nonePending()))
                            .getDeletedCount();
        }
        long removed = 0;
        List<org.bson.Document> rows;
        do {
            rows = collection
                    .find(where)
                    .projection(
                            type.plantField() == null
                                    ? Projections.include(MongoFormat.KEY)
                                    : Projections.include(MongoFormat.path(type.plantField())))
                    .limit(BATCH)
                    .into(new ArrayList<>());
            removed += rows.isEmpty() ? 0 : removeBatch(rows, where);
        } while (rows.size() == BATCH);
        return removed;
    }

    private long removeBatch(List<org.bson.Document> rows, Bson where) {
        var keys = rows.stream().map(row -> row.getString(MongoFormat.KEY)).toList();
        return positioned(keys, position -> {
            var removals = new ArrayList<UpdateOneModel<org.bson.Document>>();
            for (int i = 0; i < keys.size(); i++) {
                var same = Filters.and(Filters.eq(MongoFormat.KEY, keys.get(i)), standing(), where);
                removals.add(new UpdateOneModel<>(same, removed(position + i, plant(rows.get(i)), List.of())));
            }
            return (long) writable()
                    .bulkWrite(removals, new BulkWriteOptions().ordered(false))
                    .getMatchedCount();
        });
    }
}
