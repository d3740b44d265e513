package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.store.CollectionType;
import io.imaint.store.Documents.Written;
import io.imaint.store.IdempotencyKeys;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The alert service over a real store, behind a real API, with a real server for mail and a clock that tests move. */
final class AlertSystem implements AutoCloseable {
    /** Something that fails, so that alerts arise. */
    record Machine(String id, @Nullable PlantCode plant) {}

    /** The fact of the tests. */
    record MachineFailed(String machine, String reason, int severity, String reportedBy) implements Fact {}

    /** An answer of the API. */
    record Reply(int status, Map<String, List<String>> headers, JsonNode json) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private static final CollectionType<Machine> MACHINES =
            CollectionType.of("Machines", Machine.class, Machine::id).plant("plant");

    /** As long as a busy machine may take; a test that waits this long has failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final JsonMapper JSON = new JsonMapper();

    final MovingClock clock = new MovingClock();
    final Crew crew = new Crew();
    final MailServer mail = MailServer.start();
    final Store store;
    private final Telemetry telemetry = Telemetry.create();
    private final Alerts alerts;
    private final ApiServer api;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger machines = new AtomicInteger();

    AlertSystem(Path directory) {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        alerts = service();
        alerts.bindTo(telemetry.registry());
        api = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", "0"))),
                List.of(alerts),
                crew::caller,
                new IdempotencyKeys(store, InstantSource.system()),
                LinkedHashMap::new,
                telemetry);
    }

    /** One more process with the alert service on the same store. */
    Alerts service() {
        var settings = new AlertSettings(
                Path.of("unused"),
                Optional.of(new Secret("0123456789abcdef0123456789abcdef")),
                List.of("127.0.0.1"),
                ZoneId.of("UTC"),
                "mailto:operator@example.com",
                Optional.of(mail.settings()));
        return Alerts.start(
                store, crew, settings, new Alerts.Surroundings(clock, new SecureRandom(), InetAddress::getAllByName));
    }

    /** The metrics of this process. */
    String metrics() {
        return telemetry.scrape();
    }

    /** Lets a machine of a plant fail. */
    void fail(String plant, String reason) {
        fail(plant, reason, 1, "");
    }

    void fail(@Nullable String plant, String reason, int severity, String reportedBy) {
        var machine =
                new Machine("M%06d".formatted(machines.incrementAndGet()), plant == null ? null : new PlantCode(plant));
        var written = store.documents(MACHINES)
                .insert(machine, new MachineFailed(machine.id(), reason, severity, reportedBy));
        assert written instanceof Written.Done : written;
    }

    /** Creates a rule for {@link MachineFailed}; the JSON is what it has beside name and fact. */
    String rule(String json) {
        var reply = call(
                "administrator",
                "POST",
                "/api/alert-rules",
                "{\"name\":\"r\",\"fact\":\"MachineFailed\"," + json + "}");
        assert reply.status() == 201 : reply;
        return reply.json().get("id").asString();
    }

    /** Creates a webhook and returns its path; the JSON is what it has beside name and URL, from a comma on. */
    String webhook(String url, String json) {
        var made = call(
                "administrator",
                "POST",
                "/api/alert-webhooks",
                "{\"name\": \"x\", \"url\": \"%s\"%s}".formatted(url, json));
        assert made.status() == 201 && !made.json().has("sealedSecret") : made;
        return made.header("location");
    }

    /** Waits for what other threads do. */
    static ConditionFactory eventually() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    /** Waits until a user has so many alerts. */
    void awaitAlerts(String user, int count) {
        eventually().untilAsserted(() -> assertThat(inbox(user)).hasSize(count));
    }

    /** The alerts in a user's inbox. */
    List<JsonNode> inbox(String user) {
        var reply = call(user, "GET", "/api/alerts", "");
        assert reply.status() == 200 : reply;
        return reply.json().get("items").valueStream().toList();
    }

    /**
     * A request to the API.
     *
     * @param token the user's id; empty sends none
     * @param body empty sends none
     * @param headers names and values in turn
     */
    Reply call(String token, String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(api.address() + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var text = response.body().isEmpty() ? "null" : response.body();
            return new Reply(response.statusCode(), response.headers().map(), JSON.readTree(text));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    @Override
    public void close() {
        api.close();
        alerts.close();
        store.close();
        mail.close();
        telemetry.close();
        http.close();
    }
}
