package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.odata.EntitySet;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.ODataSettings;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.service.RunningServices;
import io.imaint.kernel.settings.Settings;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: our client finds every change that the simulator tells of. Method: both in one process, changes by a foreign client. */
class DeltaReadsIT {
    private static final String FILTER = "PRIOK eq '3'";
    private static final List<String> SELECT = List.of("AUFNR", "PRIOK", "KTEXT", "STATUSES");

    /** Rows and tombstones by the order's number. */
    private static final class Noted implements Row.Sink {
        private final List<String> rows = new ArrayList<>();
        private final List<String> deleted = new ArrayList<>();
        private final List<String> released = new ArrayList<>();

        @Override
        public void row(Row row) {
            rows.add("%s %s".formatted(row.value("AUFNR"), row.value("KTEXT")));
            var statuses = List.of(String.valueOf(row.value("STATUSES")).split(" ", -1));
            if (statuses.contains("REL") && !statuses.contains("TECO") && !statuses.contains("CLSD")) {
                released.add(String.valueOf(row.value("AUFNR")));
            }
        }

        @Override
        public void deleted(Row key) {
            deleted.add(String.valueOf(key.value("AUFNR")));
        }
    }

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init") // Set by start.
    private RunningServices landscape;

    @SuppressWarnings("NullAway.Init") // Set by start.
    private SapSystem sap;

    @AfterEach
    void stop() {
        landscape.close();
    }

    @Test
    void changesAndTombstonesFollowATrackedRead() throws Exception {
        try (var client = start("")) {
            var orders = orders(client);
            assertThat(orders.abilities().deltas()).isTrue();
            var initial = new Noted();
            var last = readAll(client, orders, initial);
            assertThat(last.tracked()).isTrue();
            assertThat(last.servedAt().orElseThrow())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(client.count("WorkOrderSet/$count?$filter=" + FILTER)).isEqualTo(initial.rows.size());
            assertThat(initial.released).hasSizeGreaterThan(1);
            var link = last.delta().flatMap(DeltaLink::of).orElseThrow();
            assertThat(client.deltaLinks("WorkOrderSet").getFirst().link()).isEqualTo(link);
            assertThat(client.deltaLinks("WorkOrderSet").getFirst().initialLoad())
                    .isTrue();

            var renamed = initial.released.get(0);
            var lowered = initial.released.get(1);
            change(renamed, "{\"KTEXT\":\"New seal\"}");
            change(lowered, "{\"PRIOK\":\"4\"}");
            var changes = new Noted();
            var page = client.read(changesAfter(link, orders), changes);
            assertThat(changes.rows).containsExactly(renamed + " New seal");
            assertThat(changes.deleted).containsExactly(lowered);
            assertThat(page.deleted()).isEqualTo(1);

            var nothing = new Noted();
            var next = page.delta().flatMap(DeltaLink::of).orElseThrow();
            assertThat(client.read(changesAfter(next, orders), nothing).rows()).isZero();
            assertThat(nothing.deleted).isEmpty();
        }
    }

    @Test
    void theTokenIsFoundWhereverItComes() {
        for (var fault : List.of("delta-token=next", "delta-token=nowhere", "next-link=relative", "metadata-last")) {
            try (var client = start(fault)) {
                var last = readAll(client, orders(client), new Noted());
                var found = last.delta()
                        .flatMap(DeltaLink::of)
                        .or(() -> client.deltaLinks("WorkOrderSet").stream()
                                .findFirst()
                                .map(open -> open.link()));
                assertThat(found).as(fault).isPresent();
                assertThat(last.delta().isPresent()).as(fault).isEqualTo(!fault.endsWith("nowhere"));
                var target = changesAfter(found.orElseThrow(), orders(client));
                assertThat(client.read(target, new Noted()).rows()).isZero();
            }
            landscape.close();
        }
    }

    @Test
    void aTokenThatIsNoLongerGoodIsToldApart() {
        try (var client = start("delta-token=expired")) {
            var orders = orders(client);
            var link = readAll(client, orders, new Noted())
                    .delta()
                    .flatMap(DeltaLink::of)
                    .orElseThrow();
            assertExpired(client, changesAfter(link, orders));
        }
        landscape.close();
        try (var client = start("")) {
            var orders = orders(client);
            var link = readAll(client, orders, new Noted())
                    .delta()
                    .flatMap(DeltaLink::of)
                    .orElseThrow();
            var otherFilter = link.target(orders.type(), SELECT, "PRIOK eq '2'");
            assertExpired(client, new PageRequest(otherFilter, 100, true, orders.type()));
            assertExpired(client, changesAfter(new DeltaLink("WorkOrderSet", "D00000000000000_000000000"), orders));
        }
    }

    private static void assertExpired(ODataClient client, PageRequest request) {
        assertThatThrownBy(() -> client.read(request, new Noted()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_DELTA_TOKEN_EXPIRED));
    }

    private static EntitySet orders(ODataClient client) {
        return client.metadata().set("WorkOrderSet").orElseThrow();
    }

    private static PageRequest changesAfter(DeltaLink link, EntitySet set) {
        return new PageRequest(link.target(set.type(), SELECT, FILTER), 100, true, set.type());
    }

    /** Reads page by page with tracking; the last page is returned. */
    private static PageRead readAll(ODataClient client, EntitySet set, Noted sink) {
        var next = Optional.of("WorkOrderSet?$select=%s&$filter=%s".formatted(String.join(",", SELECT), FILTER));
        PageRead page = client.read(new PageRequest(next.get(), 200, true, set.type()), sink);
        while (page.next().isPresent()) {
            page = client.read(new PageRequest(page.next().get(), 200, true, set.type()), sink);
        }
        return page;
    }

    private ODataClient start(String faults) {
        var settings = Settings.of(
                Map.of(),
                Map.of(),
                Map.of(
                        "home",
                        home.toString(),
                        "simulator-port",
                        "0",
                        "simulator-orders",
                        "2000",
                        "simulator-faults",
                        faults));
        var catalogue = Targets.ofCommands(settings);
        landscape = catalogue.start(catalogue.chosen("sap-system"), settings);
        sap = landscape.the(Targets.sap(settings));
        return new ODataClient(new ODataSettings(
                sap.serviceUrl(),
                sap.credentials(),
                sap.client(),
                sap.language(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30)));
    }

    /** A change by another client, in a session of its own. */
    private void change(String order, String body) throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var fetched = http.send(request("/").header("x-csrf-token", "Fetch").build(), BodyHandlers.discarding());
            var changed = http.send(
                    request("/WorkOrderSet('%s')".formatted(order))
                            .header(
                                    "x-csrf-token",
                                    fetched.headers().firstValue("x-csrf-token").orElseThrow())
                            .header("Content-Type", "application/json")
                            .header("If-Match", "*")
                            .method("MERGE", BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
        }
    }

    private HttpRequest.Builder request(String path) {
        var pair = sap.credentials().user() + ":" + sap.credentials().secret().reveal();
        return HttpRequest.newBuilder(URI.create(sap.serviceUrl() + path + "?sap-client=100"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
