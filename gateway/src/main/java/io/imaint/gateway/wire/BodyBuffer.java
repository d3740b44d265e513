package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A body that is held in memory. It grows as it comes: who announces ten megabytes does not get them at once. */
final class BodyBuffer {
    private static final int FIRST = 16 << 10;

    private final int sizeMax;
    private byte[] bytes;
    private int size;

    /**
     * @param length that is announced; negative when none is
     */
    BodyBuffer(long length, int sizeMax) {
        this.sizeMax = sizeMax;
        this.bytes = new byte[(int) (length < 0 ? 1 << 10 : Math.min(length, FIRST))];
    }

    /** Takes and releases a piece; false when the body becomes too large. */
    boolean add(ByteBuf piece) {
        try {
            int length = piece.readableBytes();
            if (length > sizeMax - size) {
                return false;
            }
            if (size + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(sizeMax, Math.max(bytes.length * 2, size + length)));
            }
            piece.readBytes(bytes, size, length);
            size += length;
            return true;
        } finally {
            piece.release();
        }
    }

    Body body() {
        return size == 0 ? Body.EMPTY : new Body.Bytes(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
    }
}
