package io.imaint.gateway.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Parts a body from what follows it: by its length, by chunks, or by the end of the connection. */
final class BodyReader {
    /** The body comes in chunks. */
    static final long CHUNKED = -1;

    /** The body ends with the connection. */
    static final long UNTIL_CLOSE = -2;

    /** A size with its extensions; nobody sends longer ones in earnest. */
    private static final int SIZE_LINE_MAX = 256;

    /** All trailers; they are dropped. */
    private static final int TRAILERS_MAX = 8 << 10;

    /** Digits of a chunk's size: more than a long's sign allows would overflow. */
    private static final int SIZE_DIGITS_MAX = 15;

    private enum Place {
        DATA,
        SIZE,
        AFTER_CHUNK,
        TRAILERS,
        DONE
    }

    private final long framing;
    private Place place;
    private long left;
    private int trailers;

    /**
     * @param framing the length, {@link #CHUNKED} or {@link #UNTIL_CLOSE}
     */
    BodyReader(long framing) {
        this.framing = framing;
        this.left = framing == UNTIL_CLOSE ? Long.MAX_VALUE : Math.max(framing, 0);
        this.place = framing == CHUNKED ? Place.SIZE : framing == 0 ? Place.DONE : Place.DATA;
    }

    long framing() {
        return framing;
    }

    boolean done() {
        return place == Place.DONE;
    }

    /** The next bytes of the body, which the caller releases; null when more must come first, or nothing does. */
    @Nullable
    ByteBuf next(ByteBuf in) throws Refused {
        while (in.isReadable()) {
            switch (place) {
                case DATA -> {
                    return data(in);
                }
                case SIZE, AFTER_CHUNK, TRAILERS -> {
                    int lf = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
                    if (lf < 0) {
                        checkUnfinished(in);
                        return null;
                    }
                    line(in, lf - in.readerIndex());
                }
                case DONE -> {
                    return null;
                }
            }
        }
        return null;
    }

    private ByteBuf data(ByteBuf in) {
        int length = (int) Math.min(left, in.readableBytes());
        left -= framing == UNTIL_CLOSE ? 0 : length;
        if (left == 0) {
            place = framing == CHUNKED ? Place.AFTER_CHUNK : Place.DONE;
        }
        return in.readRetainedSlice(length);
    }

    private void checkUnfinished(ByteBuf in) throws Refused {
        int max = place == Place.TRAILERS ? TRAILERS_MAX : place == Place.SIZE ? SIZE_LINE_MAX : 1;
        if (in.readableBytes() > max) {
            throw Refused.bad("A line between chunks is too long");
        }
    }

    /** Takes a line between chunks, which ends at its LF. */
    private void line(ByteBuf in, int length) throws Refused {
        int from = in.readerIndex();
        in.skipBytes(length + 1);
        if (length == 0 || in.getByte(from + length - 1) != '\r') {
            throw Refused.bad("A line between chunks does not end with CR and LF");
        }
        int content = length - 1;
        switch (place) {
            case SIZE -> size(in, from, content);
            case AFTER_CHUNK -> {
                if (content != 0) {
                    throw Refused.bad("A chunk is longer than its size");
                }
                place = Place.SIZE;
            }
            default -> trailer(in, from, content);
        }
    }

    private void size(ByteBuf in, int from, int length) throws Refused {
        long size = 0;
        int at = 0;
        for (; at < length; at++) {
            int digit = Bytes.hex(in.getByte(from + at) & 0xff);
            if (digit < 0) {
                break;
            }
            size = size << 4 | digit;
        }
        boolean extended = at < length && in.getByte(from + at) == ';';
        if (at == 0 || at > SIZE_DIGITS_MAX || length > SIZE_LINE_MAX || (at < length && !extended)) {
            throw Refused.bad("A chunk has no size");
        }
        checkField(in, from + at, length - at);
        left = size;
        place = size == 0 ? Place.TRAILERS : Place.DATA;
    }

    private void trailer(ByteBuf in, int from, int length) throws Refused {
        trailers += length + 2;
        if (trailers > TRAILERS_MAX) {
            throw Refused.bad("The trailers are too long");
        }
        checkField(in, from, length);
        if (length == 0) {
            place = Place.DONE;
        }
    }

    private static void checkField(ByteBuf in, int from, int length) throws Refused {
        for (int at = from; at < from + length; at++) {
            if (!Bytes.field(in.getByte(at) & 0xff)) {
                throw Refused.bad("A line between chunks has a control character");
            }
        }
    }
}
