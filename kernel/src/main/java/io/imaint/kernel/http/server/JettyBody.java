package io.imaint.kernel.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;

/** A request's body by Jetty's stream, with an eye on how fast it comes. */
final class JettyBody extends InputStream {
    private final InputStream in;
    private final long length;
    private volatile boolean waiting;
    private volatile boolean slow;
    private volatile long size;
    private volatile long waited;
    private long began;
    private boolean whole;

    /**
     * A body that nobody has read from.
     *
     * @param length negative where the end of the stream will tell
     */
    JettyBody(InputStream in, long length) {
        this.in = in;
        this.length = length;
        this.whole = length == 0;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        if (whole) {
            return -1;
        }
        long since = System.nanoTime();
        if (began == 0) {
            began = since;
        }
        waiting = true;
        int read;
        try {
            read = in.read(bytes, from, count);
        } catch (IOException broken) {
            throw new BodyRefused(slow || timedOut(broken) ? Refusal.BODY_TOO_SLOW : Refusal.MALFORMED, broken);
        } finally {
            waited = waited + System.nanoTime() - since; // By the reader alone.
            waiting = false;
        }
        long sum = size + Math.max(0, read);
        size = sum; // Written by the reader alone.
        whole = read < 0 || sum == length;
        return read;
    }

    private static boolean timedOut(Throwable broken) {
        var cause = broken.getCause();
        return broken instanceof TimeoutException || (cause != null && timedOut(cause));
    }

    /** True when it was read to its end, so that the next request may follow. */
    boolean whole() {
        return whole;
    }

    /** True while somebody waits for more of it. */
    boolean waiting() {
        return waiting;
    }

    /** Nanoseconds that its client let the handler wait. */
    long waited() {
        return waited;
    }

    /** True when it comes slower than it must. */
    boolean tooSlow(long now, ServerLimits limits) {
        long late = now - began - limits.headTimeout().toNanos();
        slow = late > 0 && size < (double) late / 1_000_000_000 * limits.bodyRateMin();
        return slow;
    }
}
