package io.imaint.kernel.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. It is answered once: the first of {@link #send}, {@link #stream} and {@link #hangUp} wins,
 * whichever thread calls it, and the others do nothing.
 *
 * <p>A connection whose request has a body that was not read to its end closes after the answer.
 */
public interface HttpExchange {
    /** Length of a stream whose end alone will tell it. */
    long LENGTH_UNKNOWN = -1;

    String method();

    /** The path as sent, percent-encoded. */
    String path();

    /** The query as sent, percent-encoded, without its question mark; empty where there is none. */
    String query();

    /** The host and port under which the client reached us, as it says. */
    String authority();

    /** The address at the other end of the connection. */
    String remoteAddress();

    /** A header's values, joined by commas; empty where it is missing. */
    String header(String name);

    /** Calls for each header line, in their order. */
    void eachHeader(BiConsumer<String, String> each);

    boolean hasBody();

    /** The body as it comes; empty where there is none. Reading fails with {@link BodyRefused}. */
    InputStream body();

    /**
     * Bounds the time of the handler: after it, its thread is interrupted. When it has sent no answer a moment later,
     * another thread runs what is to be done, which is to send one.
     */
    void limit(Duration time, Runnable whenOver);

    /** True once the time of {@link #limit} is over. */
    boolean overdue();

    /**
     * Sends an answer whole. For HEAD only its length is sent, for status 204 and 304 neither.
     *
     * @param headers is given what takes each header line
     * @return false when there was an answer before
     */
    boolean send(int status, Consumer<BiConsumer<String, String>> headers, byte[] body);

    /**
     * Begins an answer whose body is written bit by bit and waits for the client. Closing the stream ends the answer; a
     * handler that returns without closing breaks it off. Null when there was an answer before.
     */
    @Nullable
    OutputStream stream(int status, Consumer<BiConsumer<String, String>> headers, long length) throws IOException;

    /** Closes the connection, whatever was sent. */
    void hangUp();
}
