package io.imaint.simulator.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** A stream that lets only so many bytes through in a second. */
public final class SlowStream extends OutputStream {
    /** Often enough that the bytes trickle, seldom enough that the pauses last as long as they should. */
    private static final int SLICES_PER_SECOND = 20;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final OutputStream out;
    private final int bytesPerSecond;
    private final Pause pause;

    public SlowStream(OutputStream out, int bytesPerSecond, Pause pause) {
        this.out = out;
        this.bytesPerSecond = bytesPerSecond;
        this.pause = pause;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int slice = Math.max(1, bytesPerSecond / SLICES_PER_SECOND);
        for (int at = 0; at < length; at += slice) {
            int some = Math.min(slice, length - at);
            pause.pass(Duration.ofNanos(some * NANOS_PER_SECOND / bytesPerSecond));
            out.write(bytes, from + at, some);
            out.flush();
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
