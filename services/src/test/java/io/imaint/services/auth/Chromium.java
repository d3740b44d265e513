package io.imaint.services.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The system's Chromium with one page, driven by the Chrome DevTools Protocol. Its authenticator is a virtual one. */
final class Chromium implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** Far longer than any step takes on a busy machine; it only ends a test whose browser hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final String session;

    /** Where the system has it; empty where it has none. */
    static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with a page of a server. */
    Chromium(Path program, Path profile, String page) throws IOException {
        var log = profile.resolve("log");
        var builder = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox", // Its sandbox does not start as root; it sees only this test's own server.
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("TMPDIR", profile.toString());
        process = builder.start();
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(address(profile, log)), new Answers())
                .join();
        var target = call(null, "Target.createTarget", JSON.createObjectNode().put("url", page));
        var attached = call(
                null,
                "Target.attachToTarget",
                JSON.createObjectNode()
                        .put("targetId", target.required("targetId").asString())
                        .put("flatten", true));
        session = attached.required("sessionId").asString();
        // A target exists before its page: until the page has come, the document is an empty one of no origin.
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> evaluate("location.href + ' ' + document.readyState")
                        .asString()
                        .equals(page + " complete"));
    }

    /** The address of its debugger, which it writes to a file when it is ready. */
    private String address(Path profile, Path log) throws IOException {
        var file = profile.resolve("DevToolsActivePort");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !process.isAlive() || lines(file).size() == 2);
        assert process.isAlive() : Files.readString(log);
        return "ws://127.0.0.1:" + String.join("", lines(file));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Gives the page an authenticator whose owner always agrees. */
    void addAuthenticator() {
        call(session, "WebAuthn.enable", JSON.createObjectNode());
        var options = JSON.createObjectNode();
        options.putObject("options")
                .put("protocol", "ctap2")
                .put("transport", "internal")
                .put("hasResidentKey", true)
                .put("hasUserVerification", true)
                .put("isUserVerified", true)
                .put("automaticPresenceSimulation", true);
        call(session, "WebAuthn.addVirtualAuthenticator", options);
    }

    /** What an expression of JavaScript gives in the page, once its promise is kept. */
    JsonNode evaluate(String expression) {
        var answer = call(
                session,
                "Runtime.evaluate",
                JSON.createObjectNode()
                        .put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true)
                        .put("userGesture", true));
        assert !answer.has("exceptionDetails") : answer;
        return answer.at("/result/value");
    }

    private JsonNode call(@Nullable String of, String method, ObjectNode parameters) {
        int id = sent.incrementAndGet();
        var message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        if (of != null) {
            message.put("sessionId", of);
        }
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        socket.sendText(message.toString(), true).join();
        var given = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assert !given.has("error") : method + ": " + given;
        return given.required("result");
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                var message = JSON.readTree(text.toString());
                text.setLength(0);
                if (message.has("id")) {
                    Objects.requireNonNull(waiting.remove(message.required("id").asInt()))
                            .complete(message);
                }
            }
            from.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        try {
            call(null, "Browser.close", JSON.createObjectNode());
            Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            socket.abort();
            http.shutdownNow();
        }
    }
}
