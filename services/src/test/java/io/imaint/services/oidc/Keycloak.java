package io.imaint.services.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Keycloak in a process of its own, with the realm {@code plant}: a confidential client that must use PKCE, the
 * group {@code crew-a}, and Ada in it.
 */
final class Keycloak implements AutoCloseable {
    static final String USER = "ada";
    private static final String PASSWORD = "amber kettle 52";
    private static final String ADMIN = "keeper";

    /** Where {@code ./imaint test --long} puts the distribution, seen from this module. */
    private static final Path DISTRIBUTION = Path.of("target", "keycloak");

    /** A busy machine takes two minutes to start it; no test waits for the end of this. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Path log;
    private final Process process;

    private Keycloak(String address, Path log, Process process) {
        this.address = address;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts it below a directory; aborts the test where the distribution is missing.
     *
     * @param client the address of the system at which users sign in
     */
    static Keycloak start(Path directory, String client) {
        try {
            var home = unpacked(directory);
            Files.writeString(
                    Files.createDirectories(home.resolve("data").resolve("import"))
                            .resolve("plant.json"),
                    realm(client));
            var address = "http://127.0.0.1:" + OidcSystem.freePort();
            var log = directory.resolve("keycloak.log");
            var starting = new ProcessBuilder(
                            "sh",
                            home.resolve("bin").resolve("kc.sh").toString(),
                            "start-dev",
                            "--import-realm",
                            "--cache=local",
                            "--http-host=127.0.0.1",
                            "--http-port=" + URI.create(address).getPort())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            starting.environment().put("JAVA_HOME", System.getProperty("java.home"));
            starting.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1"); // It does not run for long.
            starting.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
            starting.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
            var started = new Keycloak(address, log, starting.start());
            try {
                started.awaitReady();
                return started;
            } catch (RuntimeException | Error failed) {
                started.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path unpacked(Path directory) throws IOException {
        var top = "";
        try (var zip = new ZipInputStream(Files.newInputStream(distribution()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var file = directory.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
                top = entry.getName().substring(0, entry.getName().indexOf('/'));
            }
        }
        return directory.resolve(top);
    }

    private static Path distribution() throws IOException {
        if (Files.isDirectory(DISTRIBUTION)) {
            try (var files = Files.newDirectoryStream(DISTRIBUTION, "*.zip")) {
                for (var zip : files) {
                    return zip;
                }
            }
        }
        return abort("sign-in at a real Keycloak is skipped, because %s has no distribution of it: "
                        .formatted(DISTRIBUTION.toAbsolutePath())
                + "run ./imaint test --long once with access to a Maven repository, which brings it");
    }

    private static String realm(String client) {
        return """
                {
                  "realm": "plant", "enabled": true, "sslRequired": "none",
                  "groups": [{"name": "crew-a"}],
                  "clients": [{
                    "clientId": "%1$s", "secret": "%2$s", "publicClient": false,
                    "standardFlowEnabled": true, "directAccessGrantsEnabled": false,
                    "redirectUris": ["%3$s/api/auth/oidc/other/callback"],
                    "attributes": {
                      "pkce.code.challenge.method": "S256",
                      "post.logout.redirect.uris": "%3$s/",
                      "backchannel.logout.url": "%3$s/api/auth/oidc/other/back-channel-logout",
                      "backchannel.logout.session.required": "true"
                    },
                    "protocolMappers": [{
                      "name": "groups", "protocol": "openid-connect", "protocolMapper": "oidc-group-membership-mapper",
                      "config": {"claim.name": "groups", "full.path": "false", "id.token.claim": "true"}
                    }]
                  }],
                  "users": [{
                    "username": "%4$s", "enabled": true, "email": "ada@example.com", "emailVerified": true,
                    "firstName": "Ada", "lastName": "Holm", "groups": ["/crew-a"],
                    "credentials": [{"type": "password", "value": "%5$s", "temporary": false}]
                  }]
                }""".formatted(OidcSystem.CLIENT, OidcSystem.SECRET, client, USER, PASSWORD);
    }

    private void awaitReady() {
        Awaitility.await("Keycloak is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("Keycloak ended:\n" + Files.readString(log));
                    }
                    return answers();
                });
    }

    private boolean answers() throws InterruptedException {
        var metadata = HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"));
        try {
            return http.send(metadata.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    String issuer() {
        return address + "/realms/plant";
    }

    /** Fills in the form of the page to which a browser was sent; where Keycloak sends it then. */
    OidcSystem.Flow signIn(OidcSystem system, OidcSystem.Flow begun) {
        var page = system.get(begun.url(), "");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        var form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        var sent = HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                .header("Cookie", OidcSystem.cookies(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of("username", USER, "password", PASSWORD))))
                .build();
        var signedIn = system.send(sent);
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(302);
        return begun.at(OidcSystem.location(signedIn));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Lets another key sign from now on; tokens of the old one stay good. */
    void rotateKey() {
        var created = administer("POST", "/components", """
                {"name": "rotated", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["200"], "algorithm": ["RS256"]}}""");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    /** The ids of the user's open sessions. */
    Set<String> sessions() {
        return JSON.readTree(administer("GET", "/users/" + userId() + "/sessions", "")
                        .body())
                .valueStream()
                .map(session -> session.get("id").asString())
                .collect(Collectors.toSet());
    }

    /** Ends a session, as an administrator does; it has told the client when this returns. */
    void endSession(String id) {
        var done = administer("DELETE", "/sessions/" + id, "");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
    }

    private String userId() {
        var found = administer("GET", "/users?exact=true&username=" + USER, "");
        return JSON.readTree(found.body()).get(0).get("id").asString();
    }

    private HttpResponse<String> administer(String method, String path, String body) {
        var asked = HttpRequest.newBuilder(URI.create(address + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", ADMIN))))
                .build();
        JsonNode token = JSON.readTree(send(asked).body());
        return send(HttpRequest.newBuilder(URI.create(address + "/admin/realms/plant" + path))
                .header(
                        "Authorization",
                        "Bearer " + token.required("access_token").asString())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    /** Ends the script and the server that it started. */
    @Override
    public void close() {
        http.close();
        var server = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        server.forEach(ProcessHandle::destroyForcibly);
    }
}
