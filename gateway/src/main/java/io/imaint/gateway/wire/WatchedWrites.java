package io.imaint.gateway.wire;

import io.netty.channel.Channel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells when the other end of a connection has not taken anything for too long. */
final class WatchedWrites {
    private final Channel channel;
    private final long nanosMax;
    private @Nullable BodyWriter writer;
    private long taken;
    private long since;
    private boolean waiting;

    WatchedWrites(Channel channel, Duration silentMax) {
        this.channel = channel;
        this.nanosMax = silentMax.toNanos();
    }

    /** From now on this one writes. */
    void begin(BodyWriter body) {
        writer = body;
    }

    boolean stuck(long now) {
        return stuck(now, nanosMax);
    }

    boolean stuck(long now, long limit) {
        var buffer = channel.unsafe().outboundBuffer();
        long pending = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        long gone = (writer == null ? 0 : writer.written()) - pending;
        if (pending == 0) {
            waiting = false;
        } else if (!waiting || gone != taken) {
            waiting = true;
            taken = gone;
            since = now;
        } else {
            return now - since > limit;
        }
        return false;
    }
}
