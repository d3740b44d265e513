package io.imaint.app;

import io.imaint.kernel.settings.ServiceAddress;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of a running program, asked with a token: the `imaint up` of the data directory, or another one. */
final class RunningProgram implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int ERRORS = 400;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI address;
    private final String token;

    private RunningProgram(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** The `imaint up` of the settings' data directory, asked as its administrator; fails with {@link AppProblem#NOT_RUNNING}. */
    static RunningProgram of(Settings settings) {
        return new Options().program(settings);
    }

    /** Options that say which program is asked, and as whom. */
    static final class Options {
        @Option(
                names = "--url",
                paramLabel = "URL",
                description = "the API of the program (default: where the `imaint up` of the data directory answers)")
        private @Nullable URI url;

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description =
                        "a file with an access token or an API key (default: admin-token in the data directory, for its own `imaint up` only)")
        private @Nullable Path tokenFile;

        /** Fails with {@link AppProblem#NOT_RUNNING} where none is known. */
        RunningProgram program(Settings settings) {
            var home = StoreSettings.read(settings).directory();
            var address = url != null
                    ? url
                    : DataDirectory.running(home)
                            .orElseThrow(() -> AppProblem.NOT_RUNNING.because("no `imaint up` runs on " + home));
            var host = Objects.requireNonNullElse(address.getHost(), "");
            boolean open = "http".equals(address.getScheme()) && ServiceAddress.isLoopback(host);
            if (host.isEmpty() || !(open || "https".equals(address.getScheme()))) {
                throw AppProblem.COMMAND_INVALID.because(
                        "%s is no address that a token may be sent to; use https:// beyond this machine"
                                .formatted(address));
            }
            if (tokenFile == null && url != null && !isOwn(home, url)) {
                throw AppProblem.COMMAND_INVALID.because(
                        "%s is not the `imaint up` on %s, whose administrator's token it must not get; name a token of its own with --token-file"
                                .formatted(url, home));
            }
            return new RunningProgram(address, token(tokenFile != null ? tokenFile : home.resolve(AdminToken.FILE)));
        }

        private static boolean isOwn(Path home, URI url) {
            return DataDirectory.running(home)
                    .filter(own -> Objects.equals(url.getScheme(), own.getScheme())
                            && url.getPort() == own.getPort()
                            && Objects.equals(url.getHost(), own.getHost()))
                    .isPresent();
        }

        private static String token(Path file) {
            try {
                var token = Files.readString(file).strip();
                if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                    throw AppProblem.COMMAND_INVALID.because(file + " holds no token");
                }
                return token;
            } catch (IOException unreadable) {
                throw AppProblem.COMMAND_INVALID.because(
                        "the token in %s cannot be read: %s".formatted(file, DataDirectory.reason(unreadable)),
                        unreadable);
            }
        }
    }

    JsonNode get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    JsonNode post(String path, Object body) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body))));
    }

    JsonNode post(String path) throws InterruptedException {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    void delete(String path) throws InterruptedException {
        var unused = send(request(path).DELETE());
    }

    /** Takes a step with an object, as in {@code /retry}, in the version in which the object stands now. */
    JsonNode step(String object, String step, Object body) throws InterruptedException {
        var tag = exchange(request(object).GET()).headers().firstValue("ETag").orElse("");
        return send(request(object + step)
                .header("Content-Type", "application/json")
                .header("If-Match", tag)
                .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(address, path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json")
                .header("Authorization", "Bearer " + token);
    }

    /** A path below an address, which may have a path itself. */
    static URI at(URI address, String path) {
        var base = URI.create(address.toString().replaceFirst("[?#].*", "").replaceFirst("/+$", ""));
        return URI.create(base + path);
    }

    private JsonNode send(HttpRequest.Builder asked) throws InterruptedException {
        return body(exchange(asked));
    }

    private JsonNode body(HttpResponse<String> answer) {
        try {
            return answer.body().isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(answer.body());
        } catch (JacksonException other) {
            throw AppProblem.NOT_RUNNING.because(address + " is another program", other);
        }
    }

    private HttpResponse<String> exchange(HttpRequest.Builder asked) throws InterruptedException {
        var request = asked.build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= ERRORS) {
                var body = body(answer);
                throw AppProblem.REQUEST_REFUSED.because("%s %s: %d [%s] %s: %s. %s"
                        .formatted(
                                request.method(),
                                request.uri().getPath(),
                                answer.statusCode(),
                                body.path("code").asString(""),
                                body.path("title").asString(""),
                                body.path("detail").asString(""),
                                body.path("remedy").asString("").replaceFirst("[.]$", "")));
            }
            return answer;
        } catch (IOException silent) {
            throw AppProblem.NOT_RUNNING.because("%s: %s".formatted(address, DataDirectory.reason(silent)), silent);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
