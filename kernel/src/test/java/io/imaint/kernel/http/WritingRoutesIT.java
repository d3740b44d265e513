package io.imaint.kernel.http;

import static io.imaint.kernel.http.RawClient.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.http.RawClient.Reply;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullMarked
class WritingRoutesIT {
    private static final String ORDERS = "/api/work-orders";

    private final Telemetry telemetry = Telemetry.create();
    private final ApiServer server = ApiServer.start(
            ApiSettings.read(Settings.of(Map.of("port", "0", "api-body-size-max", "2000", "api-head-timeout", "1s"))),
            List.of(new Plant()),
            Plant::authenticate,
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

    private static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.json().get("code").asString()).isEqualTo(code);
    }

    @Test
    void takesABodyAndAnswersWithTheStatusDeclared() {
        var made = send(address(), "POST", ORDERS, "{\"description\": \"Pumpe prüfen\"}", Plant.TOKEN);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().get("description").asString()).isEqualTo("Pumpe prüfen");
        var started = RawClient.request(address(), "POST", ORDERS + "/7/release", Plant.TOKEN, "Content-Length: 0");
        assertThat(started.status()).isEqualTo(202);
        assertThat(started.json().get("greeting").asString()).isEqualTo("7");
    }

    @Test
    void namesUnknownFieldsOfTheBody() {
        var refused =
                send(address(), "POST", ORDERS, "{\"description\": \"x\", \"colour\": 1, \"size\": 2}", Plant.TOKEN);
        assertProblem(refused, 400, "body-invalid");
        assertThat(refused.json().get("errors").findValuesAsString("parameter")).containsExactly("/colour", "/size");
        assertThat(refused.json().get("detail").asString()).startsWith("/colour is unknown; known are description,");
    }

    @Test
    void refusesBodiesOfAnotherFormOrNone() {
        var head = "POST " + ORDERS + " HTTP/1.1\r\nHost: x\r\n" + Plant.TOKEN + "\r\n";
        assertProblem(
                send(address(), head + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"),
                415,
                "body-unsupported");
        assertProblem(send(address(), head + "Content-Length: 2\r\n\r\n{}"), 415, "body-unsupported");
        assertProblem(send(address(), head + "Content-Length: 0\r\n\r\n"), 400, "body-invalid");
        var utf8 = head + "Content-Type: application/JSON; charset=utf-8\r\nContent-Length: 20\r\n\r\n";
        assertThat(send(address(), utf8 + "{\"description\": \"x\"}").status()).isEqualTo(201);
    }

    @Test
    void asksForATokenBeforeItReadsABody() {
        assertProblem(send(address(), "POST", ORDERS, "no json"), 401, "token-missing");
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        var large = "{\"description\": \"" + "x".repeat(3_000) + "\"}";
        assertProblem(send(address(), "POST", ORDERS, large, Plant.TOKEN), 413, "body-too-large");
        var chunked =
                "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Type: application/json\r\n".formatted(ORDERS, Plant.TOKEN)
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "400\r\n%s\r\n".formatted(" ".repeat(0x400)).repeat(5)
                        + "0\r\n\r\n";
        assertProblem(send(address(), chunked), 413, "body-too-large");
    }

    @Test
    void readsABodyInChunksAndOneThatIsWaitedFor() throws IOException {
        var chunked =
                "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Type: application/json\r\n".formatted(ORDERS, Plant.TOKEN)
                        + "Transfer-Encoding: chunked\r\n\r\n13\r\n{\"description\": \"x\"\r\n1\r\n}\r\n0\r\n\r\n";
        assertThat(send(address(), chunked).status()).isEqualTo(201);
        try (var socket = new Socket(address().getHost(), address().getPort())) {
            socket.setSoTimeout(20_000);
            var head = "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Type: application/json\r\n"
                            .formatted(ORDERS, Plant.TOKEN)
                    + "Expect: 100-continue\r\nContent-Length: 20\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(RawClient.read(socket, true).status()).isEqualTo(100);
            socket.getOutputStream().write("{\"description\": \"x\"}".getBytes(StandardCharsets.US_ASCII));
            assertThat(RawClient.read(socket, false).status()).isEqualTo(201);
        }
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws IOException {
        try (var socket = new Socket(address().getHost(), address().getPort())) {
            socket.setSoTimeout(20_000);
            var head =
                    "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"
                            .formatted(ORDERS, Plant.TOKEN);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertProblem(RawClient.read(socket, false), 408, "body-too-slow");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(RawClient.get(address(), "/api/hello").status()).isEqualTo(200);
    }

    @Test
    void namesTheMethodsThatAPathTakes() {
        var reply = RawClient.request(address(), "PATCH", ORDERS + "/4711", Plant.TOKEN);
        assertProblem(reply, 405, "method-unknown");
        assertThat(reply.header("allow")).isEqualTo("GET, HEAD");
    }
}
