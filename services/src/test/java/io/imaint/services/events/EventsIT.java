package io.imaint.services.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.store.CollectionType;
import io.imaint.store.Documents.Change;
import io.imaint.store.IdempotencyKeys;
import io.imaint.store.LiveCollection;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: a caller hears of every change they may see, of no other, and misses none. Method: streams over HTTP, a real store. */
@Timeout(120) // A stream that stays silent would be read for ever.
class EventsIT {
    record Machine(String id, PlantCode plant, String state) {}

    record Errand(String id, String user) {}

    private static final Permission FOLLOW = new Permission("events.read");
    private static final Permission MACHINES_READ = new Permission("machines.read");
    private static final Permission ERRANDS_READ = new Permission("errands.read");

    private static final CollectionType<Machine> MACHINES = CollectionType.of("Machines", Machine.class, Machine::id)
            .plant("plant")
            .inChangeSequence();
    private static final CollectionType<Errand> ERRANDS = CollectionType.of("Errands", Errand.class, Errand::id)
            .unscoped("one user's")
            .inChangeSequence();

    /** One client's stream. */
    private static final class Stream implements AutoCloseable {
        private final HttpResponse<java.io.InputStream> response;
        private final BufferedReader lines;
        private String id = "";

        Stream(HttpResponse<java.io.InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The next event as "kind collection key"; heartbeats are passed over. */
        String next() throws IOException {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    JsonNode event = new JsonMapper().readTree(line.substring(6));
                    return "%s %s %s"
                            .formatted(
                                    event.get("kind").asString(),
                                    event.get("collection").asString(),
                                    event.get("key").asString())
                            .strip();
                }
            }
            throw new AssertionError("the stream has ended");
        }

        String id() {
            return id;
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final Telemetry telemetry = Telemetry.create();
    private Store store;
    private ApiServer api;

    @BeforeEach
    void start(@TempDir Path directory) {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        var events = new Events(
                store,
                List.of(
                        new LiveCollection(MACHINES, MACHINES_READ),
                        new LiveCollection(ERRANDS, ERRANDS_READ, "user")));
        api = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", "0"))),
                List.of(events),
                EventsIT::caller,
                new IdempotencyKeys(store, InstantSource.system()),
                LinkedHashMap::new,
                telemetry);
    }

    @AfterEach
    void stop() {
        http.close();
        api.close();
        store.close();
        telemetry.close();
    }

    /** Anna sees plant 1000, Bela 2000; the reader of errands no machines; the guest nothing. */
    private static Optional<Caller> caller(String token) {
        return switch (token) {
            case "anna" -> Optional.of(user(token, "1000", FOLLOW, MACHINES_READ, ERRANDS_READ));
            case "bela" -> Optional.of(user(token, "2000", FOLLOW, MACHINES_READ, ERRANDS_READ));
            case "errands" -> Optional.of(user(token, "1000", FOLLOW, ERRANDS_READ));
            case "guest" -> Optional.of(user(token, "1000", MACHINES_READ));
            default -> Optional.empty();
        };
    }

    private static Caller user(String id, String plant, Permission... permissions) {
        return new Caller(id, Set.of(permissions), PlantScope.of(plant));
    }

    @Test
    void sendsWhatIsWrittenAndRemoved() throws Exception {
        try (var stream = open("anna", "")) {
            assertThat(stream.next()).isEqualTo("ready");
            write("m1", "1000");
            assertThat(stream.next()).isEqualTo("written Machines m1");
            store.documents(MACHINES).remove("m1", 1);
            assertThat(stream.next()).isEqualTo("removed Machines m1");
        }
    }

    @Test
    void sendsNothingOfOtherPlants() throws Exception {
        try (var stream = open("anna", "")) {
            assertThat(stream.next()).isEqualTo("ready");
            write("m1", "2000");
            write("m2", "1000");
            assertThat(stream.next()).isEqualTo("written Machines m2");
        }
    }

    @Test
    void sendsAMoveAsOfARemovalAndAnArrival() throws Exception {
        write("m1", "1000");
        try (var anna = open("anna", "");
                var bela = open("bela", "")) {
            assertThat(anna.next()).isEqualTo("ready");
            assertThat(bela.next()).isEqualTo("ready");
            store.documents(MACHINES)
                    .update("m1", stored -> Change.of(new Machine("m1", new PlantCode("2000"), "moved")));
            assertThat(anna.next()).isEqualTo("removed Machines m1");
            assertThat(bela.next()).isEqualTo("written Machines m1");
        }
    }

    @Test
    void sendsAnOwnersDocumentsToNobodyElse() throws Exception {
        try (var anna = open("anna", "");
                var bela = open("bela", "")) {
            assertThat(anna.next()).isEqualTo("ready");
            assertThat(bela.next()).isEqualTo("ready");
            store.documents(ERRANDS).insert(new Errand("e1", "anna"));
            store.documents(ERRANDS).insert(new Errand("e2", "bela"));
            assertThat(anna.next()).isEqualTo("written Errands e1");
            assertThat(bela.next()).isEqualTo("written Errands e2");
        }
    }

    @Test
    void sendsNothingThatTheCallerHasNoPermissionFor() throws Exception {
        try (var stream = open("errands", "")) {
            assertThat(stream.next()).isEqualTo("ready");
            write("m1", "1000");
            store.documents(ERRANDS).insert(new Errand("e1", "errands"));
            assertThat(stream.next()).isEqualTo("written Errands e1");
        }
    }

    @Test
    void goesOnFromWhereAReturningClientWas() throws Exception {
        String last;
        try (var stream = open("anna", "")) {
            assertThat(stream.next()).isEqualTo("ready");
            write("m1", "1000");
            assertThat(stream.next()).isEqualTo("written Machines m1");
            last = stream.id();
        }
        write("m2", "1000");
        try (var stream = open("anna", last)) {
            assertThat(stream.next()).isEqualTo("ready");
            assertThat(stream.next()).isEqualTo("written Machines m2");
        }
    }

    @Test
    void asksToReadAgainWhereTheClientCannotGoOn() throws Exception {
        for (var id : List.of("999999999", "nonsense")) {
            try (var stream = open("anna", id)) {
                assertThat(stream.next()).as(id).isEqualTo("reset");
                assertThat(stream.next()).as(id).isEqualTo("ready");
            }
        }
    }

    @Test
    void asksToReadAgainAfterALoad() throws Exception {
        try (var stream = open("anna", "")) {
            assertThat(stream.next()).isEqualTo("ready");
            store.documents(MACHINES)
                    .upsertAll(IntStream.rangeClosed(0, Events.CHANGES_MAX)
                            .mapToObj(i -> new Machine("m" + i, new PlantCode("1000"), "loaded"))
                            .toList());
            assertThat(stream.next()).isEqualTo("reset Machines");
            write("later", "1000");
            assertThat(stream.next()).isEqualTo("written Machines later");
        }
    }

    @Test
    void letsNobodyListenWithoutThePermission() throws Exception {
        try (var refused = open("guest", "")) {
            assertThat(refused.response.statusCode()).isEqualTo(403);
        }
    }

    private void write(String id, String plant) {
        store.documents(MACHINES).insert(new Machine(id, new PlantCode(plant), "new"));
    }

    private Stream open(String token, String lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api.address() + "/api/events"))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new Stream(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }
}
