package io.imaint.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the API.
 *
 * @param token the bearer token, null to send none
 */
@NullMarked
public record ApiClient(URI server, @Nullable String token) {
    /** Far above what any test needs; a test that waits this long has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String CONTENT_TYPE = "Content-Type";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /** An answer of the API. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        /** The first value of a header, empty when it is absent. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        /** A field of each item of a list, as text, in the order of the list. */
        public List<String> each(String field) {
            return texts(json().required("items"), field);
        }

        /** A field of each element of an array, as text. */
        public static List<String> texts(JsonNode array, String field) {
            var texts = new ArrayList<String>();
            array.forEach(item -> texts.add(item.required(field).asString()));
            return texts;
        }
    }

    public Answer get(String target) {
        return send("GET", target, null);
    }

    /**
     * Sends a request.
     *
     * @param body null for none
     * @param headers names and values in turn; a body without Content-Type among them is JSON
     */
    public Answer send(String method, String target, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(server.resolve(target))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !Arrays.asList(headers).contains(CONTENT_TYPE)) {
            request.setHeader(CONTENT_TYPE, "application/json");
        }
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** What a refusal says of each field. */
    public static List<String> reasons(Answer answer) {
        return answer.json()
                .required("errors")
                .valueStream()
                .map(error -> error.required("parameter").asString() + " "
                        + error.required("reason").asString())
                .toList();
    }
}
