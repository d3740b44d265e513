package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as its users call it. */
final class Api {
    /** Far above what any request takes; a test that waits this long has failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String address;
    private final Path home;

    /** From the line in which the program says where it listens. */
    Api(String announcement, Path home) {
        this.address = announcement.split(" ", -1)[1];
        this.home = home;
    }

    JsonNode get(String path) {
        var response = send(path, true);
        assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    int status(String path) {
        return send(path, true).statusCode();
    }

    int statusWithoutToken(String path) {
        return send(path, false).statusCode();
    }

    void awaitReady() {
        Awaitility.await().atMost(PATIENCE).until(() -> status("/health/ready") == 200);
    }

    HttpResponse<String> ready() {
        return send("/health/ready", true);
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)), true);
    }

    /**
     * Sends a command to SAP, with an empty text where it has no body; whoever got no answer sends it again with the same key.
     *
     * @throws UncheckedIOException where no answer came
     */
    HttpResponse<String> command(String method, String path, String body, String key) {
        var request = request(path).header("Idempotency-Key", key).method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        return send(request, true);
    }

    private HttpResponse<String> send(String path, boolean authenticated) {
        return send(request(path), authenticated);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, boolean authenticated) {
        try {
            if (authenticated) {
                request.header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(home.resolve("admin-token")).strip());
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }
}
