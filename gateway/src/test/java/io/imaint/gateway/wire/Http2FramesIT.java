package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.gateway.flow.Exchange;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import io.imaint.kernel.http.server.ServerLimits;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HTTP/2 without TLS, frame by frame, and what a hostile client can do with frames. */
@NullMarked
class Http2FramesIT {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int REFUSED_STREAM = 7;

    /** Answers the paths it is asked for, but keeps those that begin with {@code /keep}. */
    private record Keeping(LinkedBlockingQueue<Exchange> kept) implements ExchangeHandler {
        @Override
        public boolean streams(Message head) {
            return false;
        }

        @Override
        public void handle(Exchange exchange) {
            if (exchange.request().path().startsWith("/keep")) {
                kept.add(exchange);
            } else {
                exchange.respond(WireRig.text(exchange.request().path()), () -> {});
            }
        }
    }

    private static final Keeping HANDLER = new Keeping(new LinkedBlockingQueue<>());

    @SuppressWarnings("NullAway.Init")
    private static WireRig rig;

    @BeforeAll
    static void start() throws IOException {
        rig = WireRig.start(WireRig.LIMITS, targets -> HANDLER);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private record Frame(int type, int flags, int stream, byte[] payload) {
        int error() {
            int at = type == GO_AWAY ? 4 : 0;
            return ByteBuffer.wrap(payload).getInt(at);
        }
    }

    /** A client that sends what frames it likes. */
    private static final class Frames implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;

        Frames(WireRig server) throws IOException {
            socket = server.connect();
            in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(PREFACE.getBytes(ISO_8859_1));
            send(SETTINGS, 0, 0, new byte[0]);
        }

        void send(int type, int flags, int stream, byte[] payload) throws IOException {
            socket.getOutputStream().write(frame(type, flags, stream, payload));
        }

        static byte[] frame(int type, int flags, int stream, byte[] payload) {
            var out = new ByteArrayOutputStream();
            int length = payload.length;
            for (int b : new int[] {length >> 16, length >> 8, length, type, flags}) {
                out.write(b);
            }
            for (int b : new int[] {stream >> 24, stream >> 16, stream >> 8, stream}) {
                out.write(b);
            }
            out.writeBytes(payload);
            return out.toByteArray();
        }

        Frame read() throws IOException {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            return new Frame(type, flags, stream, in.readNBytes(length));
        }

        /** The next frame of a type. */
        Frame await(int type) throws IOException {
            for (var frame = read(); ; frame = read()) {
                if (frame.type == type) {
                    return frame;
                }
            }
        }

        /** All frames until the server closes. */
        List<Frame> rest() throws IOException {
            var all = new ArrayList<Frame>();
            try {
                while (true) {
                    all.add(read());
                }
            } catch (EOFException | SocketException closed) {
                return all;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A head of GET, in literals that use no table. */
    private static byte[] get(String path, String... headers) {
        var out = new ByteArrayOutputStream();
        out.write(0x82); // :method GET
        out.write(0x86); // :scheme http
        literal(out, ":path", path);
        literal(out, ":authority", "x");
        for (int i = 0; i < headers.length; i += 2) {
            literal(out, headers[i], headers[i + 1]);
        }
        return out.toByteArray();
    }

    private static void literal(ByteArrayOutputStream out, String name, String value) {
        out.write(0);
        text(out, name);
        text(out, value);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        int length = text.length();
        if (length < 127) {
            out.write(length);
        } else {
            out.write(127);
            int rest = length - 127;
            for (; rest >= 128; rest >>= 7) {
                out.write((rest & 127) | 128);
            }
            out.write(rest);
        }
        out.writeBytes(text.getBytes(ISO_8859_1));
    }

    @Test
    void answersClientsThatKnowItsVersion() throws IOException {
        try (var frames = new Frames(rig)) {
            for (int stream = 1; stream < 6; stream += 2) {
                frames.send(HEADERS, END_HEADERS | END_STREAM, stream, get("/hello" + stream));
                assertThat(frames.await(HEADERS).stream).isEqualTo(stream);
                var data = frames.await(DATA);
                assertThat(data.payload).asString(ISO_8859_1).isEqualTo("/hello" + stream);
            }
        }
    }

    @Test
    void answersStreamsInAnyOrder() throws Exception {
        try (var frames = new Frames(rig)) {
            frames.send(HEADERS, END_HEADERS | END_STREAM, 1, get("/keep"));
            frames.send(HEADERS, END_HEADERS | END_STREAM, 3, get("/hello"));
            assertThat(frames.await(DATA).stream).isEqualTo(3);
            HANDLER.kept.take().respond(WireRig.text("late"), () -> {});
            assertThat(frames.await(DATA).stream).isEqualTo(1);
        }
    }

    @Test
    void abandonsARequestWhoseStreamTheClientResets() throws Exception {
        try (var frames = new Frames(rig)) {
            frames.send(HEADERS, END_HEADERS | END_STREAM, 1, get("/keep"));
            var kept = HANDLER.kept.take();
            assertThat(kept.isAbandoned()).isFalse();
            frames.send(RESET, 0, 1, new byte[] {0, 0, 0, 8}); // CANCEL
            await().until(kept::isAbandoned);
            kept.respond(WireRig.text("late"), () -> {});
            frames.send(HEADERS, END_HEADERS | END_STREAM, 3, get("/hello"));
            assertThat(frames.await(DATA).stream).isEqualTo(3);
        }
    }

    @Test
    void refusesHeadsThatHttp1Refuses() throws IOException {
        try (var frames = new Frames(rig)) {
            int stream = 1;
            for (var path : List.of("/a/../b", "/a//b", "/%00", "/a b", "*", "/" + "x".repeat(8_000))) {
                frames.send(HEADERS, END_HEADERS | END_STREAM, stream, get(path));
                var head = frames.await(HEADERS).payload;
                assertThat(head[0] & 0xff).as(path).isNotEqualTo(0x88); // The eighth of the table is 200.
                assertThat(frames.await(DATA).payload).asString(ISO_8859_1).contains("\"errorcode\":\"protocol.http.");
                stream += 2;
            }
        }
    }

    @Test
    void refusesOnTheHeadAndReadsNoBody() throws IOException {
        var asked = new AtomicInteger();
        try (var refusing = WireRig.start(WireRig.LIMITS, targets -> new GatewayServerIT.Refusing(asked));
                var frames = new Frames(refusing)) {
            frames.send(HEADERS, END_HEADERS, 1, get("/a"));
            assertThat(frames.await(HEADERS).payload).asString(ISO_8859_1).contains("403");
            assertThat(frames.await(RESET).stream).isEqualTo(1);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void refusesAnotherHost() throws IOException {
        try (var frames = new Frames(rig)) {
            frames.send(HEADERS, END_HEADERS | END_STREAM, 1, get("/a", "host", "y"));
            assertThat(frames.await(DATA).payload).asString(ISO_8859_1).contains("There must be one host");
        }
    }

    @Test
    void refusesHeadersThatAreTooLong() throws IOException {
        try (var frames = new Frames(rig)) {
            var head = get("/a", "x-a", "x".repeat(15_000));
            var more = new ByteArrayOutputStream();
            literal(more, "x-b", "x".repeat(15_000));
            frames.send(HEADERS, END_STREAM, 1, head);
            frames.send(CONTINUATION, END_HEADERS, 1, more.toByteArray());
            assertThat(frames.await(HEADERS).payload).asString(ISO_8859_1).contains("431");
        }
    }

    @Test
    void refusesStreamsBeyondItsLimit() throws Exception {
        try (var frames = new Frames(rig)) {
            int stream = 1;
            for (int i = 0; i <= Http2Server.STREAMS_MAX; i++, stream += 2) {
                frames.send(HEADERS, END_HEADERS | END_STREAM, stream, get("/keep"));
            }
            var reset = frames.await(RESET);
            assertThat(reset.error()).isEqualTo(REFUSED_STREAM);
            for (int i = 0; i < Http2Server.STREAMS_MAX; i++) {
                HANDLER.kept.take().respond(WireRig.text("done"), () -> {});
            }
        }
    }

    @Test
    void endsConnectionsThatResetTheirRequestsRapidly() throws IOException {
        try (var frames = new Frames(rig)) {
            var flood = new ByteArrayOutputStream();
            for (int stream = 1; stream < 1_001; stream += 2) {
                flood.writeBytes(Frames.frame(HEADERS, END_HEADERS | END_STREAM, stream, get("/hello")));
                flood.writeBytes(Frames.frame(RESET, 0, stream, new byte[] {0, 0, 0, 8}));
            }
            assertEnds(frames, flood.toByteArray());
        }
    }

    @Test
    void endsConnectionsThatFloodItWithPings() throws IOException {
        try (var frames = new Frames(rig)) {
            var flood = new ByteArrayOutputStream();
            for (int i = 0; i < 1_000; i++) {
                flood.writeBytes(Frames.frame(PING, 0, 0, new byte[8]));
            }
            assertEnds(frames, flood.toByteArray());
        }
    }

    @Test
    void endsConnectionsThatFloodItWithSettings() throws IOException {
        try (var frames = new Frames(rig)) {
            var flood = new ByteArrayOutputStream();
            for (int i = 0; i < 1_000; i++) {
                flood.writeBytes(Frames.frame(SETTINGS, 0, 0, new byte[0]));
            }
            assertEnds(frames, flood.toByteArray());
        }
    }

    @Test
    void endsConnectionsThatFloodItWithContinuations() throws IOException {
        try (var frames = new Frames(rig)) {
            var flood = new ByteArrayOutputStream();
            flood.writeBytes(Frames.frame(HEADERS, END_STREAM, 1, get("/hello")));
            for (int i = 0; i < 1_000; i++) {
                flood.writeBytes(Frames.frame(CONTINUATION, 0, 1, new byte[0]));
            }
            assertEnds(frames, flood.toByteArray());
        }
    }

    private static void assertEnds(Frames frames, byte[] flood) throws IOException {
        try {
            frames.socket.getOutputStream().write(flood);
        } catch (SocketException closed) {
            assertThat(closed).isNotNull(); // Even earlier.
        }
        frames.rest(); // Fails when the connection stays open.
    }

    @Test
    void closesConnectionsThatOnlyPing() throws IOException {
        var limits = WireLimits.standard(
                new ServerLimits(
                        Duration.ofSeconds(10), Duration.ofMillis(500), 1, 18 << 10, 100, 100, address -> false),
                Duration.ofMinutes(1));
        try (var hasty = WireRig.start(limits, targets -> HANDLER);
                var frames = new Frames(hasty)) {
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                try {
                    frames.send(PING, 0, 0, new byte[8]);
                } catch (SocketException closed) {
                    return true;
                }
                return hasty.server.connections() == 0;
            });
        }
    }

    @Test
    void finishesRunningStreamsBeforeItStops() throws Exception {
        try (var own = WireRig.start(WireRig.LIMITS, targets -> HANDLER);
                var frames = new Frames(own)) {
            frames.send(HEADERS, END_HEADERS | END_STREAM, 1, get("/keep"));
            var exchange = HANDLER.kept.take();
            var stopping = Thread.ofVirtual().start(own.server::close);
            frames.await(GO_AWAY);
            exchange.respond(WireRig.text("done"), () -> {});
            assertThat(frames.await(DATA).payload).asString(ISO_8859_1).isEqualTo("done");
            frames.rest();
            stopping.join();
        }
    }
}
