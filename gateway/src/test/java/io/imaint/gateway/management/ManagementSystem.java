package io.imaint.gateway.management;

import io.imaint.gateway.bundle.BundleDraft;
import io.imaint.gateway.bundle.BundleInvalid;
import io.imaint.gateway.bundle.FlowPlace;
import io.imaint.gateway.bundle.NewProxy;
import io.imaint.gateway.bundle.ProxyTarget;
import io.imaint.gateway.registry.InMemoryRecords;
import io.imaint.gateway.registry.LiveRegistry;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.gateway.registry.Sealing;
import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.http.IdempotencyStore;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Management over records in memory, behind the API's server. A token is a user, a slash and what they may do. */
final class ManagementSystem implements AutoCloseable {
    static final String ALL = Stream.of(
                    Permissions.READ,
                    Permissions.DEVELOP,
                    Permissions.CONFIGURE,
                    Permissions.ADMINISTER,
                    Permissions.HUB_USE,
                    Permissions.HUB_ADMINISTER)
            .map(Permission::name)
            .collect(Collectors.joining("+"));

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROOT = "/api/api-management";

    final InMemoryRecords records;
    final Sealing sealing = new Sealing(new SealingKey(
            "a key that nobody can guess, not even you", new SecureRandom(), RegistryProblem.GATEWAY_KEY_UNUSABLE));
    final LiveRegistry registry;
    final XmlRuntime runtime = new XmlRuntime();
    volatile Instant now = Instant.now();
    private final ApiServer server;

    ManagementSystem() {
        records = new InMemoryRecords(() -> now);
        registry = LiveRegistry.start(records, sealing);
        var management = ApiManagement.start(new ApiManagement.Parts(
                records, sealing, registry, runtime, new JdkTargets(), () -> now, new SecureRandom()));
        server = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", "0"))),
                List.of(management),
                token -> Optional.of(caller(token)),
                IdempotencyStore.NONE,
                LinkedHashMap::new,
                Telemetry.create());
    }

    private static Caller caller(String token) {
        var parts = token.split("/", 2);
        var permissions = Arrays.stream(parts[1].split("\\+"))
                .filter(name -> !name.isEmpty())
                .map(Permission::new)
                .collect(Collectors.toUnmodifiableSet());
        return new Caller(parts[0], permissions, PlantScope.NONE);
    }

    @Override
    public void close() {
        server.close();
        registry.close();
    }

    /** A client that may do everything. */
    Client admin() {
        return as("admin", ALL);
    }

    Client as(String user, String permissions) {
        return new Client(user + "/" + permissions);
    }

    /** An answer. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String text(String field) {
            return json().at(field).asString();
        }

        String etag() {
            return response.headers().firstValue("ETag").orElse("");
        }

        List<String> each(String field) {
            return json().required("items")
                    .valueStream()
                    .map(item -> item.required(field).asString())
                    .toList();
        }
    }

    /** Sends requests of one caller; paths are behind {@code /api/api-management}. */
    final class Client {
        private final String token;

        private Client(String token) {
            this.token = token;
        }

        Answer get(String path) {
            return send("GET", path, null, null);
        }

        Answer post(String path, String json) {
            return send("POST", path, json, null);
        }

        Answer post(String path) {
            return send("POST", path, null, null);
        }

        Answer put(String path, @Nullable String json, @Nullable String etag) {
            return send("PUT", path, json, etag);
        }

        Answer delete(String path, @Nullable String etag) {
            return send("DELETE", path, null, etag);
        }

        Answer send(String method, String path, @Nullable String json, @Nullable String etag) {
            var body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
            var request = request(path).method(method, body);
            if (json != null) {
                request.header("Content-Type", "application/json");
            }
            if (etag != null) {
                request.header("If-Match", etag);
            }
            return send(request.build());
        }

        Answer upload(String path, byte[] zip) {
            return send(request(path)
                    .header("Content-Type", "application/zip")
                    .POST(BodyPublishers.ofByteArray(zip))
                    .build());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(server.address().resolve(ROOT + path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + token);
        }

        private Answer send(HttpRequest request) {
            try {
                return new Answer(HTTP.send(request, BodyHandlers.ofByteArray()));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new AssertionError(ended);
            }
        }
    }

    /** The files of a bundle with a policy in its PreFlow. */
    static SortedMap<String, byte[]> bundle(String name, String basePath, String policy) {
        var target = new ProxyTarget.Provider("S4", "/sap/opu/odata/X_SRV");
        var place = new FlowPlace(FlowPlace.Side.PROXY, "default", "PreFlow", true);
        try {
            var draft = BundleDraft.create(
                            new NewProxy(name, "Title of " + name, "", basePath, "ODATA", Optional.of(target)))
                    .policy("verify", "<AssignMessage/>")
                    .step(place, "verify", 1, "a = 1");
            var files = new TreeMap<>(draft.bundle().files());
            files.put(
                    "APIProxy/Policy/verify.xml",
                    policy.getBytes(StandardCharsets.UTF_8)); // It may be wrong on purpose.
            return files;
        } catch (BundleInvalid refused) {
            throw new AssertionError(refused);
        }
    }
}
