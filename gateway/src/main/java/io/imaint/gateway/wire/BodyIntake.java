package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Where a request's body goes as it comes: into memory, or into a stream. */
final class BodyIntake {
    private final WireLimits limits;
    private final @Nullable BodyBuffer buffer;
    private final @Nullable BodyStream stream;
    private boolean paused;
    private long taken;
    private long waited;
    private long watchedAt;

    private BodyIntake(WireLimits limits, @Nullable BodyBuffer buffer, @Nullable BodyStream stream) {
        this.limits = limits;
        this.buffer = buffer;
        this.stream = stream;
    }

    static BodyIntake memory(WireLimits limits, long length) {
        return new BodyIntake(limits, new BodyBuffer(length, limits.bodySizeMax()), null);
    }

    static BodyIntake stream(WireLimits limits, BodyStream stream) {
        return new BodyIntake(limits, null, stream);
    }

    boolean streams() {
        return stream != null;
    }

    /** Whether nothing more should be read now. */
    boolean paused() {
        return paused;
    }

    void resume() {
        paused = false;
    }

    /** Takes and releases a piece; false when the body becomes too large. */
    boolean add(ByteBuf piece) {
        taken += piece.readableBytes();
        if (buffer != null) {
            return buffer.add(piece);
        }
        if (stream == null || taken > limits.streamedSizeMax()) {
            piece.release();
            return false;
        }
        paused = !stream.offer(piece);
        return true;
    }

    /** The whole body, which is in memory. */
    Body body() {
        return buffer == null ? Body.EMPTY : buffer.body();
    }

    void finish() {
        if (stream != null) {
            stream.finish();
        }
    }

    void fail() {
        if (stream != null) {
            stream.fail();
        }
    }

    /** Whether the client has sent less than it must in the time in which it could. */
    boolean tooSlow(long now) {
        if (watchedAt != 0 && !paused) {
            waited += now - watchedAt;
        }
        watchedAt = now;
        var clients = limits.clients();
        return waited > clients.headTimeout().toNanos() && taken < waited / 1e9 * clients.bodyRateMin();
    }
}
