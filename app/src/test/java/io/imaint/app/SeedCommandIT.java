package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.kernel.settings.Secret;
import io.imaint.services.seed.SeedCollections;
import io.imaint.services.seed.SeedSettings;
import io.imaint.services.seed.SeedSource;
import io.imaint.services.seed.Seeds;
import io.imaint.services.user.Role;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Goal: seed data comes in, is checked, exported and decided on by command, alike on both engines. */
class SeedCommandIT {
    private static final String SEED = "_seed";

    @TempDir
    private Path folder;

    private final MongoServer server = new MongoServer(new MemoryBackend());
    private String out = "";

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
                ? Optional.of("mongodb://127.0.0.1:%d/seed"
                        .formatted(server.getLocalAddress().getPort()))
                : Optional.empty();
    }

    private Store store(String engine) {
        return StoreService.open(new StoreSettings(folder, mongo(engine).map(Secret::new)));
    }

    private int imaint(String engine, String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", folder.toString()));
        mongo(engine).ifPresent(uri -> words.addAll(List.of("--mongo-uri", uri)));
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        return run.exit();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    /** Gives the technician's role another name, as its administrator would. */
    private void rename(String engine, String name) {
        try (var store = store(engine)) {
            store.documents(UserCollections.ROLES)
                    .update("technician", stored -> Change.of(named(stored.value(), name)));
        }
    }

    private static Role named(Role role, String name) {
        return new Role(
                role.id(),
                Map.of("en", name),
                role.description(),
                role.startPage(),
                role.secondFactor(),
                role.permissions(),
                role.machine());
    }

    /** A release of the technician's role alone, with another name in it. */
    private String release(Path exported, String name) throws IOException {
        var file = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(exported.resolve("Role.json")));
        file.withArray("documents").removeIf(role -> !role.get("id").asString().equals("technician"));
        ((ObjectNode) file.at("/documents/0/name")).put("en", name);
        var folder = Files.createDirectories(this.folder.resolve("release"));
        Files.writeString(folder.resolve("Role.json"), file.toString());
        return folder.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "mongodb"})
    void seedDataIsCheckedBroughtInAndExported(String engine) throws IOException {
        assertThat(imaint(engine, "seed", "--check", "--dry-run")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint(engine, "seed", "--dry-run", "--json")).isZero();
        assertThat(json().get("inserted").asLong()).isGreaterThan(500);
        assertThat(imaint(engine, "seed", "--json")).isZero();
        long documents = json().get("documents").asLong();
        assertThat(json().get("inserted").asLong()).isEqualTo(documents);
        assertThat(imaint(engine, "seed", "--check", "--json")).isZero();
        assertThat(json().get("valid").asBoolean()).isTrue();
        assertThat(imaint(engine, "seed", "--dry-run", "--json")).isZero();
        assertThat(json().get("steps")).isEmpty();

        var exported = folder.resolve("exported");
        assertThat(imaint(engine, "seed", "export", exported.toString(), "--json"))
                .isZero();
        assertThat(json().valueStream().mapToLong(JsonNode::asLong).sum()).isEqualTo(documents);
        assertThat(imaint(engine, "seed", "--from", exported.toString(), "--dry-run", "--json"))
                .isZero();
        assertThat(json().get("steps")).isEmpty();

        Files.writeString(exported.resolve("Role.json"), "{\"collection\": \"Role\"");
        assertThat(imaint(engine, "seed", "--from", exported.toString(), "--check", "--json"))
                .isEqualTo(Main.FAILED);
        assertThat(json().at("/findings/0/file").asString()).isEqualTo("Role.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "mongodb"})
    void aConflictIsListedAndDecided(String engine) throws IOException {
        assertThat(imaint(engine, "seed")).isZero();
        var exported = folder.resolve("exported");
        assertThat(imaint(engine, "seed", "export", exported.toString())).isZero();
        rename(engine, "Fitter");
        var release = release(exported, "Craftsperson");

        assertThat(imaint(engine, "seed", "--from", release, "--dry-run", "--json"))
                .isZero();
        assertThat(json().get("conflicts")).hasSize(1);
        assertThat(imaint(engine, "seed", "conflicts")).isZero();
        assertThat(out).contains("No conflicts.");
        assertThat(imaint(engine, "seed", "--from", release)).isZero();
        assertThat(imaint(engine, "seed", "conflicts", "--json")).isZero();
        var conflict = json().get(0);
        assertThat(conflict.get("path").asString()).isEqualTo("/name/en");
        assertThat(conflict.get("mine").asString()).isEqualTo("Fitter");
        assertThat(conflict.get("theirs").asString()).isEqualTo("Craftsperson");

        var id = conflict.get("id").asString();
        var value = folder.resolve("value.json");
        Files.writeString(value, "7");
        assertThat(imaint(engine, "seed", "resolve", id)).isEqualTo(Main.WRONG_USE);
        assertThat(imaint(engine, "seed", "resolve", id, "both")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint(engine, "seed", "resolve", id, "mine", "--value", value.toString()))
                .isEqualTo(Main.WRONG_USE);
        assertThat(imaint(engine, "seed", "resolve", id, "--value", value.toString()))
                .isEqualTo(Main.FAILED);
        Files.writeString(value, "\"Millwright\"");
        assertThat(imaint(engine, "seed", "resolve", id, "--value", value.toString(), "--json"))
                .isZero();
        assertThat(json().get("state").asString()).isEqualTo("value");

        assertThat(imaint(engine, "seed", "conflicts", "--json")).isZero();
        assertThat(json()).isEmpty();
        try (var store = store(engine)) {
            assertThat(store.documents(UserCollections.ROLES)
                            .find("technician")
                            .orElseThrow()
                            .value()
                            .name())
                    .containsEntry("en", "Millwright");
        }
    }

    /** Users, roles, integrations and mobile preferences are what services write; the others are tried all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "mongodb"})
    void noWriterOfACollectionForgetsWhatWasDelivered(String engine) throws IOException {
        try (var store = store(engine)) {
            var seeds = new Seeds(store, Targets.SEEDED, Targets.REFERRERS, InstantSource.system());
            seeds.seed(SeedSource.PROGRAM);
            seeds.seed(integrations());

            var seeded =
                    seeds.standing().stream().map(Seeds.Standing::collection).toList();
            assertThat(seeded).hasSize(21);
            for (var type : SeedCollections.withStates(Targets.SEEDED)) {
                if (seeded.contains(type.name())) {
                    writeBack(store, type);
                }
            }
            store.documents(UserCollections.ROLES)
                    .update("technician", stored -> Change.of(named(stored.value(), "Fitter")));
            store.documents(UserCollections.USERS)
                    .update("administrator", stored -> Change.of(stored.value().raised(User.Status.ACTIVE)));
            store.documents(Integrations.TYPE)
                    .update("plants", stored -> Change.of(stored.value().with(Status.NOT_ACTIVE)));

            for (var type : SeedCollections.withStates(Targets.SEEDED)) {
                if (seeded.contains(type.name())) {
                    assertThat(all(store, type.whole()))
                            .as(type.name())
                            .isNotEmpty()
                            .allSatisfy(document ->
                                    assertThat(document.value().get(SEED)).isInstanceOf(Document.class));
                }
            }
            assertThat(seeds.standing())
                    .filteredOn(standing -> standing.changed() > 0)
                    .extracting(Seeds.Standing::collection)
                    .containsExactly("Role", "User", "Integrations");
        }
    }

    private static <T> List<Stored<T>> all(Store store, CollectionType<T> type) {
        return store.documents(type)
                .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                .items();
    }

    private static <T> void writeBack(Store store, CollectionType<T> type) {
        var documents = store.documents(type);
        for (var stored : all(store, type)) {
            assertThat(documents.replace(stored.value(), stored.rev())).isInstanceOf(Written.Done.class);
            assertThat(documents.update(stored.key(), now -> Change.of(now.value())))
                    .isPresent();
        }
    }

    /** The product's integrations as a source, for the program delivers none this way. */
    private SeedSource integrations() throws IOException {
        var file = JsonMapper.shared()
                .createObjectNode()
                .put("collection", "Integrations")
                .put("version", 1);
        var documents = file.putArray("documents");
        for (var integration : Integrations.product()) {
            var document = (ObjectNode) JsonMapper.shared()
                    .readTree(JsonMapper.shared().writeValueAsString(Integrations.TYPE.write(integration)));
            documents.add(withoutNulls(document));
        }
        var source = Files.createDirectories(folder.resolve("integrations"));
        Files.writeString(source.resolve("Integrations.json"), file.toString());
        return SeedSource.at(
                source.toString(),
                new SeedSettings(Optional.empty(), Optional.empty(), "us-east-1", Optional.empty(), Optional.empty()));
    }

    private static ObjectNode withoutNulls(ObjectNode node) {
        node.removeIf(JsonNode::isNull);
        node.values().stream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .forEach(SeedCommandIT::withoutNulls);
        return node;
    }
}
