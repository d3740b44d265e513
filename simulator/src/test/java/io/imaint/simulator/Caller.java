package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that shares no code with the simulator. */
final class Caller implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final SapGateway gateway;
    private @Nullable Session session;

    private record Session(String cookies, String token) {}

    Caller(SapGateway gateway) {
        this.gateway = gateway;
    }

    /** Asks for a path below the service, with the right user, for JSON, and with more headers where given. */
    HttpResponse<String> get(String path, String... headers) {
        var request = request(path).header("Accept", "application/json");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** The {@code d} of an answer that must be 200. */
    JsonNode json(String path, String... headers) {
        var response = get(path, headers);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body()).get("d");
    }

    /** The values of one property over the rows of one page. */
    List<String> values(String path, String property, String... headers) {
        return StreamSupport.stream(json(path, headers).get("results").spliterator(), false)
                .map(row -> row.get(property).asString())
                .toList();
    }

    JsonNode follow(String address) {
        var response = send(authorized(URI.create(address)).header("Accept", "application/json"));
        return JSON.readTree(response.body()).get("d");
    }

    /** A request with the right user and no further header. */
    HttpRequest.Builder request(String path) {
        return authorized(URI.create(gateway.serviceUrl() + encoded(path)));
    }

    HttpRequest.Builder authorized(URI address) {
        var pair = gateway.user() + ":" + gateway.password().reveal();
        return HttpRequest.newBuilder(address)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(inSession(request), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
        try {
            return http.send(inSession(request), BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** A request that changes something goes with the cookies and the token of one session. */
    private HttpRequest inSession(HttpRequest.Builder request) throws IOException, InterruptedException {
        var built = request.build();
        if (List.of("GET", "HEAD").contains(built.method())) {
            return built;
        }
        if (session == null) {
            var fetched = http.send(request("/").header("X-CSRF-Token", "Fetch").build(), BodyHandlers.discarding());
            var cookies = fetched.headers().allValues("set-cookie").stream()
                    .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                    .collect(Collectors.joining("; "));
            session = new Session(
                    cookies, fetched.headers().firstValue("x-csrf-token").orElseThrow());
        }
        return request.setHeader("Cookie", session.cookies())
                .setHeader("X-CSRF-Token", session.token())
                .build();
    }

    /** Begins a new session at the next change. */
    void forgetSession() {
        session = null;
    }

    private static String encoded(String path) {
        return path.replace(" ", "%20").replace("\"", "%22");
    }

    @Override
    public void close() {
        http.close();
    }
}
