package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.gateway.demo.DemoLandscape;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: what the commands tell of a gateway is true. Method: the demo landscape runs, and its parts are taken away. */
class GatewayCommandsIT {
    private static final Path ACL = Path.of("../deploy/terraform/web-acl.json");

    @TempDir
    private static Path home = Path.of("");

    private static DataDirectory.Lock lock;
    private static RunningSystem system;
    private static int port;
    private static JsonNode application;

    private String out = "";
    private String err = "";

    @BeforeAll
    static void start() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        lock = DataDirectory.lock(home);
        system = RunningSystem.start(
                "sap-inbound-api-service",
                Settings.of(Map.of(
                        "home",
                        home.toString(),
                        "port",
                        "0",
                        "gateway-port",
                        "" + port,
                        "simulator-port",
                        "0",
                        "simulator-orders",
                        "20")));
        lock.answersAt(system.address());
        application = JsonMapper.shared().readTree(Files.readAllBytes(home.resolve(DemoSystem.FILE)));
    }

    @AfterAll
    static void stop() {
        system.close();
        lock.close();
    }

    private static Configuration configuration() {
        return system.services().the(Targets.GATEWAY).configuration();
    }

    private static Kept<KeyValueMap> credentials() {
        return configuration().maps().all().stream()
                .filter(kept -> kept.value().name().equals(DemoLandscape.CREDENTIALS))
                .findFirst()
                .orElseThrow();
    }

    private final KeyValueMap before = credentials().value();

    @AfterEach
    void mend() {
        var present = configuration().maps().find(before.id());
        var unused = present.isEmpty()
                ? configuration().maps().insert(before)
                : configuration().maps().replace(before, present.get().rev());
    }

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", home.toString()));
        if (!words.contains("--gateway-port")) {
            words.addAll(List.of("--gateway-port", "" + port));
        }
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private static int call(String header, String value) {
        try (var http = HttpClient.newHttpClient()) {
            var url = "http://127.0.0.1:%d/apikey/ICWP_INTEGRATION_SUITE_SRV/PlantSet?$top=1".formatted(port);
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header(header, value)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException silent) {
            throw new AssertionError(silent);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }

    /** Calls until the command, which waits for a request, has seen one and ended. */
    private int traced(String header, String value, String... arguments) {
        var caller = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    assertThat(call(header, value)).isPositive();
                } catch (AssertionError stopped) {
                    return;
                }
            }
        });
        try {
            return imaint(arguments);
        } finally {
            caller.interrupt();
            await().until(() -> !caller.isAlive());
        }
    }

    @Test
    void aTraceShowsTheStepsInOrderWithoutSecrets() {
        var key = application.get("key").stringValue();
        assertThat(traced("x-api-key", key, "gateway", "trace", "--path", "/apikey", "--header", "x-api-key=" + key))
                .isEqualTo(Main.DONE);
        assertThat(out)
                .containsSubsequence(
                        "GET /apikey/ICWP_INTEGRATION_SUITE_SRV/PlantSet",
                        "application iCWPIntegrationSuite",
                        "PROXY_REQUEST PreFlow",
                        "ran     verifyApiKey",
                        "verifyapikey.verifyApiKey.app.name: (none) -> iCWPIntegrationSuite",
                        "ran     getCredentials",
                        "private.password: (none) -> ***",
                        "skipped scCSRF",
                        "condition false: (request.verb",
                        "TARGET_REQUEST Target",
                        "response: (none) -> 200 OK")
                .doesNotContain(key, "maintain");
    }

    @Test
    void aTraceHasFiltersForWhatIsKnownAtTheEnd() {
        assertThat(traced("x-api-key", "wrong", "gateway", "trace", "--status", "4xx", "--last", "2", "--json"))
                .isEqualTo(Main.DONE);
        var requests = JsonMapper.shared().readTree(out);
        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.get("status").intValue()).isEqualTo(401);
            assertThat(request.get("steps").toString()).contains("oauth.v2.InvalidApiKey");
        });
        assertThat(traced("x-api-key", "wrong", "gateway", "trace", "--application", "nobody", "--seconds", "1"))
                .isEqualTo(Main.FAILED);
        assertThat(err).contains("No such request came within 1 seconds.");
    }

    @Test
    void aTraceNeedsARunningProgramAndTheRight(@TempDir Path other) throws IOException {
        var nowhere = CommandOutput.of("gateway", "trace", "--home", other.toString());
        assertThat(nowhere.exit()).isEqualTo(Main.FAILED);
        assertThat(nowhere.err()).contains("no `imaint up` runs on " + other, "[not-running]");

        var token = Files.writeString(other.resolve("token"), "nobody");
        assertThat(imaint("gateway", "trace", "--token-file", token.toString())).isEqualTo(Main.FAILED);
        assertThat(err).contains("401", "[token-missing]", "[request-refused]");
        assertThat(imaint("gateway", "trace", "--url", "http://example.com")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("use https://");
        assertThat(imaint("gateway", "trace", "--url", "https://localhost:1")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("name a token of its own with --token-file");
        assertThat(RunningProgram.at(URI.create("https://a.example/imaint/"), "/api/x?y=1"))
                .hasToString("https://a.example/imaint/api/x?y=1");
        assertThat(RunningProgram.at(URI.create("https://a.example"), "/api/x")).hasToString("https://a.example/api/x");
        assertThat(imaint("gateway", "trace", "--last", "0")).isEqualTo(Main.WRONG_USE);
    }

    private int edge(String... arguments) {
        var words = new ArrayList<>(List.of("gateway", "edge"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--gateway-web-acl", ACL.toString()));
        return imaint(words.toArray(String[]::new));
    }

    @Test
    void theEdgeIsShownTriedAndCounted() {
        assertThat(edge("show")).isEqualTo(Main.DONE);
        assertThat(out)
                .containsSubsequence(
                        "0     AllowOnlyWhitelistedIPs  allow      (address in WhitelistedIPs or address in WhitelistedIPv6)",
                        "1     BlockAllOthers           block 403  always",
                        "else                           block",
                        "set WhitelistedIPs",
                        "127.0.0.1/32  Platform team");
        assertThat(edge("show", "--json")).isEqualTo(Main.DONE);
        assertThat(JsonMapper.shared()
                        .readTree(out)
                        .at("/sets/1/addresses/0/address")
                        .stringValue())
                .isEqualTo("::1/128");
        assertThat(edge("test", "127.0.0.1", "--path", "/token")).isEqualTo(Main.DONE);
        assertThat(edge("test", "203.0.113.7", "--json")).isEqualTo(Main.FAILED);
        assertThat(JsonMapper.shared().readTree(out).get("rule").stringValue()).isEqualTo("BlockAllOthers");
        assertThat(edge("test", "127.0.0.1", "--path", "/a/%2e%2e/token")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("the gateway answers 400", "dot segment");
        assertThat(edge("test", "127.0.0.1", "--path", "/%74oken?a=%20")).isEqualTo(Main.DONE);
        assertThat(edge("test", "example.com")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint("gateway", "edge", "show")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("gateway-web-acl is not set");
        assertThat(call("x-api-key", "wrong")).isEqualTo(401);
        assertThat(imaint("gateway", "edge", "decisions")).isEqualTo(Main.DONE);
        assertThat(out).containsPattern("default action +allowed +[1-9]");
    }

    @Test
    void theReviewFindsDriftToDeployedProxies() throws IOException {
        assertThat(edge("review")).as(out).isEqualTo(Main.DONE);
        var other = Files.writeString(
                home.resolve("acl.json"),
                Files.readString(ACL).replace("127.0.0.1/32", "10.0.0.0/8").replace("Platform team", ""));
        assertThat(imaint("gateway", "edge", "review", "--gateway-web-acl", other.toString()))
                .isEqualTo(Main.FAILED);
        assertThat(out)
                .contains(
                        "warning WhitelistedIPs has 10.0.0.0/8, which is /16 or wider",
                        "without owner, date or justification",
                        "drift   ICWP_INTEGRATION_SUITE_SRV allows 127.0.0.1/32, which the perimeter does not let through",
                        "drift   ICWPGenerateoAuthToken does not allow 10.0.0.0/8, which the perimeter lets through");
    }

    @Test
    void theModuleForTerraformIsThatOfItsWebAcl(@TempDir Path folder) throws IOException {
        assertThat(edge("terraform", "--to", folder.resolve("new").toString())).isEqualTo(Main.DONE);
        for (var name : List.of("versions.tf", "variables.tf", "main.tf", "outputs.tf")) {
            assertThat(folder.resolve("new").resolve(name))
                    .as("make it with `imaint gateway edge terraform --to deploy/terraform`")
                    .hasSameTextualContentAs(Path.of("../deploy/terraform", name));
        }
        assertThat(edge("terraform", "--to", folder.resolve("all.tf").toString()))
                .isEqualTo(Main.DONE);
        assertThat(edge("terraform")).isEqualTo(Main.DONE);
        assertThat(out.strip())
                .isEqualTo(Files.readString(folder.resolve("all.tf")).strip());
        assertThat(out).contains("aws_wafv2_web_acl_association");
    }

    private int verify() {
        return imaint("verify", "7", "8", "9", "--json");
    }

    private JsonNode check(String name) {
        for (var check : JsonMapper.shared().readTree(out)) {
            if (check.get("check").stringValue().equals(name)) {
                return check;
            }
        }
        throw new AssertionError(name + " is not in " + out);
    }

    private String reason(String name) {
        return check(name).get("state").stringValue() + ": "
                + check(name).get("reason").stringValue();
    }

    @Test
    void allIsWellWithTheDemoLandscape() {
        assertThat(verify()).as(out).isEqualTo(Main.DONE);
        assertThat(JsonMapper.shared().readTree(out))
                .hasSize(7)
                .allSatisfy(check -> assertThat(check.get("state").stringValue())
                        .as(check.toString())
                        .isEqualTo("ok"));
        assertThat(reason("api-providers")).isEqualTo("ok: all 1 API providers answer");
        assertThat(reason("api-proxies")).contains("all 3 API proxies");
    }

    @Test
    void aMissingMapIsFoundAndWhatFollowsFromIt() {
        assertThat(configuration().maps().remove(before.id(), credentials().rev()))
                .isTrue();
        assertThat(verify()).isEqualTo(Main.FAILED);
        assertThat(reason("credentials-map")).startsWith("fail: there is no key value map iCWPCredentials");
        assertThat(reason("token-read")).startsWith("fail: ");
        assertThat(reason("access-token")).startsWith("ok: ");
        assertThat(check("credentials-map").get("remedy").stringValue()).contains("/key-value-maps");
    }

    @Test
    void aWrongPasswordInTheMapIsFoundByTheRead() {
        replace(true, Map.of("UserID", new Secret("IMAINT"), "Password", new Secret("wrong")));
        assertThat(verify()).isEqualTo(Main.FAILED);
        assertThat(reason("token-read")).contains("fail: ", "SAP answers 401");
        assertThat(check("token-read").get("remedy").stringValue()).contains("iCWPCredentials");
        assertThat(reason("csrf-token")).contains("fail: ");
        assertThat(reason("credentials-map")).startsWith("ok: ");
    }

    @Test
    void aMapThatIsNotEncryptedOrHasNoPasswordIsFound() {
        replace(false, before.entries());
        assertThat(verify()).isEqualTo(Main.FAILED);
        assertThat(reason("credentials-map")).contains("is not encrypted");
        replace(true, Map.of("UserID", new Secret("IMAINT")));
        assertThat(verify()).isEqualTo(Main.FAILED);
        assertThat(reason("credentials-map")).contains("has no entry Password");
    }

    private void replace(boolean encrypted, Map<String, Secret> entries) {
        var map = new KeyValueMap(before.scope(), "", before.name(), encrypted, entries);
        var unused = configuration().maps().replace(map, credentials().rev());
    }

    @Test
    void aGatewayThatDoesNotAnswerIsOneFailureAndNotFour() {
        assertThat(imaint("verify", "7", "8", "9", "--json", "--gateway-port", "1"))
                .isEqualTo(Main.FAILED);
        assertThat(reason("gateway"))
                .contains("fail: no gateway answers at http://127.0.0.1:1, though `imaint up` runs");
        for (var name : List.of("access-token", "token-read", "csrf-token")) {
            assertThat(reason(name)).startsWith("warn: not tried");
        }
    }
}
