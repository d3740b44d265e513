package io.imaint.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.settings.SettingsProblem;
import io.imaint.store.Leases.Lease;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * The store in a MongoDB database. Writes are acknowledged by a majority of the replica set with their journals on disk;
 * reads see only what a majority has.
 */
final class MongoStore implements StoreView.Engine, Readiness.Reporting {
    static final String DATABASE = "imaint";

    /** How long a server that cannot be reached is looked for before that is reported. */
    private static final Duration SEARCH = Duration.ofSeconds(10);

    /** Longer than any batch takes, shorter than the life of a range of the change sequence. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** By so much the clocks of two processes may differ: a write under a lease is over this long before its end. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

    private static final String FORM = "form";

    private final boolean reading;
    private final MongoClient client;
    private final MongoDatabase database;
    private final MongoSequence sequence;
    private final MongoLeases leases;
    private final InstantSource clock;
    private final Cursors cursors;
    private final MongoFacts facts;
    private final String description;
    private final Migrations migrations = new Migrations(this);
    private final Sweeper sweeper;
    private final Chunks chunks;
    private final ConcurrentMap<String, MongoDocuments<?>> collections = new ConcurrentHashMap<>();

    private MongoStore(MongoClient client, ConnectionString address, InstantSource clock, boolean reading) {
        this.reading = reading;
        this.client = client;
        this.database = client.getDatabase(MongoAddress.database(address));
        var meta = database.getCollection("imaint_meta");
        verifyForm(meta);
        var positions = new MongoSequence(database.getCollection("imaint_sequences"), clock);
        this.sequence = reading ? positions : positions.created();
        this.leases = new MongoLeases(database.getCollection("imaint_leases"), clock);
        this.clock = clock;
        this.cursors = new Cursors(reading ? keptKey(meta) : cursorKey(meta));
        this.facts = new MongoFacts(this, meta);
        this.sweeper = reading ? Sweeper.idle(leases) : new Sweeper(leases);
        var pieces = new MongoChunks(database.getCollection("imaint_chunks"));
        this.chunks = reading ? pieces : pieces.created();
        this.description = "MongoDB " + String.join(",", address.getHosts()) + ", database " + database.getName();
    }

    static MongoStore open(String uri, InstantSource clock) {
        return open(uri, clock, false);
    }

    /** Opens the database to be read, by a user who may do no more: nothing is made or written in it. */
    static MongoStore openToRead(String uri, InstantSource clock) {
        return open(uri, clock, true);
    }

    private static MongoStore open(String uri, InstantSource clock, boolean reading) {
        MongoAddress.finding(uri).ifPresent(reason -> {
            throw SettingsProblem.SETTINGS_INVALID.because("mongo-uri is refused: " + reason);
        });
        var address = new ConnectionString(uri);
        var client = MongoClients.create(settings(address));
        try {
            return new MongoStore(client, address, clock, reading);
        } catch (MongoException failed) {
            client.close();
            throw MongoFailures.failure(failed);
        } catch (RuntimeException failed) {
            client.close();
            throw failed;
        }
    }

    /** How a server is reached, with the concerns that durable writes need. */
    static MongoClientSettings settings(ConnectionString address) {
        return MongoClientSettings.builder()
                .applyConnectionString(address)
                .applicationName("imaint")
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readConcern(ReadConcern.MAJORITY)
                .readPreference(ReadPreference.primary())
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(SEARCH.toMillis(), TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.readTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS))
                .build();
    }

    /** The key that authenticates cursors, made by whoever is first. */
    private static byte[] cursorKey(MongoCollection<Document> meta) {
        var fresh = new byte[Cursors.KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        var name = Filters.eq("_id", "cursor-key");
        if (meta.find(name).first() == null) {
            MongoSequence.createOnce(
                    meta, name, Updates.setOnInsert("key", Base64.getEncoder().encodeToString(fresh)));
        }
        return keptKey(meta);
    }

    /** The key in the database, or any, when no cursor can have been made with it yet. */
    private static byte[] keptKey(MongoCollection<Document> meta) {
        var key = meta.find(Filters.eq("_id", "cursor-key")).first();
        return key == null ? new byte[Cursors.KEY_BYTES] : Base64.getDecoder().decode(key.getString("key"));
    }

    private void verifyForm(MongoCollection<Document> meta) {
        var form = meta.find(Filters.eq("_id", FORM)).first();
        if (form != null && MongoFormat.number(form, "version") > SqliteStore.VERSION) {
            throw StoreProblem.STORE_NEWER.because("database %s has format %d, this version reads format %d"
                    .formatted(database.getName(), MongoFormat.number(form, "version"), SqliteStore.VERSION));
        }
        if (!reading) {
            meta.replaceOne(
                    Filters.eq("_id", FORM),
                    new Document("version", (long) SqliteStore.VERSION),
                    new ReplaceOptions().upsert(true));
        }
    }

    @Override
    public <T> Documents<T> documents(CollectionType<T> type, Access access) {
        return unexpired(type, collection(type)::in, access);
    }

    /** A collection for a message that changes documents, which has to be done while leases are held. */
    MongoCollection<Document> writable(MongoCollection<Document> collection, List<Lease> held) {
        if (reading) {
            throw new AssertionError("the store was opened to be read");
        }
        return held.isEmpty() ? collection : within(collection, leases.left(held));
    }

    /** The server ends a command that is not done in the time that is left, and the driver sends none after it. */
    private static MongoCollection<Document> within(MongoCollection<Document> collection, Duration left) {
        var time = left.minus(CLOCKS_DIFFER);
        if (!time.isPositive()) {
            throw StoreProblem.LEASE_LOST.because("it ends in " + left.toMillis() + " ms");
        }
        return collection.withTimeout(Math.min(time.toMillis(), ANSWER.toMillis()), TimeUnit.MILLISECONDS);
    }

    private <T> MongoDocuments<T> collection(CollectionType<T> type) {
        if (type.source().isPresent()) {
            collection(type.source().get());
            return new MongoDocuments<>(type, database.getCollection(type.name()), this);
        }
        var known = collections.get(type.name());
        if (known == null || known.type() != type) {
            var collection = database.getCollection(type.name());
            assert type.scopeDeclared() : type + " declares neither its plant field nor why it has none";
            var made = new MongoDocuments<>(type, collection, this);
            Migrations.Kept asKept =
                    held -> new MongoDocuments<>(type.kept(), collection, this).in(Access.SYSTEM.under(held));
            if (reading) {
                migrations.verify(type, asKept);
            } else {
                MongoFailures.translated(() -> created(type, collection));
                migrations.bring(type, asKept);
            }
            collections.put(type.name(), made);
            return made;
        }
        @SuppressWarnings("unchecked") // Made for this very type.
        var typed = (MongoDocuments<T>) known;
        return typed;
    }

    private static boolean created(CollectionType<?> type, MongoCollection<Document> collection) {
        for (int i = 0; i < type.indexes().size(); i++) {
            var index = type.indexes().get(i);
            var fields = new ArrayList<String>();
            index.fields().forEach(IndexCoverage::verifyField);
            index.fields().forEach(field -> fields.add(MongoFormat.path(field)));
            fields.add(MongoFormat.KEY);
            collection.createIndex(Indexes.ascending(fields));
            if (index.unique()) {
                collection.createIndex(
                        Indexes.ascending(MongoFormat.UNIQUE + i),
                        new IndexOptions().unique(true).sparse(true));
            }
        }
        if (!type.searched().isEmpty()) {
            collection.createIndex(Indexes.ascending(MongoFormat.WORDS));
        }
        if (type.synchronised()) {
            collection.createIndex(Indexes.ascending(MongoFormat.POSITION));
        }
        return true;
    }

    MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    MongoSequence sequence() {
        return sequence;
    }

    Cursors cursors() {
        return cursors;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Chunks chunks() {
        return chunks;
    }

    @Override
    public Sweeper sweeper() {
        return sweeper;
    }

    MongoFacts factRelay() {
        return facts;
    }

    @Override
    public FactLog facts() {
        return facts.log();
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public long position() {
        return MongoFailures.translated(sequence::settled);
    }

    @Override
    public String description() {
        return description;
    }

    /** Asks the server; who probes waits for a second at most and then says since when it does not answer. */
    @Override
    public Readiness readiness() {
        MongoFailures.translated(() -> database.runCommand(new Document("ping", 1)));
        return Readiness.READY;
    }

    @Override
    public void close() {
        sweeper.close();
        facts.close();
        client.close();
    }
}
