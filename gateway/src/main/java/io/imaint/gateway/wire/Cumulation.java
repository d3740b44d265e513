package io.imaint.gateway.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/** The bytes of a connection that have come and were not read yet. */
final class Cumulation {
    private @Nullable ByteBuf bytes;

    /** Up to here no head ends; so a head that comes in drops is not searched from its beginning each time. */
    private int scanned;

    /** Takes more bytes. */
    void add(ByteBufAllocator allocator, ByteBuf more) {
        if (bytes == null) {
            bytes = more;
            scanned = more.readerIndex();
        } else {
            int offset = scanned - bytes.readerIndex();
            bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, bytes, more);
            scanned = bytes.readerIndex() + offset;
        }
    }

    /** For reading; null when there are none. */
    @Nullable
    ByteBuf bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == null;
    }

    int size() {
        return bytes == null ? 0 : bytes.readableBytes();
    }

    /** Where the head ends that begins here; -1 when it is not whole. */
    int headEnd() {
        if (bytes == null) {
            return -1;
        }
        int end = HeadParser.end(bytes, Math.max(bytes.readerIndex(), scanned - 2));
        if (end < 0) {
            scanned = bytes.writerIndex();
        }
        return end;
    }

    /** Lets go when all was read. */
    void trim() {
        if (bytes != null && !bytes.isReadable()) {
            release();
        }
    }

    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }

    /** Gives all bytes to the caller, who releases them. */
    ByteBuf take() {
        var all = bytes;
        bytes = null;
        if (all == null) {
            throw new IllegalStateException("there are none");
        }
        return all;
    }
}
