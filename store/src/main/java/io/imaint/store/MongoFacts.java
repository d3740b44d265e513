package io.imaint.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.imaint.store.FactWorker.Outcome;
import io.imaint.store.Leases.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The way of facts in MongoDB, where no transaction spans a document and the log. A write puts its facts into the row of
 * its document, in the same update:
 *
 * <pre>{ _id: key, rev: 2, …, d: { … }, facts: [ { id: "…", name: "WorkOrderAssigned", … } ] }</pre>
 *
 * The relay copies them into the log and then takes them out of the row:
 *
 * <pre>
 *   write: row with facts ──► relay: into the log, by id ──► relay: out of the row ──► row of a removed document deleted
 *                         ▲ crash: found here          ▲ crash: found here, and known by their ids
 * </pre>
 *
 * A row's facts are in the order of its revisions and are copied in that order. One relay works at a time, under a lease
 * whose life is shorter than that of a range of the change sequence. Neither step changes the row's revision or position.
 */
final class MongoFacts implements AutoCloseable {
    static final String PENDING = "facts";
    private static final String ID = PENDING + ".id";

    /** Rows that one round takes from a collection, and facts from one row: some hundred KB. */
    private static final int ROWS_MAX = 100;

    private static final int FACTS_MAX = 500;

    private static final Duration LEASE_LIFE = Duration.ofSeconds(30);

    private static final String REGISTRY = "facts";
    private static final String COLLECTIONS = "collections";

    private final MongoStore store;
    private final MongoCollection<Document> meta;
    private final String relay = UUID.randomUUID().toString();
    private final ReentrantLock relaying = new ReentrantLock();
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final Signal written = new Signal();
    private final Signal added = new Signal();
    private final FactLog log;
    private @Nullable FactWorker worker;

    MongoFacts(MongoStore store, MongoCollection<Document> meta) {
        this.store = store;
        this.meta = meta;
        this.log = new FactLog(store, store.clock(), added, FactWorker.Pauses.DEFAULT, this::start);
    }

    FactLog log() {
        return log;
    }

    /** The relay runs where facts are written or consumed, and in no other process. */
    private synchronized void start() {
        if (worker == null) {
            worker = new FactWorker("facts-relay", this::relay, written, FactWorker.Pauses.DEFAULT);
        }
    }

    /** Makes a collection known to the relays of all processes before the first of its rows carries facts. */
    void register(MongoCollection<Document> collection) {
        var name = collection.getNamespace().getCollectionName();
        if (!registered.contains(name)) {
            collection.createIndex(Indexes.ascending(ID), new IndexOptions().sparse(true));
            meta.updateOne(
                    Filters.eq(MongoFormat.KEY, REGISTRY),
                    Updates.addToSet(COLLECTIONS, name),
                    new UpdateOptions().upsert(true));
            registered.add(name);
        }
    }

    /** Wakes the relay once a row carries facts. */
    void raise() {
        start();
        written.raise();
    }

    static List<Document> pending(List<FactEntry> entries) {
        return entries.stream()
                .map(entry -> (Document) MongoFormat.bson(FactEntry.TYPE.write(entry)))
                .toList();
    }

    /** Rows that carry no facts. */
    static Bson nonePending() {
        return Filters.exists(PENDING, false);
    }

    /** Relays some facts of each collection. */
    Outcome relay() {
        relaying.lock(); // The lease keeps other processes off, not other threads of its holder.
        try {
            return MongoFailures.translated(this::relayed);
        } finally {
            relaying.unlock();
        }
    }

    private Outcome relayed() {
        Lease lease = null;
        try {
            for (var name : collections()) {
                var collection = store.collection(name);
                var rows = rows(collection);
                if (!rows.isEmpty() && lease == null) { // So that a relay without work writes nothing.
                    lease = store.leases()
                            .acquire("facts-relay", relay, LEASE_LIFE)
                            .orElse(null);
                    if (lease == null) {
                        return Outcome.ELSEWHERE;
                    }
                    rows = rows(collection); // The relay before may have taken them.
                }
                if (lease != null && !rows.isEmpty()) {
                    relay(collection, rows, lease);
                }
            }
            return lease == null ? Outcome.NOTHING_NEW : Outcome.MOVED;
        } finally {
            if (lease != null) {
                store.leases().release(lease);
                added.raise();
            }
        }
    }

    private List<String> collections() {
        var registry = meta.find(Filters.eq(MongoFormat.KEY, REGISTRY)).first();
        return registry == null ? List.of() : registry.getList(COLLECTIONS, String.class, List.of());
    }

    private static List<Document> rows(MongoCollection<Document> collection) {
        return collection
                .find(Filters.gt(ID, ""))
                .projection(Projections.include(PENDING))
                .limit(ROWS_MAX)
                .into(new ArrayList<>());
    }

    private void relay(MongoCollection<Document> collection, List<Document> rows, Lease lease) {
        var entries = new ArrayList<FactEntry>();
        var clearing = new ArrayList<WriteModel<Document>>();
        for (var row : rows) {
            var all = row.getList(PENDING, Document.class);
            var facts = all.subList(0, Math.min(all.size(), FACTS_MAX));
            facts.forEach(fact -> entries.add(FactEntry.TYPE.read(MongoFormat.document(fact))));
            clear(row.getString(MongoFormat.KEY), facts, all.size(), clearing);
        }
        var facts = store.under(List.of(lease)).documents(FactEntry.TYPE);
        var now = store.clock().instant();
        for (int from = 0; from < entries.size(); from += Query.LIMIT_MAX) {
            var some = entries.subList(from, Math.min(entries.size(), from + Query.LIMIT_MAX));
            var known = facts.findAll(some.stream().map(FactEntry::id).toList());
            facts.upsertAll(some.stream()
                    .filter(entry -> !known.containsKey(entry.id()))
                    .map(entry -> entry.logged(now))
                    .toList());
        }
        store.writable(collection, List.of(lease)).bulkWrite(clearing, new BulkWriteOptions().ordered(true));
    }

    /** Takes facts out of a row: all at once if no more have come meanwhile; a removed document's row goes with its last. */
    private static void clear(String key, List<Document> facts, int all, List<WriteModel<Document>> into) {
        var row = Filters.eq(MongoFormat.KEY, key);
        var ids = facts.stream().map(fact -> fact.getString("id")).toList();
        if (facts.size() == all) {
            var same = Filters.and(row, Filters.size(PENDING, all), Filters.eq(PENDING + ".0.id", ids.getFirst()));
            into.add(new UpdateOneModel<>(same, Updates.unset(PENDING)));
        }
        into.add(new UpdateOneModel<>(row, Updates.pull(PENDING, Filters.in("id", ids))));
        into.add(new UpdateOneModel<>(Filters.and(row, Filters.size(PENDING, 0)), Updates.unset(PENDING)));
        into.add(new DeleteOneModel<>(Filters.and(row, abandoned())));
    }

    /** A removed document's row that only waited for its facts; those of synchronised collections have a position and stay. */
    static Bson abandoned() {
        return Filters.and(Filters.eq(MongoFormat.REMOVED, true), Filters.eq(MongoFormat.POSITION, 0L), nonePending());
    }

    @Override
    public synchronized void close() {
        log.close();
        if (worker != null) {
            worker.close();
        }
    }
}
