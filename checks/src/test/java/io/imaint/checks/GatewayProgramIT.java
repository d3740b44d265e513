package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.imaint.gateway.demo.DemoBundles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: the gateway does what users are handed. Method: the program with the demo landscape, Postman's runner, its own commands. */
@Tag("long")
class GatewayProgramIT {
    private static final String NEWMAN = Objects.requireNonNullElse(System.getenv("IMAINT_TEST_NEWMAN"), "newman");

    /** Far above what a command or some twenty requests take; a test that waits this long has failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A client that the perimeter and the proxies refuse. */
    private static final String BLOCKED = "203.0.113.7";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path home = Path.of("");

    private static Program program;
    private static Api api;
    private static String gateway;
    private static JsonNode application;

    @BeforeAll
    static void start() throws IOException {
        int port = freePort();
        gateway = "http://127.0.0.1:" + port;
        var acl = SourceTree.here().root().resolve("deploy/terraform/web-acl.json");
        program = Program.start(
                home,
                Map.of(
                        "IMAINT_GATEWAY_PORT",
                        "" + port,
                        "IMAINT_GATEWAY_WEB_ACL",
                        acl.toString(),
                        "IMAINT_TRUSTED_PROXIES",
                        "127.0.0.1/32",
                        "IMAINT_SIMULATOR_PORT",
                        "0",
                        "IMAINT_SIMULATOR_ORDERS",
                        "50"),
                "up");
        api = new Api(program.awaitLine("ready"), home);
        application = JsonMapper.shared().readTree(Files.readAllBytes(home.resolve("demo-application.json")));
    }

    @AfterAll
    static void stop() {
        program.close();
        HTTP.close();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(PATIENCE);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String part(String name) {
        return application.get(name).stringValue();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(gateway + path));
    }

    private static int plants(String header, String value) {
        return send(to("/apikey/ICWP_INTEGRATION_SUITE_SRV/PlantSet?$top=1").header(header, value))
                .statusCode();
    }

    private static HttpResponse<String> plantsWith(String token) {
        return send(to("/ICWP_INTEGRATION_SUITE_SRV/PlantSet?$top=1").header("Authorization", "Bearer " + token));
    }

    @Test
    void theCollectionForPostmanIsGreen() throws IOException {
        assumeTrue(
                run(List.of(NEWMAN, "--version")).exit() == 0,
                "skipped: `npm install --prefix DIRECTORY newman`, and name DIRECTORY/node_modules/.bin/newman in"
                        + " IMAINT_TEST_NEWMAN");
        var postman = SourceTree.here().root().resolve("deploy/postman");
        var command = new ArrayList<>(List.of(
                NEWMAN,
                "run",
                postman.resolve("iMaintenance.postman_collection.json").toString(),
                "--environment",
                postman.resolve("iMaintenance.postman_environment.json").toString(),
                "--color",
                "off"));
        Map.of(
                        "gateway",
                        gateway,
                        "key",
                        part("key"),
                        "secret",
                        part("secret"),
                        "expiredToken",
                        expiredToken(),
                        "allowedAddress",
                        "127.0.0.1",
                        "blockedAddress",
                        BLOCKED)
                .forEach((name, value) -> command.addAll(List.of("--env-var", name + "=" + value)));
        var result = run(command);
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).as("no request was skipped").contains("From a blocked address\n  GET");
        assertThat(result.output()).contains("An expired token\n  GET");
    }

    /** From a second token endpoint, whose tokens live for a second. */
    private static String expiredToken() throws IOException {
        var bundle = DemoBundles.all().stream()
                .filter(one -> one.name().equals(DemoBundles.TOKEN_PROXY))
                .findFirst()
                .orElseThrow();
        var folder = Files.createDirectory(home.resolve("short-lived"));
        for (var file : bundle.files().entrySet()) {
            var text = new String(file.getValue(), StandardCharsets.UTF_8)
                    .replace(DemoBundles.TOKEN_PROXY, "ShortLived")
                    .replace("<base_path>/token<", "<base_path>/short-lived<")
                    .replace("<SupportedGrantTypes>", "<ExpiresIn>1000</ExpiresIn><SupportedGrantTypes>");
            var path = folder.resolve(file.getKey().replace(DemoBundles.TOKEN_PROXY, "ShortLived"));
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, text);
        }
        try (var deploy = Program.start(home, Map.of(), "gateway", "import", folder.toString(), "--deploy")) {
            assertThat(deploy.output()).contains("deployed revision 1");
        }
        var basic = Base64.getEncoder()
                .encodeToString((part("key") + ":" + part("secret")).getBytes(StandardCharsets.UTF_8));
        var answer = patiently()
                .until(
                        () -> send(to("/short-lived")
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("grant_type=client_credentials"))),
                        got -> got.statusCode() == 200);
        var token =
                JsonMapper.shared().readTree(answer.body()).get("access_token").stringValue();
        patiently().until(() -> plantsWith(token).body().contains("access_token_expired"));
        return token;
    }

    @Test
    void followsRequestsUntilCtrlCAndEndsItsTraceThen() {
        try (var trace = Program.start(home, Map.of(), "gateway", "trace", "--status", "4xx", "--follow", "--json")) {
            patiently().until(() -> trace.errors().contains("Following requests"));
            assertThat(plants("x-api-key", part("key"))).isEqualTo(200);
            assertThat(plants("x-api-key", "wrong")).isEqualTo(401);
            assertThat(plants("x-other", "none")).isEqualTo(401);
            for (var code : List.of("oauth.v2.InvalidApiKey", "steps.oauth.v2.FailedToResolveAPIKey")) {
                var request = JsonMapper.shared().readTree(trace.awaitLine("{"));
                assertThat(request.get("status").intValue()).isEqualTo(401);
                assertThat(request.get("steps").toString()).contains(code).doesNotContain("wrong");
            }
            assertThat(trace.terminate().exitCode()).isEqualTo(143);
        }
        assertThat(api.get("/api/api-management/traces").get("total").longValue())
                .as("traces that still run")
                .isZero();
    }

    @Test
    void countsWhatThePerimeterDecides() {
        assertThat(plants("X-Forwarded-For", BLOCKED)).isEqualTo(403);
        try (var decisions = Program.start(home, Map.of(), "gateway", "edge", "decisions")) {
            assertThat(decisions.output())
                    .containsPattern("AllowOnlyWhitelistedIPs +allowed +[1-9]")
                    .containsPattern("BlockAllOthers +blocked +[1-9]");
        }
    }

    private record Run(int exit, String output) {}

    /** Exit code -1 where it can't be started. */
    private static Run run(List<String> command) throws IOException {
        var output = Files.createTempFile(home, "output", ".txt");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(process.waitFor(PATIENCE)).isTrue();
                return new Run(process.exitValue(), Files.readString(output));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException absent) {
            return new Run(-1, String.valueOf(absent.getMessage()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }
}
