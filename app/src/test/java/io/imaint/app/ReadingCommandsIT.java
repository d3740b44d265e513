package io.imaint.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.imaint.integration.definition.Integrations;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Secret;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: a command that only reads writes nothing into the store, were it the wrong one. Method: both engines, before and after. */
class ReadingCommandsIT {
    private static final CollectionType<Document> TOOLS =
            CollectionType.ofDocuments("Tools", "id").plant("plant");

    /** With the exit code of each where nothing is, and no system runs. */
    private static final List<List<String>> READING = List.of(
            List.of("1", "status"),
            List.of("0", "integrations"),
            List.of("1", "integrations", "show", "work-orders"),
            List.of("0", "inbound", "history"),
            List.of("0", "inbound", "dead-letters"),
            List.of("0", "inbound", "crontab"),
            List.of("0", "map", "--check"),
            List.of("0", "audit"),
            List.of("0", "audit", "verify"),
            List.of("0", "facts", "dead-letters"));

    @TempDir
    private Path folder;

    private final MongoServer server = new MongoServer(new MemoryBackend());

    @BeforeEach
    void startServer() {
        server.bind();
    }

    @AfterEach
    void stopServer() {
        server.shutdownNow();
    }

    private Optional<String> mongo(String engine) {
        return engine.equals("mongodb")
                ? Optional.of("mongodb://127.0.0.1:%d/reading"
                        .formatted(server.getLocalAddress().getPort()))
                : Optional.empty();
    }

    private int imaint(String engine, List<String> words) {
        var all = new ArrayList<>(words);
        all.addAll(List.of("--home", folder.toString(), "--port", "1"));
        mongo(engine).ifPresent(uri -> all.addAll(List.of("--mongo-uri", uri)));
        return CommandOutput.of(all.toArray(String[]::new)).exit();
    }

    /** What is in the store; empty where there is none. */
    private String kept(String engine) throws IOException {
        var uri = mongo(engine);
        if (uri.isEmpty()) {
            var file = folder.resolve("imaint.db");
            return Files.exists(file) ? Files.readString(file, ISO_8859_1) : "";
        }
        var all = new StringBuilder();
        try (var client = MongoClients.create(uri.get())) {
            var database = client.getDatabase("reading");
            for (var name : database.listCollectionNames()) {
                all.append(name);
                database.getCollection(name).listIndexes().forEach(index -> all.append(index.toJson()));
                database.getCollection(name).find().forEach(row -> all.append(row.toJson()));
            }
        }
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "mongodb"})
    void makeNoStoreWhereNoneIs(String engine) throws IOException {
        for (var command : READING) {
            int expected = Integer.parseInt(command.getFirst());
            assertThat(imaint(engine, command.subList(1, command.size())))
                    .as(command.toString())
                    .isEqualTo(expected);
            assertThat(kept(engine)).as(command.toString()).isEmpty();
        }
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "mongodb"})
    void leaveAStoreAsItIs(String engine) throws IOException {
        var settings = new StoreSettings(folder, mongo(engine).map(Secret::new));
        try (var store = StoreService.open(settings)) {
            Integrations.seed(store.documents(Integrations.TYPE));
            store.as(Caller.system("test"))
                    .documents(TOOLS)
                    .insert(new Document().put("id", "1").put("plant", "1000"));
        }
        var before = kept(engine);
        for (var command : READING) {
            assertThat(imaint(engine, command.subList(1, command.size())))
                    .as(command.toString())
                    .isLessThanOrEqualTo(1);
            assertThat(kept(engine)).as(command.toString()).isEqualTo(before);
        }
        assertThat(imaint(engine, List.of("integrations", "show", "work-orders")))
                .isZero();
    }
}
