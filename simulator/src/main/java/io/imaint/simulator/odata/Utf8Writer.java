package io.imaint.simulator.odata;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes JSON text as UTF-8 through one buffer. Numbers and plain texts cost no allocation. */
final class Utf8Writer {
    /** Bytes handed on at once: large enough that the cost of a write call vanishes, small enough for the processor's cache. */
    static final int BUFFER_BYTES = 64 * 1024;

    /** The most bytes one char becomes: a backslash, u and four digits. */
    private static final int CHAR_BYTES_MAX = 6;

    private static final int TEXT_PIECE_MAX = 4096;
    private static final int NUMBER_BYTES_MAX = 20;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** For each ASCII character what stands behind the backslash: 0 nothing, 'u' four digits, else that letter. */
    private static final byte[] ESCAPES = escapes();

    private static final byte[] TENS = new byte[100];
    private static final byte[] ONES = new byte[100];

    static {
        for (int i = 0; i < 100; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
    }

    private final OutputStream out;
    private byte[] buffer;
    private int length;
    private boolean handedOn;

    Utf8Writer(OutputStream out, int capacity) {
        this.out = out;
        this.buffer = new byte[Math.max(capacity, TEXT_PIECE_MAX * CHAR_BYTES_MAX)];
    }

    void raw(byte[] bytes) throws IOException {
        raw(bytes, bytes.length);
    }

    void raw(byte[] bytes, int count) throws IOException {
        if (count > buffer.length) {
            flush();
            out.write(bytes, 0, count);
            return;
        }
        ensure(count);
        System.arraycopy(bytes, 0, buffer, length, count);
        length += count;
    }

    void raw(char ascii) throws IOException {
        ensure(1);
        buffer[length++] = (byte) ascii;
    }

    void ascii(String text) throws IOException {
        raw(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The inside of a JSON string. */
    void text(String text) throws IOException {
        int size = text.length();
        for (int from = 0; from < size; ) {
            int to = Math.min(size, from + TEXT_PIECE_MAX);
            if (to < size && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            ensure((to - from) * CHAR_BYTES_MAX);
            piece(text, from, to);
            from = to;
        }
    }

    /** The room for it has been ensured. */
    private void piece(String text, int from, int to) {
        byte[] target = buffer;
        int end = length;
        int i = from;
        for (; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || ESCAPES[c] != 0) {
                break;
            }
            target[end++] = (byte) c;
        }
        length = end;
        for (; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1))) {
                beyondBasicPlane(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                basicPlane(Character.isSurrogate(c) ? '\uFFFD' : c);
            }
        }
    }

    private void ascii(char c) {
        byte escape = ESCAPES[c];
        if (escape == 0) {
            buffer[length++] = (byte) c;
            return;
        }
        buffer[length++] = '\\';
        buffer[length++] = escape;
        if (escape == 'u') {
            buffer[length++] = '0';
            buffer[length++] = '0';
            buffer[length++] = HEX[c >> 4];
            buffer[length++] = HEX[c & 0xF];
        }
    }

    private void basicPlane(char c) {
        if (c < 0x800) {
            buffer[length++] = (byte) (0xC0 | (c >> 6));
        } else {
            buffer[length++] = (byte) (0xE0 | (c >> 12));
            buffer[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        }
        buffer[length++] = (byte) (0x80 | (c & 0x3F));
    }

    private void beyondBasicPlane(int codePoint) {
        buffer[length++] = (byte) (0xF0 | (codePoint >> 18));
        buffer[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        buffer[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        buffer[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    void number(long value) throws IOException {
        ensure(NUMBER_BYTES_MAX);
        if (value == Long.MIN_VALUE) {
            ascii(Long.toString(value));
            return;
        }
        long rest = value;
        if (rest < 0) {
            buffer[length++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long bound = 10; digits < 19 && rest >= bound; bound *= 10) {
            digits++;
        }
        int at = length + digits;
        length = at;
        while (rest >= 10) {
            long tenth = rest / 100;
            int pair = (int) (rest - tenth * 100);
            buffer[--at] = ONES[pair];
            buffer[--at] = TENS[pair];
            rest = tenth;
        }
        if (at > length - digits) {
            buffer[--at] = ONES[(int) rest];
        }
    }

    /** A number from 0 to 99 in two digits. */
    void twoDigits(int value) throws IOException {
        ensure(2);
        buffer[length++] = TENS[value];
        buffer[length++] = ONES[value];
    }

    /** Hands on what is buffered. The first array is given away with it: the server's stream holds its first write back. */
    void flush() throws IOException {
        if (length > 0) {
            out.write(buffer, 0, length);
            if (!handedOn) {
                handedOn = true;
                buffer = new byte[buffer.length];
            }
            length = 0;
        }
    }

    private void ensure(int count) throws IOException {
        if (buffer.length - length < count) {
            flush();
        }
    }

    private static byte[] escapes() {
        var escapes = new byte[0x80];
        for (int c = 0; c < 0x20; c++) {
            escapes[c] = 'u';
        }
        escapes['\n'] = 'n';
        escapes['\r'] = 'r';
        escapes['\t'] = 't';
        escapes['\b'] = 'b';
        escapes['\f'] = 'f';
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        return escapes;
    }
}
