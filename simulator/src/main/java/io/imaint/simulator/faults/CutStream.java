package io.imaint.simulator.faults;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A stream that breaks off: it passes on a number of bytes, flushes them, and throws {@link CutOff} at the next.
 * Closing it does not close what is below, or a body that broke off would look finished.
 */
public final class CutStream extends OutputStream {
    private final OutputStream out;
    private final long limit;
    private long written;

    public CutStream(OutputStream out, long limit) {
        this.out = out;
        this.limit = limit;
    }

    /** A stream that keeps nothing and only counts: what is written to it tells how long a body is. */
    public static CutStream counting() {
        return new CutStream(nullOutputStream(), Long.MAX_VALUE);
    }

    /** How many bytes went through. */
    public long written() {
        return written;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int some = (int) Math.min(length, limit - written);
        out.write(bytes, from, some);
        written += some;
        if (some < length) {
            out.flush();
            throw new CutOff(limit);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
