package io.imaint.gateway.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Bytes in memory, given in pieces so that a slow reader does not make us copy them all at once. */
final class BytesSource implements Source {
    private static final int PIECE = 64 << 10;

    private final byte[] bytes;
    private int at;

    BytesSource(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void open(Runnable wake) {}

    @Override
    public @Nullable ByteBuf poll() {
        if (at == bytes.length) {
            return null;
        }
        int length = Math.min(PIECE, bytes.length - at);
        at += length;
        return Unpooled.wrappedBuffer(bytes, at - length, length);
    }

    @Override
    public boolean ended() {
        return at == bytes.length;
    }

    @Override
    public boolean failed() {
        return false;
    }

    @Override
    public void cancel() {}
}
