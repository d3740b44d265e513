package io.imaint.integration.odata;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.helidon.http.ClientResponseHeaders;
import io.helidon.http.HeaderName;
import io.helidon.webclient.api.HttpClientResponse;
import io.imaint.kernel.problem.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request under way and the body of its answer.
 *
 * <p>The network is read by a virtual thread of its own, which hands over what it received in pieces through a short
 * queue. This gives three things at once. The answer as a whole has a deadline, also against a server that sends a byte
 * now and then and so never meets the read timeout: a thread that waits for a queue can give up, and the interrupt of a
 * virtual thread closes the socket it reads from. The interrupt never hits the reader's own work, such as a store being
 * written. And the next pieces arrive while the rows of the last are being stored.
 */
final class Transfer extends InputStream {
    /** Together with the size of a piece: half a megabyte read ahead, about a page's worth of a slow sink. */
    private static final int PIECES_MAX = 16;

    private static final int PIECE_BYTES = 32 << 10;

    /** How deep the causes of an exception are searched; deeper ones are loops. */
    private static final int CAUSES_MAX = 20;

    private sealed interface Piece {
        record Head(int status, ClientResponseHeaders headers) implements Piece {}

        record Bytes(ByteBuffer buffer) implements Piece {}

        record End() implements Piece {}

        record Broken(Throwable cause) implements Piece {}
    }

    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES_MAX);
    private final Thread receiver;
    private final Duration waitMax;
    private final LongSupplier nanoTime;
    private long waitNanosLeft;
    private Piece.@Nullable Head head;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private long received;
    private boolean ended;

    private Transfer(Supplier<HttpClientResponse> request, Duration waitMax, LongSupplier nanoTime) {
        this.waitMax = waitMax;
        this.nanoTime = nanoTime;
        this.waitNanosLeft = waitMax.toNanos();
        this.receiver = Thread.ofVirtual().name("odata-receiver").unstarted(() -> receive(request));
    }

    /**
     * Sends the request and waits for the head of the answer.
     *
     * @param request sends it
     */
    static Transfer start(Supplier<HttpClientResponse> request, Duration waitMax, LongSupplier nanoTime)
            throws ConnectionLost {
        var transfer = new Transfer(request, waitMax, nanoTime);
        transfer.receiver.start();
        try {
            transfer.awaitHead();
            return transfer;
        } catch (RuntimeException | ConnectionLost failed) {
            transfer.close();
            throw failed;
        }
    }

    /** The connection ended before an answer began, as one does that the server had closed while it was idle. */
    static final class ConnectionLost extends Exception {
        private static final long serialVersionUID = 1;

        ConnectionLost(Throwable cause) {
            super(reason(cause), cause);
        }
    }

    int status() {
        return head().status();
    }

    ClientResponseHeaders headers() {
        return head().headers();
    }

    /** The first value of a header, empty when the answer does not have it. */
    String header(HeaderName name) {
        return headers().first(name).orElse("");
    }

    /** Bytes of the body that were read so far, compressed if they came so. */
    long received() {
        return received;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!current.hasRemaining()) {
            if (ended) {
                return -1;
            }
            current = nextBytes();
        }
        int count = Math.min(length, current.remaining());
        current.get(bytes, offset, count);
        received += count;
        return count;
    }

    /** Gives the connection back when the answer was read to its end, else closes it. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            receiver.interrupt();
        }
    }

    /** The next bytes, none at the end of the answer. */
    private ByteBuffer nextBytes() throws IOException {
        switch (take()) {
            case Piece.Bytes bytes -> {
                return bytes.buffer();
            }
            case Piece.End end -> {
                ended = true;
                var declared = headers().contentLength();
                if (declared.isPresent() && declared.getAsLong() != received) {
                    throw new EOFException("%,d bytes of %,d".formatted(received, declared.getAsLong()));
                }
            }
            case Piece.Broken broken -> {
                ended = true;
                if (hasCause(broken.cause(), SocketTimeoutException.class)) {
                    throw ODataProblem.SAP_TIMEOUT.because(
                            "no data within the read timeout, after %,d bytes of the response".formatted(received),
                            broken.cause());
                }
                throw new IOException(reason(broken.cause()), broken.cause());
            }
            case Piece.Head again -> throw new AssertionError("an answer has one head");
        }
        return ByteBuffer.allocate(0);
    }

    private void awaitHead() throws ConnectionLost {
        switch (take()) {
            case Piece.Head received -> head = received;
            case Piece.Broken broken -> {
                ended = true;
                throw beforeAnswer(broken.cause());
            }
            case Piece.Bytes early -> throw new AssertionError("an answer begins with its head");
            case Piece.End early -> throw new AssertionError("an answer begins with its head");
        }
    }

    private static Failure beforeAnswer(Throwable cause) throws ConnectionLost {
        if (hasCause(cause, SocketTimeoutException.class)) {
            boolean connecting = reason(cause).toLowerCase(Locale.ROOT).contains("connect");
            return connecting
                    ? ODataProblem.SAP_UNREACHABLE.because("no connection within the connect timeout", cause)
                    : ODataProblem.SAP_TIMEOUT.because("no response within the read timeout", cause);
        }
        if (hasCause(cause, ConnectException.class)
                || hasCause(cause, UnknownHostException.class)
                || hasCause(cause, NoRouteToHostException.class)
                || hasCause(cause, SSLException.class)) {
            return ODataProblem.SAP_UNREACHABLE.because(reason(cause), cause);
        }
        throw new ConnectionLost(cause);
    }

    private Piece take() {
        long start = nanoTime.getAsLong();
        try {
            var piece = pieces.poll(waitNanosLeft, NANOSECONDS);
            waitNanosLeft -= nanoTime.getAsLong() - start;
            if (piece != null) {
                return piece;
            }
            close();
            throw ODataProblem.SAP_TIMEOUT.because(
                    "the response was not complete within %s; %,d bytes had arrived".formatted(waitMax, received));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close();
            throw ODataProblem.SAP_UNREACHABLE.because("the read was interrupted", interrupted);
        }
    }

    /** The receiver's whole life; it ends with the answer, a failure, or the interrupt. */
    private void receive(Supplier<HttpClientResponse> request) {
        try {
            try (var response = request.get()) {
                pieces.put(new Piece.Head(response.status().code(), response.headers()));
                if (response.entity().hasEntity()) {
                    receive(response.inputStream());
                }
            }
            pieces.put(new Piece.End());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error failed) {
            // Nobody waits any more when the queue is full, so an offer loses nothing after a close.
            broken(failed);
        }
    }

    private void receive(InputStream body) throws IOException, InterruptedException {
        int count;
        do {
            var bytes = new byte[PIECE_BYTES];
            count = body.read(bytes, 0, bytes.length);
            if (count > 0) {
                pieces.put(new Piece.Bytes(ByteBuffer.wrap(bytes, 0, count)));
            }
        } while (count >= 0);
    }

    private void broken(Throwable failed) {
        try {
            pieces.put(new Piece.Broken(failed));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Piece.Head head() {
        assert head != null : "start() returns with the head";
        return head;
    }

    private static boolean hasCause(Throwable failed, Class<? extends Throwable> type) {
        @Nullable Throwable cause = failed;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The message of the innermost cause that has one. */
    private static String reason(Throwable failed) {
        var reason = failed.getClass().getSimpleName();
        @Nullable Throwable cause = failed;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            var message = cause.getMessage();
            if (message != null && !(cause instanceof UncheckedIOException)) {
                reason = cause.getClass().getSimpleName() + ": " + message;
            }
            cause = cause.getCause();
        }
        return reason;
    }

    /** The body of an answer after decompression, with an end to its size so that a small answer cannot fill the memory. */
    static final class Decoded extends InputStream {
        private static final int GZIP_BUFFER_BYTES = 32 << 10;

        private final InputStream in;
        private final long bytesMax;
        private long count;

        /** Takes the value of the Content-Encoding header. */
        Decoded(InputStream body, String encoding, long bytesMax) throws IOException {
            this.bytesMax = bytesMax;
            this.in = switch (encoding.strip().toLowerCase(Locale.ROOT)) {
                case "", "identity" -> body;
                case "gzip", "x-gzip" -> new GZIPInputStream(body, GZIP_BUFFER_BYTES);
                case "deflate" -> new InflaterInputStream(body);
                default ->
                    throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                            "it is encoded as '%s', but gzip or deflate was requested".formatted(encoding));
            };
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count += Math.max(read, 0);
            if (count > bytesMax) {
                throw ODataProblem.SAP_ANSWER_TOO_LARGE.because("it exceeds %,d bytes".formatted(bytesMax));
            }
            return read;
        }
    }
}
