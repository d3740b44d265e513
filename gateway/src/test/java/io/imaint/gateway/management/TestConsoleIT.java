package io.imaint.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaint.gateway.Gateway;
import io.imaint.gateway.GatewaySettings;
import io.imaint.gateway.bundle.BundleReader;
import io.imaint.gateway.registry.ApiProvider;
import io.imaint.gateway.registry.Entries;
import io.imaint.gateway.registry.InMemoryRecords;
import io.imaint.gateway.registry.Kinds;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.TestRequestRecord;
import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.http.IdempotencyStore;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: the developer hub's console reaches the proxies of published products, and nothing else. Method: a gateway on records in memory, with a
 * target on the loopback that notes what comes.
 */
class TestConsoleIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Blocks one path, and addresses that trusted proxies write into a header. */
    private static final String WEB_ACL = """
            {"Name": "x", "DefaultAction": {"Allow": {}},
             "IPSets": [{"Name": "s", "IPAddressVersion": "IPV4", "Addresses": ["10.0.0.0/8"]}],
             "Rules": [
               {"Name": "b", "Priority": 1, "Action": {"Block": {}}, "Statement": {"ByteMatchStatement":
                 {"FieldToMatch": {"UriPath": {}}, "PositionalConstraint": "STARTS_WITH", "SearchString": "/orders/blocked"}}},
               {"Name": "h", "Priority": 2, "Action": {"Block": {}}, "Statement": {"NotStatement": {"Statement": {"NotStatement": {"Statement":
                 {"IPSetReferenceStatement": {"ARN": "s", "IPSetForwardedIPConfig": {"HeaderName": "X-Client"}}}}}}}}]}
            """;

    private final List<String> arrived = new ArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-30T10:00:00Z");
    private final InMemoryRecords records = new InMemoryRecords(() -> now);
    private HttpServer target;
    private Gateway gateway;
    private ApiServer server;

    TestConsoleIT(@TempDir Path temp) throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            arrived.add("%s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var picture = exchange.getRequestURI().getPath().endsWith("/picture");
            exchange.getResponseHeaders().set("Content-Type", picture ? "image/png" : "application/json");
            var body = "{\"d\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        target.start();
        var settings = GatewaySettings.read(Settings.of(Map.of(
                "gateway-port",
                "0",
                "gateway-key",
                "a key that nobody can guess, not even you",
                "home",
                temp.toString(),
                "gateway-web-acl",
                Files.writeString(temp.resolve("web-acl.json"), WEB_ACL).toString())));
        gateway = Gateway.start(records, settings, () -> now);
        server = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", "0"))),
                List.of(gateway),
                token -> Optional.of(caller(token)),
                IdempotencyStore.NONE,
                LinkedHashMap::new,
                Telemetry.create());
    }

    private static Caller caller(String token) {
        var permission = token.equals("anna") ? Permissions.HUB_USE : Permissions.READ;
        return new Caller(token, Set.of(permission), PlantScope.NONE);
    }

    @BeforeEach
    void deploy() {
        var configuration = gateway.configuration();
        configuration
                .providers()
                .insert(new ApiProvider(
                        "S4",
                        "",
                        "",
                        false,
                        "127.0.0.1",
                        target.getAddress().getPort(),
                        false,
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "",
                        "",
                        ""));
        for (var name : List.of("Orders", "Orders_inner", "Secret")) {
            var files = ManagementSystem.bundle(
                    name, "/" + name.toLowerCase(java.util.Locale.ROOT).replace('_', '/'), NOTHING);
            var proxies = new Proxies(configuration, Caller.system("test"), () -> now);
            var read = BundleReader.read(new io.imaint.gateway.bundle.Bundle(name, files))
                    .proxy();
            var added = proxies.add(Proxies.Draft.of(read, files, "test", Optional.empty()));
            proxies.deploy(added, OptionalInt.of(added.value().latest().number()));
        }
        product("open", true, "Orders");
        product("closed", false, "Secret");
        gateway.registry().refresh(Kinds.PROXIES);
    }

    private static final String NOTHING = "<AssignMessage xmlns='http://www.sap.com/apimgmt'/>";

    private void product(String name, boolean published, String... proxies) {
        gateway.configuration()
                .products()
                .insert(new Product(
                        name, "", "", List.of(proxies), Map.of(), List.of(), published, Optional.empty(), Map.of()));
    }

    @AfterEach
    void stop() {
        server.close();
        gateway.close();
        target.stop(0);
    }

    private record Answer(int status, JsonNode json, Optional<String> retryAfter) {}

    private Answer tried(String user, String product, String request) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(
                                server.address().resolve("/api/api-management/hub/products/%s/test".formatted(product)))
                        .header("Authorization", "Bearer " + user)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(request))
                        .build(),
                BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(),
                JSON.readTree(answer.body()),
                answer.headers().firstValue("Retry-After"));
    }

    private static String request(String method, String path, String more) {
        return "{\"method\": \"%s\", \"path\": \"%s\"%s}".formatted(method, path, more);
    }

    private Answer anna(String path) throws IOException, InterruptedException {
        return tried("anna", "open", request("GET", path, ""));
    }

    @Test
    void showsTheAnswerOfAProxyAndNotesWhoAsked() throws Exception {
        var answer = tried(
                "anna",
                "open",
                request(
                        "POST",
                        "/orders/list?apikey=geheim",
                        ", \"headers\": [{\"name\": \"Accept\", \"value\": \"*/*\"}], \"body\": \"{}\""));

        assertThat(answer.status).as(answer.json.toString()).isEqualTo(200);
        assertThat(answer.json.at("/status").asInt()).isEqualTo(200);
        assertThat(answer.json.at("/body").asString()).isEqualTo("{\"d\":[]}");
        assertThat(answer.json.at("/cut").asBoolean()).isFalse();
        assertThat(answer.json.at("/headers").toString()).contains("application/json");
        assertThat(arrived).containsExactly("POST /sap/opu/odata/X_SRV/list?apikey=geheim {}");
        assertThat(records.trail())
                .filteredOn(entry -> entry.kind().equals("ApiTestRequest"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.caller()).isEqualTo("anna"));
        assertThat(gateway.configuration().testRequests().all()).singleElement().satisfies(kept -> {
            assertThat(kept.value().path()).isEqualTo("/orders/list");
            assertThat(kept.value().proxy()).isEqualTo("Orders");
        });
    }

    @Test
    void doesNotShowWhatIsNoText() throws Exception {
        var answer = anna("/orders/picture");

        assertThat(answer.json.at("/body").asString()).isEmpty();
        assertThat(answer.json.at("/bytes").asInt()).isEqualTo(8);
        assertThat(answer.json.at("/cut").asBoolean()).isTrue();
    }

    @Test
    void reachesNothingButTheProductsProxies() throws Exception {
        assertThat(anna("/secret/x").json.at("/code").asString()).isEqualTo("api-entity-not-found");
        assertThat(anna("/orders/inner/x").status)
                .as("the base path of another proxy")
                .isEqualTo(404);
        assertThat(anna("/nothing").status).isEqualTo(404);
        assertThat(tried("anna", "closed", request("GET", "/secret/x", "")).status)
                .isEqualTo(404);
        assertThat(tried("anna", "none", request("GET", "/orders/x", "")).status)
                .isEqualTo(404);
        for (var path : List.of(
                "http://example.com/orders",
                "//example.com/orders",
                "/orders/../secret/x",
                "/orders/%2e%2e/secret/x",
                "/orders/x y",
                "orders",
                "/orders/%00")) {
            assertThat(anna(path).status).as(path).isEqualTo(422);
        }
        assertThat(arrived).isEmpty();
    }

    @Test
    void meetsThePerimeter() throws Exception {
        var blocked = anna("/orders/blocked/x");

        assertThat(blocked.status).isEqualTo(200);
        assertThat(blocked.json.at("/status").asInt()).isEqualTo(403);
        assertThat(blocked.json.at("/body").asString()).contains("may not call");
        assertThat(anna("/orders/x").json.at("/status").asInt()).isEqualTo(200);
        assertThat(arrived).hasSize(1);
    }

    @Test
    void keepsAnyNumberOfTestRequests() throws Exception {
        var kept = gateway.configuration().testRequests();
        for (int i = 0; i < Entries.COUNT_MAX; i++) {
            var unused = kept.insert(
                    new TestRequestRecord("t" + i, "bela", "open", "Orders", "GET", "/", now, now.plusSeconds(60)));
        }

        assertThat(anna("/orders/x").status).isEqualTo(200);
    }

    @Test
    void refusesHeadersThatAreNotTheCallers() throws Exception {
        for (var name : List.of("Host", "X-Forwarded-For", "x-client", "Transfer-Encoding", "content-length")) {
            var answer = tried(
                    "anna",
                    "open",
                    request(
                            "GET",
                            "/orders/x",
                            ", \"headers\": [{\"name\": \"%s\", \"value\": \"1\"}]".formatted(name)));
            assertThat(answer.json.toString()).as(name).contains("/headers/0");
        }
        var split = tried(
                "anna",
                "open",
                request("GET", "/orders/x", ", \"headers\": [{\"name\": \"A\", \"value\": \"1\\r\\nB: 2\"}]"));
        assertThat(split.status).isEqualTo(400);
        assertThat(tried("anna", "open", request("CONNECT", "/orders/x", "")).status)
                .isEqualTo(400);
        assertThat(tried("bela", "open", request("GET", "/orders/x", "")).status)
                .isEqualTo(403);
        assertThat(arrived).isEmpty();
    }

    @Test
    void refusesMoreRequestsThanTheLimit() throws Exception {
        for (int i = 0; i < TestConsole.PER_MINUTE_MAX; i++) {
            assertThat(anna("/orders/x").status).isEqualTo(200);
        }

        var refused = anna("/orders/x");

        assertThat(refused.json.at("/code").asString()).isEqualTo("rate-limited");
        assertThat(refused.retryAfter).contains("60");
        assertThat(arrived).hasSize(TestConsole.PER_MINUTE_MAX);
        now = now.plusSeconds(60);
        assertThat(anna("/orders/x").status).isEqualTo(200);
    }
}
