package io.imaint.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.Inbound;
import io.imaint.integration.schedule.DeltaSchedule;
import io.imaint.integration.schedule.ScheduledRun;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.integration.state.LoadPlan;
import io.imaint.integration.state.LoadState;
import io.imaint.kernel.service.Landscape;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: all that a process does with SAP together spends one wrong logon. Method: a server that refuses and counts. */
class OneLogOnIT {
    @TempDir
    private Path home = Path.of("");

    private final AtomicInteger logOns = new AtomicInteger();
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
        sap.createContext("/", exchange -> {
            logOns.incrementAndGet();
            var body = "<html>Logon failed</html>".getBytes(UTF_8);
            exchange.sendResponseHeaders(401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        sap.start();
    }

    @AfterEach
    void close() {
        sap.stop(0);
    }

    private Settings settings() {
        return Settings.of(Map.of(
                "home",
                home.toString(),
                "sap-url",
                "http://127.0.0.1:" + sap.getAddress().getPort(),
                "sap-user",
                "READER",
                "sap-password",
                "wrong"));
    }

    private Landscape start() {
        var settings = settings();
        var catalogue = Targets.catalogue(settings);
        return catalogue.start(catalogue.chosen("sap-inbound-api-service,delta-cronjob"), settings);
    }

    /** Lets plants be loaded, so that the schedule asks for their changes, and nothing else. */
    private void plantsAreLoaded() {
        var plan = new LoadPlan("p", "PlantSet", List.of("a", "b"), 0L, 0, Instant.EPOCH, true);
        var load = LoadState.NONE.begun(plan, List.of(), Instant.EPOCH).loaded(Instant.EPOCH);
        try (var store = StoreService.open(new StoreSettings(home, Optional.empty()))) {
            Integrations.seed(store.documents(Integrations.TYPE));
            store.documents(InboundStates.TYPE)
                    .upsertAll(List.of(InboundState.none("plants").with(load)));
        }
    }

    @Test
    void loadsAndDeltasOfAProcessTogetherSpendOneWrongLogOn() {
        plantsAreLoaded();
        var settings = settings();
        try (var landscape = start()) {
            Inbound inbound = landscape.the(Targets.inbound(settings));
            inbound.awaitFirstLoad();
            var schedule = landscape.all(DeltaSchedule.class).getFirst();
            await().until(() -> schedule.runs().stream()
                    .anyMatch(run -> run.integration().equals("plants") && run.state() == ScheduledRun.State.HELD));
            assertThat(logOns).hasValue(1);
        }
    }
}
