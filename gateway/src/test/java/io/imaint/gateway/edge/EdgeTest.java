package io.imaint.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Exchange;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import io.imaint.kernel.http.ClientAddresses;
import io.imaint.kernel.http.NetworkBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: no request passes that the rules refuse, whatever its headers say. Method: exchanges without a wire. */
class EdgeTest {
    @TempDir
    Path directory;

    private final List<Client> passed = new ArrayList<>();
    private final ExchangeHandler proxies = new ExchangeHandler() {
        @Override
        public boolean streams(Message head) {
            return false;
        }

        @Override
        public void handle(Exchange exchange) {
            passed.add(exchange.client());
            exchange.respond(Message.response(200, "OK"), () -> {});
        }
    };

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("web-acl.json"), json);
    }

    private int call(Perimeter perimeter, String peer, String forwarded) {
        var request = Message.request("GET", "/token", "");
        if (!forwarded.isEmpty()) {
            request.headers().set("X-Forwarded-For", forwarded);
        }
        var address = InetAddress.ofLiteral(peer);
        var client = new Client(address, address, 1, "http", "localhost", 8090, Optional.empty());
        var refused = perimeter.refusal(request, client);
        if (refused.isPresent()) {
            return refused.get().status();
        }
        var status = new int[1];
        perimeter.handle(new Exchange() {
            @Override
            public Message request() {
                return request;
            }

            @Override
            public Client client() {
                return client;
            }

            @Override
            public void respond(Message response, Runnable sent) {
                status[0] = response.status();
                sent.run();
            }
        });
        return status[0];
    }

    private Perimeter perimeter(Edge edge) {
        var trusted =
                new ClientAddresses(List.of(NetworkBlock.parsed("10.0.0.0/8").orElseThrow()));
        return edge.before(proxies, trusted, false);
    }

    @Test
    void asksForTheClientBehindTrustedProxiesOnly() throws IOException {
        var perimeter = perimeter(Edge.of(file(WebAclTest.ALLOWLIST)));
        assertThat(call(perimeter, "203.0.113.9", "")).isEqualTo(200);
        assertThat(call(perimeter, "192.0.2.1", "203.0.113.9"))
                .as("a client writes the header itself")
                .isEqualTo(403);
        assertThat(call(perimeter, "10.1.1.1", "203.0.113.9")).isEqualTo(200);
        assertThat(call(perimeter, "10.1.1.1", "203.0.113.9, 192.0.2.1")).isEqualTo(403);
        assertThat(passed)
                .extracting(client -> client.address().getHostAddress())
                .containsOnly("203.0.113.9");
        assertThat(passed.getLast().peer().getHostAddress()).isEqualTo("10.1.1.1");
    }

    @Test
    void countsWhatEachRuleDecided() throws IOException {
        var perimeter = perimeter(Edge.of(file(WebAclTest.ALLOWLIST)));
        call(perimeter, "203.0.113.9", "");
        call(perimeter, "192.0.2.1", "");
        call(perimeter, "192.0.2.1", "");
        assertThat(perimeter.figures())
                .contains(
                        new Perimeter.Figure("default action", Perimeter.Effect.BLOCKED, 2),
                        new Perimeter.Figure("AllowOnlyWhitelistedIPs", Perimeter.Effect.ALLOWED, 1),
                        new Perimeter.Figure("CountAll", Perimeter.Effect.COUNTED, 3));
    }

    @Test
    void readsAChangedFileAgainAndKeepsItsRulesWhenTheChangeIsWrong() throws IOException {
        var path = file(WebAclTest.ALLOWLIST);
        var edge = Edge.of(path);
        var perimeter = perimeter(edge);
        changed(path, "{", 1);
        edge.refresh();
        assertThat(edge.findings()).isNotEmpty();
        assertThat(call(perimeter, "203.0.113.9", "")).isEqualTo(200);
        assertThat(call(perimeter, "192.0.2.1", "")).isEqualTo(403);

        changed(path, WebAclTest.ALLOWLIST.replace("203.0.113.0/24", "192.0.2.0/24"), 2);
        edge.refresh();
        assertThat(edge.findings()).isEmpty();
        assertThat(call(perimeter, "203.0.113.9", "")).isEqualTo(403);
        assertThat(call(perimeter, "192.0.2.1", "")).isEqualTo(200);
    }

    private static void changed(Path file, String json, int minutes) throws IOException {
        Files.writeString(file, json);
        var later = Files.getLastModifiedTime(file).toMillis() + minutes * 60_000L;
        Files.setLastModifiedTime(file, FileTime.fromMillis(later));
    }

    @Test
    void goesOnWithTheLastGoodRulesAndReportsEachFailureOnce() throws IOException {
        var path = file(WebAclTest.ALLOWLIST);
        var edge = Edge.of(path);
        var perimeter = perimeter(edge);
        var logged = new ArrayList<LogRecord>();
        var log = Logger.getLogger(Edge.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord one) {
                logged.add(one);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            Files.delete(path);
            for (int i = 0; i < 5; i++) {
                edge.refresh();
            }
            assertThat(logged).hasSize(1);
            changed(path, "[".repeat(100_000), 1); // Deeper than the reader goes.
            for (int i = 0; i < 5; i++) {
                edge.refresh();
            }
            assertThat(logged).hasSize(2);
            assertThat(call(perimeter, "203.0.113.9", "")).isEqualTo(200);
            assertThat(call(perimeter, "192.0.2.1", "")).isEqualTo(403);
            changed(path, WebAclTest.ALLOWLIST, 2);
            edge.refresh();
            assertThat(edge.findings()).isEmpty();
            assertThat(logged).hasSize(3);
        } finally {
            log.removeHandler(handler);
        }
    }

    @Test
    void refusesToStartWithAWrongFile() throws IOException {
        var path = file("{\"DefaultAction\": {}}");
        assertThatThrownBy(() -> Edge.of(path))
                .hasMessageContaining("EDGE_INVALID")
                .hasMessageContaining("/DefaultAction");
    }
}
