package io.imaint.checks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The source of the data as a foreign client sees it: the JDK's HTTP client and a JSON tree, nothing of ours. */
final class SapSource implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI service;
    private final String authorization;

    SapSource(URI service, String user, String password) {
        this.service = service;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    long count(String set) {
        return Long.parseLong(text(set + "/$count"));
    }

    /** The rows of a set from a place on, at most so many. */
    JsonNode rows(String set, long skip, int top) {
        return JSON.readTree(text("%s?$skip=%d&$top=%d&$format=json".formatted(set, skip, top)))
                .at("/d/results");
    }

    /** The one row with a key. */
    JsonNode row(String set, String key) {
        var literal = URLEncoder.encode("'" + key + "'", StandardCharsets.UTF_8);
        return JSON.readTree(text("%s(%s)?$format=json".formatted(set, literal)))
                .get("d");
    }

    private String text(String target) {
        var separator = target.contains("?") ? "&" : "?";
        var request = HttpRequest.newBuilder(URI.create(service + "/" + target + separator + "sap-client=100"))
                .header("Authorization", authorization)
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(target + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException unreachable) {
            throw new AssertionError(target, unreachable);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
