package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullMarked
class EventRoutesIT {
    private static final String EVENTS = "/api/work-order-events";

    private final Telemetry telemetry = Telemetry.create();
    private final Plant plant = new Plant();
    private volatile boolean disabled;
    private volatile PlantScope plants = PlantScope.ALL;
    private final ApiServer server = ApiServer.start(
            ApiSettings.read(Settings.of(Map.of(
                    "port", "0", "api-streams-max", "2", "api-idle-timeout", "1s", "api-request-timeout", "500ms"))),
            List.of(plant),
            token -> Plant.authenticate(token)
                    .filter(known -> !disabled)
                    .map(known -> new Caller(known.id(), known.permissions(), plants)),
            new InMemoryAnswers(InstantSource.system()),
            LinkedHashMap::new,
            telemetry);

    @AfterEach
    void stop() {
        server.close();
        telemetry.close();
    }

    private URI address() {
        return server.address();
    }

    /** A client that reads a stream line by line. */
    private static final class Follower implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Follower(URI server, int count, String... headers) throws IOException {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout(20_000);
            var more = String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
            socket.getOutputStream()
                    .write("GET %s?count=%d HTTP/1.1\r\nHost: x\r\n%s\r\n%s\r\n"
                            .formatted(EVENTS, count, Plant.TOKEN, more)
                            .getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** Lines up to one that begins so; what chunked transfer adds is among them. */
        List<String> until(String beginning) throws IOException {
            var read = new ArrayList<String>();
            String line;
            do {
                line = lines.readLine();
                assertThat(line).as("the end after " + read).isNotNull();
                read.add(line);
            } while (!line.startsWith(beginning));
            return read;
        }

        void untilEnd() throws IOException {
            while (lines.readLine() != null) {}
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void sendsEventsWithIdNameAndData() throws IOException {
        try (var follower = new Follower(address(), 2)) {
            var head = follower.until(":");
            assertThat(head.getFirst()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(head).contains("Content-Type: text/event-stream", "Cache-Control: no-store");
            assertThat(follower.until("data:"))
                    .containsSequence("id: 1", "event: step", "data: {\"number\":1,\"following\":null}");
            assertThat(follower.until("data:")).contains("id: 2");
            await().until(() -> plant.greeted.contains("technician"));
        }
    }

    @Test
    void goesOnWhereAReturningClientLeft() throws IOException {
        try (var follower = new Follower(address(), 1, "Last-Event-ID: 41")) {
            assertThat(follower.until("data:")).contains("id: 42");
        }
    }

    @Test
    void livesLongerThanASilentConnectionByItsHeartbeat() throws IOException {
        try (var follower = new Follower(address(), 0)) {
            for (int beats = 0; beats < 12; beats++) { // Three times the idle time.
                follower.until(":");
            }
        }
    }

    @Test
    void endsTheHandlerWhenTheClientLeaves() throws Exception {
        try (var follower = new Follower(address(), 1)) {
            follower.until("data:");
        }
        assertThat(plant.streamsEnded.await(20, TimeUnit.SECONDS)).isTrue();
        awaitOpen(0);
    }

    @Test
    void cutsOffAClientThatDoesNotRead() throws Exception {
        try (var silent = new Follower(address(), 10_000_000)) {
            assertThat(plant.streamsEnded.await(20, TimeUnit.SECONDS)).isTrue();
            awaitOpen(0);
            assertThat(plant.greeted).isEmpty();
            try {
                silent.untilEnd();
            } catch (SocketTimeoutException stillOpen) {
                throw stillOpen;
            } catch (IOException reset) {
                assertThat(reset).isNotNull(); // The end as well.
            }
        }
    }

    @Test
    void endsTheStreamOfAUserWhoIsDisabled() throws Exception {
        try (var follower = new Follower(address(), 1)) {
            follower.until("data:");
            disabled = true;
            follower.until("0"); // The last chunk.
            assertThat(plant.streamsEnded.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(RawClient.get(address(), EVENTS + "?count=1", Plant.TOKEN)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void endsAStreamWhenThePlantsOfItsCallerChange() throws Exception {
        try (var follower = new Follower(address(), 1)) {
            follower.until("data:");
            plants = PlantScope.of("1000");
            follower.until("0");
        }
        try (var back = new Follower(address(), 1, "Last-Event-ID: 1")) {
            assertThat(back.until("data:")).contains("id: 2");
            back.until(":");
        }
    }

    @Test
    void limitsTheOpenStreams() throws IOException {
        try (var one = new Follower(address(), 1);
                var two = new Follower(address(), 1)) {
            one.until("data:");
            two.until("data:");
            awaitOpen(2);
            var refused = RawClient.get(address(), EVENTS + "?count=1", Plant.TOKEN);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().get("code").asString()).isEqualTo("server-busy");
            assertThat(RawClient.get(address(), "/api/hello").status()).isEqualTo(200);
        }
        awaitOpen(0);
        try (var next = new Follower(address(), 1)) {
            next.until("data:");
        }
    }

    @Test
    void leavesOtherCallersTheirStreams() throws IOException {
        try (var narrow = ApiServer.start(
                        ApiSettings.read(Settings.of(Map.of("port", "0", "api-streams-per-caller-max", "1"))),
                        List.of(new Plant()),
                        token -> Optional.of(new Caller(token, Set.of(Plant.READ), PlantScope.ALL)),
                        new InMemoryAnswers(InstantSource.system()),
                        LinkedHashMap::new,
                        telemetry);
                var one = new Follower(narrow.address(), 1)) {
            one.until("data:");
            var second = RawClient.get(narrow.address(), EVENTS + "?count=1", Plant.TOKEN);
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.json().get("code").asString()).isEqualTo("stream-limit-reached");
            var other = "Authorization: Bearer planner";
            assertThat(RawClient.request(narrow.address(), "HEAD", EVENTS + "?count=1", other)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void guardsStreamsLikeAnyRoute() {
        assertThat(RawClient.get(address(), EVENTS + "?count=1").status()).isEqualTo(401);
        assertThat(RawClient.get(address(), EVENTS, Plant.TOKEN).status()).isEqualTo(400);
        assertThat(RawClient.get(address(), EVENTS + "?count=1", Plant.TOKEN, "Accept: application/json")
                        .status())
                .isEqualTo(406);
        var head = RawClient.request(address(), "HEAD", EVENTS + "?count=1", Plant.TOKEN);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).isEqualTo("text/event-stream");
    }

    @Test
    void endsStreamsAtAStopWithoutWaitingForTheirClients() throws Exception {
        try (var follower = new Follower(address(), 1)) {
            follower.until("data:");
            server.close();
            follower.until("0"); // The last chunk; a stream that held the stop would be cut off without it.
            assertThat(plant.streamsEnded.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void awaitOpen(int count) {
        await().until(() -> RawClient.get(address(), "/metrics", Plant.OPERATOR_TOKEN)
                .text()
                .contains("http_server_streams %d.0".formatted(count)));
    }
}
