package io.imaint.store;

import static io.imaint.store.StoreContract.NOTES;
import static io.imaint.store.StoreContract.PARTS;
import static io.imaint.store.StoreContract.part;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import io.imaint.kernel.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: who opens a store to read finds what is there, takes what is not for empty, and writes nothing. */
class ReadingIT {
    private static final CollectionType<Document> OLD =
            CollectionType.ofDocuments("Machines", "id").unscoped("a test");

    private static final CollectionType<Document> MIGRATED = OLD.migrated(old ->
            part(old.text("id").orElseThrow()).put("name", old.text("name").orElse("unnamed")));

    /** One that expires, so that a sweeper would start. */
    private static final CollectionType<Document> PASSING =
            CollectionType.ofDocuments("Passing", "id").unscoped("a test").expires("end");

    @TempDir
    private Path home;

    private final MongoServer server = new MongoServer(new MemoryMongo());
    private StoreSettings sqlite;
    private StoreSettings mongo;

    @BeforeEach
    void nameStores() {
        server.bind();
        sqlite = new StoreSettings(home.resolve("sqlite"), Optional.empty());
        mongo = new StoreSettings(home.resolve("mongo"), Optional.of(new Secret(uri())));
    }

    @AfterEach
    void stopServer() {
        server.shutdownNow();
    }

    private String uri() {
        return "mongodb://127.0.0.1:%d/reading"
                .formatted(server.getLocalAddress().getPort());
    }

    /** Everything that is kept: the bytes of the file, or the documents and indexes of the database. */
    private List<String> kept(StoreSettings settings) throws IOException {
        if (settings.mongo().isEmpty()) {
            var file = settings.directory().resolve(SqliteStore.FILE);
            return Files.exists(file) ? List.of(Files.readString(file, ISO_8859_1)) : List.of();
        }
        var all = new ArrayList<String>();
        try (var client = MongoClients.create(uri())) {
            var database = client.getDatabase("reading");
            for (var name : database.listCollectionNames()) {
                database.getCollection(name).listIndexes().forEach(index -> all.add(name + index.toJson()));
                database.getCollection(name).find().forEach(row -> all.add(name + row.toJson()));
            }
        }
        return all;
    }

    private static void readEverything(Store store, boolean filled) {
        int parts = filled ? 1 : 0;
        assertThat(store.documents(PARTS).count(Condition.ALL)).isEqualTo(parts);
        assertThat(store.documents(PARTS).find("1").isPresent()).isEqualTo(filled);
        assertThat(store.documents(PARTS)
                        .list(Query.where(Condition.equal("status", "REL")))
                        .items())
                .hasSize(parts);
        assertThat(store.documents(PARTS)
                        .list(Query.where(new Condition.Text("pump")))
                        .items())
                .hasSize(parts);
        assertThat(store.documents(PARTS).changesAfter(0, 10)).hasSize(parts);
        assertThat(store.documents(PARTS).countBy("plant", Condition.ALL)).hasSize(parts);
        assertThat(store.documents(NOTES).findAll(List.of("1"))).isEmpty();
        assertThat(store.documents(PASSING).find("1")).isEmpty();
        assertThat(store.documents(MIGRATED).count(Condition.ALL)).isZero();
        assertThat(store.facts().after(0, 10)).isEmpty();
        assertThat(store.leases().holder("any")).isEmpty();
        assertThat(store.position() > 0).isEqualTo(filled);
        assertThat(store.contents()).isNotNull();
    }

    @Test
    void findsNothingWhereNoStoreIsAndMakesNone() throws IOException {
        for (var settings : List.of(sqlite, mongo)) {
            try (var store = StoreService.openToRead(settings)) {
                readEverything(store, false);
                assertThat(store.description()).contains(settings.mongo().isEmpty() ? home.toString() : "reading");
            }
            assertThat(kept(settings)).isEmpty();
            assertThat(settings.directory()).doesNotExist();
        }
    }

    @Test
    void findsWhatIsThereAndChangesNothing() throws IOException {
        for (var settings : List.of(sqlite, mongo)) {
            try (var store = StoreService.open(settings)) {
                store.documents(PARTS)
                        .insert(part("1")
                                .put("plant", "1000")
                                .put("status", "REL")
                                .put("text", "pump 7"));
            }
            var before = kept(settings);
            try (var store = StoreService.openToRead(settings)) {
                readEverything(store, true);
                assertThatThrownBy(() -> store.documents(PARTS).insert(part("2")))
                        .isInstanceOf(AssertionError.class);
            }
            assertThat(kept(settings)).isEqualTo(before);
        }
    }

    @Test
    void seesWhatAnotherProcessWritesMeanwhile() {
        for (var settings : List.of(sqlite, mongo)) {
            try (var writing = StoreService.open(settings);
                    var reading = StoreService.openToRead(settings)) {
                assertThat(reading.documents(NOTES).count(Condition.ALL)).isZero();
                writing.documents(PARTS).insert(part("1"));
                assertThat(reading.documents(PARTS).find("1")).isPresent();
            }
        }
    }

    @Test
    void readsManyDocumentsWithoutBuildingIndexes() throws IOException {
        var many = new ArrayList<Document>();
        for (int i = 0; i < 1_500; i++) {
            many.add(part("p" + i).put("status", i == 7 ? "REL" : "CRTD"));
        }
        try (var store = StoreService.open(sqlite)) {
            store.documents(PARTS).upsertAll(many);
        }
        var before = kept(sqlite);
        try (var store = StoreService.openToRead(sqlite)) {
            assertThat(store.documents(PARTS)
                            .list(Query.where(Condition.equal("status", "REL")))
                            .items())
                    .hasSize(1);
        }
        assertThat(kept(sqlite)).isEqualTo(before);
    }

    @Test
    void refusesDocumentsThatWouldHaveToBeMigrated() throws IOException {
        for (var settings : List.of(sqlite, mongo)) {
            try (var store = StoreService.open(settings)) {
                store.documents(OLD).insert(part("1"));
            }
            var before = kept(settings);
            try (var store = StoreService.openToRead(settings)) {
                StoreContract.assertProblem(StoreProblem.STORE_OLDER, () -> store.documents(MIGRATED));
            }
            assertThat(kept(settings)).isEqualTo(before);
            try (var store = StoreService.open(settings)) {
                assertThat(store.documents(MIGRATED).count(Condition.ALL)).isEqualTo(1);
            }
            try (var store = StoreService.openToRead(settings)) {
                assertThat(store.documents(MIGRATED)
                                .find("1")
                                .orElseThrow()
                                .value()
                                .text("name"))
                        .contains("unnamed");
            }
        }
    }

    @Test
    void doesNotShowWhatHasExpired() {
        try (var store = StoreService.open(sqlite)) {
            store.documents(PASSING).insert(part("1").put("end", Instant.EPOCH.toString()));
        }
        try (var store = StoreService.openToRead(sqlite)) {
            assertThat(store.documents(PASSING).find("1")).isEmpty();
        }
    }
}
