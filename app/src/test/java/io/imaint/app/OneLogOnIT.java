package io.imaint.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.schedule.DeltaSchedule;
import io.imaint.integration.schedule.DeltaSchedule.ScheduledRun;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadState;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: all that a process does with SAP together spends one wrong logon. Method: a server that refuses and counts. */
class OneLogOnIT {
    @TempDir
    private Path home = Path.of("");

    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicReference<String> password = new AtomicReference<>("wrong");
    private final HttpServer sap = listening();

    private static HttpServer listening() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @BeforeEach
    void open() {
        var good = "Basic " + Base64.getEncoder().encodeToString("READER:right".getBytes(UTF_8));
        sap.createContext("/", exchange -> {
            boolean known = good.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            (known ? right : wrong).incrementAndGet();
            exchange.sendResponseHeaders(known ? 403 : 401, -1);
            exchange.close();
        });
        sap.start();
    }

    @AfterEach
    void close() {
        sap.stop(0);
    }

    private Settings settings() {
        return Settings.of(
                () -> Map.of("sap-password", new Settings.FileEntry(password.get(), "the settings file")),
                Map.of(),
                Map.of(
                        "home",
                        home.toString(),
                        "port",
                        "0",
                        "gateway-port",
                        "0",
                        "sap-url",
                        "http://127.0.0.1:" + sap.getAddress().getPort(),
                        "sap-user",
                        "READER"));
    }

    /** Lets plants be loaded, so that the schedule asks for their changes, and nothing else. */
    private void plantsAreLoaded() {
        var plan = new LoadState.Plan(
                "p", "", "PlantSet", List.of("a", "b"), LoadState.KeyRanges.ALL, 0L, 0, Instant.EPOCH, true);
        var load = LoadState.NONE.begun(plan, List.of(), Instant.EPOCH).loaded(Instant.EPOCH, false);
        try (var store = StoreService.open(new StoreSettings(home, Optional.empty()))) {
            Integrations.seed(store.documents(Integrations.TYPE));
            store.documents(InboundState.TYPE)
                    .upsertAll(List.of(InboundState.none("plants").with(load)));
        }
    }

    private RunningSystem start() {
        plantsAreLoaded();
        return RunningSystem.start("sap-inbound-api-service,delta-cronjob", settings());
    }

    /** Waits until the schedule has read the definitions anew, and so has begun whatever it took for due before. */
    private static void awaitAnotherLook(RunningSystem system, String edit) {
        var plants = Integrations.product().getFirst();
        var paused = new Integration(
                edit,
                null,
                plants.mapping(),
                plants.reading(),
                plants.schedule().paused(true),
                List.of(),
                Status.ACTIVE);
        system.services().the(StoreService.MODULE).documents(Integrations.TYPE).upsertAll(List.of(paused));
        awaitState(system, edit, ScheduledRun.State.PAUSED);
    }

    private static void awaitHeld(RunningSystem system) {
        awaitState(system, "plants", ScheduledRun.State.HELD);
    }

    private static void awaitState(RunningSystem system, String integration, ScheduledRun.State state) {
        var schedule = system.services().all(DeltaSchedule.class).getFirst();
        await().until(() -> schedule.runs().stream()
                .anyMatch(run -> run.integration().equals(integration) && run.state() == state));
    }

    @Test
    void loadsAndDeltasOfAProcessTogetherSpendOneWrongLogOn() {
        try (var system = start()) {
            var inbound = system.services().the(Targets.inbound(settings()));
            inbound.awaitFirstLoad();
            awaitHeld(system);
            awaitAnotherLook(system, "edit");
            assertThat(wrong).hasValue(1);
        }
    }

    @Test
    void aChangedPasswordInTheSettingsFileOpensTheWayAgain() {
        try (var system = start()) {
            awaitHeld(system);
            password.set("right");
            await().until(() -> right.get() > 0);
            assertThat(wrong).hasValue(1);
        }
    }

    @Test
    void eachStartByAnOperatorSpendsOneTryAndTheScheduleNone() throws IOException, InterruptedException {
        try (var system = start();
                var http = HttpClient.newHttpClient()) {
            awaitHeld(system);
            for (int tries = 2; tries <= 3; tries++) {
                int expected = tries;
                await().until(() -> started(http, system) == 202);
                await().until(() -> wrong.get() == expected);
                awaitHeld(system);
                awaitAnotherLook(system, "edit-" + tries);
                assertThat(wrong).hasValue(expected);
            }
        }
    }

    private int started(HttpClient http, RunningSystem system) throws IOException, InterruptedException {
        var token = Files.readString(home.resolve("admin-token")).strip();
        var request = HttpRequest.newBuilder(system.address().resolve("/api/inbound/runs"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"kind\": \"delta\", \"integrations\": [\"plants\"]}"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
