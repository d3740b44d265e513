package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.gateway.flow.Message;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;

/** Writes the heads of HTTP/1 messages. Whatever policies have set, a head can't become two. */
final class HeadWriter {
    /** The body's length is written as chunks. */
    static final long CHUNKED = -1;

    /** The head announces no body. */
    static final long NONE = -2;

    /** Grows when a head needs more. */
    private byte[] bytes = new byte[8 << 10];

    private int size;

    /**
     * Writes the head of an answer.
     *
     * @param length of the body, {@link #CHUNKED} or {@link #NONE}
     * @param connection value of the header; empty for none
     */
    void answer(ByteBuf out, Message answer, long length, String connection, String date) {
        size = 0;
        text("HTTP/1.1 ");
        number(answer.status());
        raw(' ');
        field(answer.reason());
        line();
        boolean dated = headers(answer.headers().lines());
        if (!dated) {
            header("Date", date);
        }
        if (!connection.isEmpty()) {
            header("Connection", connection);
        }
        length(length);
        line();
        out.writeBytes(bytes, 0, size);
    }

    /**
     * Writes the head of a request.
     *
     * @param host for the header of this name
     */
    void request(ByteBuf out, Message request, long length, String host) {
        size = 0;
        text(request.verb());
        raw(' ');
        target(request.path().isEmpty() ? "/" : request.path());
        var query = request.query();
        if (!query.isEmpty()) {
            raw('?');
            target(query);
        }
        text(" HTTP/1.1\r\n");
        header("Host", host);
        headers(request.headers().lines());
        length(length);
        line();
        out.writeBytes(bytes, 0, size);
    }

    private void length(long length) {
        if (length == CHUNKED) {
            text("Transfer-Encoding: chunked\r\n");
        } else if (length >= 0) {
            text("Content-Length: ");
            number(length);
            line();
        }
    }

    /** Whether a date is among them. */
    private boolean headers(HttpHeaders lines) {
        boolean dated = false;
        if (lines instanceof HeaderLines ours) {
            for (int at = 0; at < ours.size(); at++) {
                dated |= kept(ours.name(at), ours.value(at));
            }
        } else {
            for (var line : lines) {
                dated |= kept(line.getKey(), line.getValue());
            }
        }
        return dated;
    }

    private boolean kept(String name, String value) {
        if (!PerHop.made(name)) {
            header(name, value);
        }
        return name.length() == 4 && name.equalsIgnoreCase("Date");
    }

    private void header(String name, String value) {
        text(name);
        raw(':');
        raw(' ');
        field(value);
        line();
    }

    private void line() {
        ensure(2);
        bytes[size++] = '\r';
        bytes[size++] = '\n';
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private void raw(char c) {
        ensure(1);
        bytes[size++] = (byte) c;
    }

    /** Writes what is ASCII, such as names of headers, which have been checked. */
    @SuppressWarnings("deprecation") // It copies bytes of Latin-1 as they are, which is fast.
    private void text(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    /** Writes a value. What is no character of a value would end the line, and what has no byte becomes a question mark. */
    private void field(String value) {
        int length = value.length();
        ensure(length);
        for (int at = 0; at < length; at++) {
            char c = value.charAt(at);
            bytes[size++] = c <= 0xff && Bytes.field(c) ? (byte) c : (byte) '?';
        }
    }

    /** Writes a path or query. What must not stand there is encoded. */
    private void target(String text) {
        ensure(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c > ' ' && c < 0x7f && c != '#') {
                ensure(text.length() - at);
                bytes[size++] = (byte) c;
            } else {
                int symbol = text.codePointAt(at);
                at += Character.charCount(symbol) - 1;
                for (byte b : Character.toString(symbol).getBytes(UTF_8)) {
                    text("%%%02X".formatted(b));
                }
            }
        }
    }

    private void number(long number) {
        text(Long.toString(number));
    }
}
