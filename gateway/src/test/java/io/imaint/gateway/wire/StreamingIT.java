package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Exchange;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Bodies that pass from one connection to the other. */
@NullMarked
class StreamingIT {
    /** More than all buffers on the way hold: those of the sockets (several MB), the queue and the channel. */
    private static final long LARGE = 48L << 20;

    private static final int PIECE = 64 << 10;
    private static final String GET = "GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private static byte[] piece() {
        var piece = new byte[PIECE];
        for (int i = 0; i < PIECE; i++) {
            piece[i] = (byte) i;
        }
        return piece;
    }

    /** Reads a body of which each byte tells its place; its length. */
    private static long readChecked(InputStream in, long length) throws IOException {
        long at = 0;
        var piece = new byte[PIECE];
        while (at < length) {
            int read = in.read(piece, 0, (int) Math.min(PIECE, length - at));
            if (read < 0) {
                break;
            }
            for (int i = 0; i < read; i++) {
                if (piece[i] != (byte) (at + i)) {
                    throw new IOException("another byte at " + (at + i));
                }
            }
            at += read;
        }
        return at;
    }

    /** A target that sends a large body, and counts what it could send. */
    private static ScriptedTarget sending(AtomicLong sent, boolean chunked) throws IOException {
        return ScriptedTarget.start((number, head, in, out) -> {
            var framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + LARGE;
            out.write(("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n").getBytes(ISO_8859_1));
            var piece = piece();
            for (long at = 0; at < LARGE; at += PIECE) {
                if (chunked) {
                    out.write("10000\r\n".getBytes(ISO_8859_1));
                }
                out.write(piece);
                if (chunked) {
                    out.write("\r\n".getBytes(ISO_8859_1));
                }
                sent.addAndGet(PIECE);
            }
            if (chunked) {
                out.write("0\r\n\r\n".getBytes(ISO_8859_1));
            }
            return true;
        });
    }

    /** Waits until a number does not grow any more; it. */
    private static long settled(AtomicLong number) {
        var before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300))
                .until(() -> number.get() > 0 && before.getAndSet(number.get()) == number.get());
        return number.get();
    }

    @Test
    void slowsATargetDownToTheSpeedOfItsReader() throws IOException {
        var sent = new AtomicLong();
        try (var target = sending(sent, false);
                var rig = WireRig.passing(target.origin(), true);
                var socket = rig.connect()) {
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
            assertThat(WireRig.until(socket, "\r\n\r\n")).contains("Content-Length: " + LARGE + "\r\n");
            assertThat(settled(sent)).isLessThan(LARGE);
            assertThat(readChecked(socket.getInputStream(), LARGE)).isEqualTo(LARGE);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void passesChunksOnAsChunks() throws IOException {
        try (var target = sending(new AtomicLong(), true);
                var rig = WireRig.passing(target.origin(), true);
                var socket = rig.connect()) {
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
            assertThat(WireRig.until(socket, "\r\n\r\n")).contains("Transfer-Encoding: chunked\r\n");
            long length = 0;
            for (var size = chunkSize(socket); size > 0; size = chunkSize(socket)) {
                socket.getInputStream().readNBytes(size + 2);
                length += size;
            }
            assertThat(length).isEqualTo(LARGE);
        }
    }

    @Test
    void passesASmallBodyOfUnknownLengthOnAsChunksToAConnectionThatIsStillMade() throws IOException {
        var taken = new CompletableFuture<String>();
        try (var target = ScriptedTarget.start((number, head, in, out) -> {
                    taken.complete(
                            head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")
                                    ? new String(in.readNBytes(13), ISO_8859_1)
                                    : head);
                    out.write("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
                    return true;
                });
                var rig = WireRig.passing(target.origin(), true);
                var socket = rig.connect()) {
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                            .getBytes(ISO_8859_1));
            assertThat(WireRig.until(socket, "\r\n\r\n")).startsWith("HTTP/1.1 201 ");
            assertThat(taken).isCompletedWithValue("3\r\nabc\r\n0\r\n\r\n");
        }
    }

    private static int chunkSize(Socket socket) throws IOException {
        return Integer.parseInt(WireRig.until(socket, "\r\n").strip(), 16);
    }

    @Test
    void slowsAClientDownToTheSpeedOfItsTarget() throws Exception {
        var reads = new CountDownLatch(1);
        var taken = new CompletableFuture<Long>();
        try (var target = ScriptedTarget.start((number, head, in, out) -> {
                    awaited(reads);
                    taken.complete(readChecked(in, LARGE));
                    out.write("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
                    return true;
                });
                var rig = WireRig.passing(target.origin(), true);
                var socket = rig.connect()) {
            var sent = new AtomicLong();
            var writing = Thread.ofVirtual().start(() -> send(socket, sent));
            assertThat(settled(sent)).isLessThan(LARGE);
            reads.countDown();
            writing.join();
            assertThat(taken.get()).isEqualTo(LARGE);
            assertThat(WireRig.until(socket, "\r\n\r\n")).startsWith("HTTP/1.1 201 Created\r\n");
            assertThat(target.heads.getFirst()).contains("Content-Length: " + LARGE);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void send(Socket socket, AtomicLong sent) {
        try {
            var head = "POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: " + LARGE + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            var piece = piece();
            for (long at = 0; at < LARGE; at += PIECE) {
                socket.getOutputStream().write(piece);
                sent.addAndGet(PIECE);
            }
        } catch (IOException closed) {
            sent.set(-1); // The test fails at what the target has taken.
        }
    }

    @Test
    void breaksOffAnAnswerWhoseTargetBreaksOff() throws IOException {
        try (var target = ScriptedTarget.start((number, head, in, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n".getBytes(ISO_8859_1));
                    return false;
                });
                var rig = WireRig.passing(target.origin(), true);
                var socket = rig.connect()) {
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
            assertThat(WireRig.untilEnd(socket)).doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void endsTheAnswerOfATargetWhoseClientIsGone() throws IOException {
        var sent = new AtomicLong();
        try (var target = sending(sent, false);
                var rig = WireRig.passing(target.origin(), true)) {
            try (var socket = rig.connect()) {
                socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
                WireRig.until(socket, "\r\n\r\n");
            }
            await().until(() -> rig.targets.openConnections() == 0);
            assertThat(sent.get()).isLessThan(LARGE);
        }
    }

    /** The target never ends its answer, so the connection would stay until the time limit of an hour. */
    @Test
    void endsTheRequestOfAClientThatHasLeftBeforeTheAnswerWasWhole() throws IOException {
        try (var target = ScriptedTarget.start((number, head, in, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun".getBytes(ISO_8859_1));
                    out.flush();
                    return in.read() >= 0;
                });
                var rig = WireRig.start(
                        WireRig.LIMITS,
                        targets -> new PassThrough(targets, target.origin(), false, Duration.ofHours(1)))) {
            try (var socket = rig.connect()) {
                socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
                await().until(() -> target.heads.size() == 1);
                assertThat(rig.targets.openConnections()).isOne();
            }
            await().until(() -> rig.targets.openConnections() == 0);
        }
    }

    /** Goal: nothing is left of answers that clients break off. Method: a thousand of them, at any point of the answer. */
    @Test
    void leavesNothingOfAThousandAnswersThatWereBrokenOff() throws Exception {
        var begun = new AtomicLong();
        var ended = new AtomicLong();
        try (var target = sending(new AtomicLong(), true);
                var rig = WireRig.start(WireRig.LIMITS, targets -> counted(targets, target.origin(), begun, ended));
                var clients = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 1_000; i++) {
                int bytes = i % 10 * 10_000;
                var unused = clients.submit(() -> {
                    try (var socket = rig.connect()) {
                        socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
                        return socket.getInputStream().readNBytes(bytes).length;
                    }
                });
            }
            clients.shutdown();
            assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(rig.targets.openConnections()).isZero());
            assertThat(begun.get()).isPositive();
            await().untilAsserted(() -> assertThat(ended).hasValue(begun.get()));
        }
    }

    /** Passes requests on, and counts what has begun and what has ended. */
    private static ExchangeHandler counted(Targets targets, String origin, AtomicLong begun, AtomicLong ended) {
        var passing = new PassThrough(targets, origin, true);
        return new ExchangeHandler() {
            @Override
            public boolean streams(Message head) {
                return true;
            }

            @Override
            public void handle(Exchange exchange) {
                begun.incrementAndGet();
                passing.handle(new Exchange() {
                    @Override
                    public Message request() {
                        return exchange.request();
                    }

                    @Override
                    public Client client() {
                        return exchange.client();
                    }

                    @Override
                    public void respond(Message response, Runnable sent) {
                        exchange.respond(response, ended::incrementAndGet);
                    }
                });
            }
        };
    }

    @Test
    void usesATargetConnectionAgainAfterAStream() throws IOException {
        try (var target = ScriptedTarget.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                var rig = WireRig.passing(target.origin(), true)) {
            for (int i = 0; i < 6; i++) { // Two event loops, each with a connection.
                assertThat(rig.ask(GET)).endsWith("hello");
            }
            assertThat(target.connections).hasSizeLessThanOrEqualTo(2);
        }
    }

    /** Answers at once, whatever the client still sends. */
    private record Hasty() implements ExchangeHandler {
        @Override
        public boolean streams(Message head) {
            return true;
        }

        @Override
        public void handle(Exchange exchange) {
            exchange.respond(WireRig.text("no thanks"), () -> {});
        }
    }

    @Test
    void closesAfterAnAnswerThatDidNotWaitForTheBody() throws IOException {
        try (var rig = WireRig.start(WireRig.LIMITS, targets -> new Hasty())) {
            var text = rig.ask(
                    "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(WireRig.statuses(text)).containsExactly(200);
            assertThat(text).contains("Connection: close\r\n").endsWith("no thanks");
        }
    }

    @Test
    void answers400ForABodyThatBreaksTheRules() throws IOException {
        try (var target = ScriptedTarget.start((number, head, in, out) -> in.read() < 0);
                var rig = WireRig.passing(target.origin(), true)) {
            var text = rig.ask("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
            assertThat(WireRig.statuses(text)).containsExactly(400);
            await().until(() -> rig.targets.openConnections() == 0);
        }
    }
}
