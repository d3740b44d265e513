package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Exchange;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import io.imaint.kernel.http.server.ServerLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** A server with a handler of the test, and a client for targets, on real sockets. */
@NullMarked
final class WireRig implements AutoCloseable {
    static {
        Leaks.install();
    }

    static final ServerLimits CLIENTS =
            new ServerLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), 1, 18 << 10, 100, 100, address -> false);
    static final WireLimits LIMITS = WireLimits.standard(CLIENTS, Duration.ofMinutes(1));
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) [A-Z]");
    private static final int PATIENCE_MS = 20_000;

    final WireLoops loops;
    final TargetClient targets;
    final GatewayServer server;

    private WireRig(WireLoops loops, TargetClient targets, GatewayServer server) {
        this.loops = loops;
        this.targets = targets;
        this.server = server;
    }

    static WireRig start(WireLimits limits, Function<TargetClient, ExchangeHandler> handler) throws IOException {
        return start(limits, Optional.empty(), WireLoops.start(2, InstantSource.system()), handler);
    }

    static WireRig start(
            WireLimits limits,
            Optional<ServerTls> tls,
            WireLoops loops,
            Function<TargetClient, ExchangeHandler> handler)
            throws IOException {
        var targets = new TargetClient(loops, limits, TlsMaterial.NONE);
        var listener = new GatewayServer.Listener("127.0.0.1", 0, tls);
        var server =
                GatewayServer.start(List.of(listener), loops, limits, handler.apply(targets), Duration.ofSeconds(5));
        return new WireRig(loops, targets, server);
    }

    /** A server that answers each request by what the function makes of it. */
    static WireRig answering(WireLimits limits, Function<Message, Message> answer) throws IOException {
        return start(limits, targets -> new Answering(answer));
    }

    /** A server that passes all requests on. */
    static WireRig passing(String origin, boolean streamed) throws IOException {
        return start(LIMITS, targets -> new PassThrough(targets, origin, streamed));
    }

    private record Answering(Function<Message, Message> answer) implements ExchangeHandler {
        @Override
        public boolean streams(Message head) {
            return false;
        }

        @Override
        public void handle(Exchange exchange) {
            exchange.respond(answer.apply(exchange.request()), () -> {});
        }
    }

    static Message text(String text) {
        var answer = Message.response(200, "OK");
        answer.body(Body.of(text));
        return answer;
    }

    URI address() {
        return server.addresses().getFirst();
    }

    Socket connect() throws IOException {
        var socket = new Socket(address().getHost(), address().getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    /** All answers to bytes, until the server closes. */
    String ask(String bytes) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return untilEnd(socket);
        }
    }

    static List<Integer> statuses(String answers) {
        return STATUS.matcher(answers).results().map(WireRig::status).toList();
    }

    private static int status(MatchResult line) {
        return Integer.parseInt(line.group(1));
    }

    /** All that comes until the server closes; a reset is an end as well, a silence is none. */
    static String untilEnd(Socket socket) throws IOException {
        var read = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (SocketTimeoutException stillOpen) {
            throw new IOException("still open after " + read.toString(ISO_8859_1), stillOpen);
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return read.toString(ISO_8859_1);
    }

    /** What comes until a text has come. */
    static String until(Socket socket, String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    @Override
    public void close() {
        server.close();
        targets.close();
        loops.close();
        Leaks.assertNone();
    }
}
