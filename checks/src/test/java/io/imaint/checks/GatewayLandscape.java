package io.imaint.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.demo.DemoBundles;
import io.imaint.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo landscape as processes of their own: the simulated SAP system, and gateways on one store. Its client is the JDK's. */
final class GatewayLandscape implements AutoCloseable {
    static final String OAUTH = "/" + DemoBundles.OAUTH_PROXY;
    static final String API_KEY = "/apikey/" + DemoBundles.OAUTH_PROXY;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** The keys of an application. */
    record Keys(String key, String secret) {}

    /** An answer, its bytes as they came. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return String.join(", ", response.headers().allValues(name));
        }

        byte[] body() {
            return response.body();
        }

        String text() {
            return new String(response.body(), UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }
    }

    private final Path home;
    private final Program program;
    private final String gateway;
    private final String management;

    private GatewayLandscape(Path home, int port, Program program) {
        this.home = home;
        this.program = program;
        this.gateway = "http://127.0.0.1:" + port;
        this.management = program.awaitLine("started").split(" ", -1)[1];
    }

    /** Starts the simulator with a small plant, and the gateway with what leads to it. */
    static GatewayLandscape start(Path home) {
        var settings = Map.of("IMAINT_SIMULATOR_ORDERS", "200", "IMAINT_SIMULATOR_PORT", "0");
        return start(home, settings, "sap-system");
    }

    /** Starts another gateway on a store, and nothing else. */
    static GatewayLandscape another(Path home) {
        return start(home, Map.of(), "api-gateway");
    }

    /** Starts a gateway that serves on one thread, as one does by itself where it finds one core. */
    static GatewayLandscape ofOneCore(Path home) {
        return start(home, Map.of("IMAINT_GATEWAY_THREADS", "1"), "api-gateway");
    }

    private static GatewayLandscape start(Path home, Map<String, String> settings, String target) {
        int port = freePort();
        var all = new TreeMap<>(settings);
        all.put("IMAINT_GATEWAY_PORT", Integer.toString(port));
        return new GatewayLandscape(home, port, Program.startToMeasure(home, all, "run", "--target", target));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Where a path of the gateway is. */
    String address(String path) {
        return gateway + path;
    }

    ProcessHandle process() {
        return ProcessHandle.of(program.pid()).orElseThrow();
    }

    /** Ends the process as kill -9 does. */
    void kill() {
        program.kill().exitCode();
    }

    /** The keys of the delivered application. */
    Keys demo() {
        var file = json(home.resolve("demo-application.json"));
        return new Keys(file.required("key").asString(), file.required("secret").asString());
    }

    Asked ask(String method, String path) {
        return new Asked(method, gateway + path);
    }

    /** A request to the proxy for API keys, with the key of the delivered application. */
    Asked withKey(String method, String path) {
        return ask(method, API_KEY + path).with("x-api-key", demo().key());
    }

    /** A request to the proxy for access tokens. */
    Asked withToken(String method, String path, String token) {
        return ask(method, OAUTH + path).with("Authorization", "Bearer " + token);
    }

    /** A request to SAP itself, with the user of the gateway. */
    Asked askSap(String method, String path) {
        return new Asked(
                        method,
                        simulator().required("url").asString() + "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV"
                                + path)
                .basic("IMAINT", SimulatorSettings.DEMO_PASSWORD);
    }

    /** Sets a profile parameter of the SAP system. */
    void parameter(String key, String value) {
        var address = simulator();
        var answer = new Asked("POST", address.required("url").asString() + "/sap/admin/profile/set")
                .with("Authorization", "Bearer " + address.required("token").asString())
                .json("{\"key\": \"%s\", \"value\": \"%s\"}".formatted(key, value))
                .send();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private JsonNode simulator() {
        try (var files = Files.list(home.resolve("simulator"))) {
            return json(files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A request to the management of this gateway by the administrator. */
    Asked manage(String method, String path) {
        try {
            return new Asked(method, management + "/api/api-management" + path)
                    .with(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(home.resolve("admin-token"))
                                            .strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Asks the management and expects that it is done. */
    Answer managed(Asked asked) {
        var answer = asked.send();
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer;
    }

    /** Imports a delivered proxy under another name and base path, its files edited. */
    Answer importVariant(String of, String name, String basePath, UnaryOperator<String> edit) {
        var delivered = DemoBundles.all().stream()
                .filter(bundle -> bundle.name().equals(of))
                .findFirst()
                .orElseThrow();
        var files = new TreeMap<String, byte[]>();
        delivered.files().forEach((path, bytes) -> {
            var text = new String(bytes, UTF_8)
                    .replace("<name>" + of + "</name>", "<name>" + name + "</name>")
                    .replaceAll("<base_path>[^<]*", "<base_path>" + basePath);
            files.put(path.replace(of + ".xml", name + ".xml"), edit.apply(text).getBytes(UTF_8));
        });
        return upload(new Bundle(name, files));
    }

    private Answer upload(Bundle bundle) {
        return managed(manage("POST", "/import").body("application/zip", BundleZip.write(bundle)));
    }

    /** Imports a bundle and deploys it. */
    void deploy(Bundle bundle) {
        upload(bundle);
        deploy(bundle.name());
    }

    private void deploy(String name) {
        managed(manage("POST", "/proxies/%s/deploy".formatted(name)));
    }

    /** Imports such a variant and deploys it. */
    void deployVariant(String of, String name, String basePath, UnaryOperator<String> edit) {
        importVariant(of, name, basePath, edit);
        deploy(name);
    }

    /** Publishes a product of proxies. */
    void publish(String product, String... proxies) {
        var made = managed(manage("POST", "/products").json("""
                {"name": "%s", "settings": {"proxies": ["%s"], "paths": {}, "scopes": [], "attributes": {}}}
                """.formatted(product, String.join("\", \"", proxies))));
        managed(manage("POST", "/products/%s/publish".formatted(product)).with("If-Match", made.header("ETag")));
    }

    /** Registers an application; its answer has the key, the secret and the id. */
    JsonNode register(String application, String product) {
        return managed(manage("POST", "/applications")
                        .json("{\"name\": \"%s\", \"products\": [\"%s\"], \"attributes\": {}}"
                                .formatted(application, product)))
                .json();
    }

    /** The token endpoint's answer to an application. */
    Answer token(String path, Keys keys) {
        return ask("POST", path)
                .basic(keys.key(), keys.secret())
                .body("application/x-www-form-urlencoded", "grant_type=client_credentials".getBytes(UTF_8))
                .send();
    }

    /** A token of the delivered application. */
    String token() {
        return token("/token", demo()).json().required("access_token").asString();
    }

    @Override
    public void close() {
        program.close();
    }

    /** A request that is being put together. */
    static final class Asked {
        private final HttpRequest.Builder request;
        private final String method;
        private byte @Nullable [] body;
        private HttpClient client = HTTP;

        private Asked(String method, String address) {
            this.method = method;
            this.request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE);
        }

        Asked with(String header, String value) {
            request.header(header, value);
            return this;
        }

        Asked basic(String user, String password) {
            return with(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
        }

        Asked json(String text) {
            return body("application/json", text.getBytes(UTF_8));
        }

        Asked body(String type, byte[] bytes) {
            body = bytes;
            return with("Content-Type", type);
        }

        /** Comes from another address of this machine. */
        Asked from(String address) {
            try {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .localAddress(InetAddress.getByName(address))
                        .build();
            } catch (IOException none) {
                throw new UncheckedIOException(none);
            }
            return this;
        }

        Answer send() {
            var sent = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
            try {
                return new Answer(client.send(request.method(method, sent).build(), BodyHandlers.ofByteArray()));
            } catch (IOException unreachable) {
                throw new UncheckedIOException(unreachable);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new AssertionError(ended);
            }
        }
    }
}
