package io.imaint.store;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.UTF8JsonGenerator;

/**
 * SQLite's binary form of JSON, written and read without SQLite.
 *
 * <p>An element is a head and a payload. The low half of the head's first byte is the kind, the high half the payload's
 * length, or 12 to 15 when the length follows in 1, 2, 4 or 8 bytes. Texts are raw UTF-8, numbers are their JSON text,
 * lists and documents are their elements, names and values in turn. A container's length is known only at its end, so
 * its head always has four bytes of length, filled in afterwards.
 *
 * <p>A {@link Long} is written as a whole number and a {@link BigDecimal} always with a point or an exponent, so that
 * each comes back as what it was, the decimal with its scale. Equal documents give equal bytes, which is how the engines
 * recognise an unchanged one.
 */
final class Jsonb {
    /** Ours never nest deeper than a few levels; a document that contains itself must not overflow the stack. */
    private static final int DEPTH_MAX = 64;

    /** The precision that both engines support: that of a Decimal128. */
    private static final int DECIMAL_DIGITS_MAX = 34;

    private static final int NULL = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int WHOLE = 3;
    private static final int FRACTION = 5;
    private static final int TEXT = 7;
    private static final int TEXT_RAW = 10;
    private static final int LIST = 11;
    private static final int DOCUMENT = 12;

    private static final int LENGTH_INLINE_MAX = 11;
    private static final int LENGTH_IN_1 = 12;
    private static final int LENGTH_IN_2 = 13;
    private static final int LENGTH_IN_4 = 14;
    private static final int CONTAINER_HEAD = 5;

    /** Most documents fit, so the buffer rarely grows. */
    private static final int BUFFER_START = 1024;

    private byte[] buffer;
    private int at;
    private int end;

    private Jsonb(byte[] buffer) {
        this.buffer = buffer;
    }

    /** A writer of many documents, one after the other, by one thread. */
    static Jsonb writer() {
        return new Jsonb(new byte[BUFFER_START]);
    }

    static byte[] write(Document document) {
        return writer().bytes(document);
    }

    /** The bytes of a document. */
    byte[] bytes(Document document) {
        at = 0;
        value(document, 0);
        return Arrays.copyOf(buffer, at);
    }

    /** The document in bytes that {@link #write} made; {@link IllegalArgumentException} for other bytes. */
    static Document read(byte[] bytes) {
        try {
            var reader = new Jsonb(bytes);
            if (reader.value(0) instanceof Document document && reader.at == bytes.length) {
                return document;
            }
        } catch (IndexOutOfBoundsException cut) {
            throw new IllegalArgumentException("the bytes end within an element", cut);
        }
        throw new IllegalArgumentException("not one document");
    }

    /** A reader of bytes that {@link #write} made, by the places of its elements; it may be used by one thread at a time. */
    static Jsonb reader(byte[] bytes) {
        return new Jsonb(bytes);
    }

    /** The place that is read next. */
    int at() {
        return at;
    }

    /** Enters the one document that the bytes are; returns its end. */
    int enterDocument() {
        int kind = enter();
        if (kind != DOCUMENT || end != buffer.length) {
            throw new IllegalArgumentException("not one document");
        }
        return end;
    }

    /** Reads the name of a field; returns where it starts, and it ends where its value begins. */
    int enterName() {
        int kind = enter();
        if (kind != TEXT_RAW && kind != TEXT) {
            throw new IllegalArgumentException("a field has no name");
        }
        int start = at;
        at = end;
        return start;
    }

    /** Passes over an element. */
    void skip() {
        enter();
        at = end;
    }

    /** The value that begins at a place. */
    @Nullable
    Object valueAt(int place) {
        int before = at;
        at = place;
        var value = value(1);
        at = before;
        return value;
    }

    boolean isText(int place) {
        int kind = buffer[place] & 0xF;
        return kind == TEXT_RAW || kind == TEXT;
    }

    boolean isWhole(int place) {
        return (buffer[place] & 0xF) == WHOLE;
    }

    boolean isNumber(int place) {
        return isWhole(place) || (buffer[place] & 0xF) == FRACTION;
    }

    boolean isFlag(int place) {
        int kind = buffer[place] & 0xF;
        return kind == TRUE || kind == FALSE;
    }

    /** Whether the value at a place is a list, and each of its items passes. */
    boolean isList(int place, IntPredicate item) {
        if ((buffer[place] & 0xF) != LIST) {
            return false;
        }
        int before = at;
        at = place;
        enter();
        int last = end;
        boolean pass = true;
        while (pass && at < last) {
            pass = item.test(at);
            skip();
        }
        at = before;
        return pass;
    }

    /** Writes the text, number, flag, or list of these at a place as JSON. */
    void copy(int place, JsonGenerator json) {
        int from = place + 1;
        int size = (buffer[place] & 0xFF) >> 4;
        int bytes = size < LENGTH_IN_1 ? 0 : 1 << (size - LENGTH_IN_1);
        int length = bytes == 0 ? size : 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (buffer[from++] & 0xFF);
        }
        switch (buffer[place] & 0xF) {
            case TEXT, TEXT_RAW -> {
                if (json instanceof UTF8JsonGenerator) {
                    json.writeUTF8String(buffer, from, length);
                } else {
                    json.writeString(new String(buffer, from, length, StandardCharsets.UTF_8));
                }
            }
            case TRUE -> json.writeBoolean(true);
            case FALSE -> json.writeBoolean(false);
            case WHOLE -> json.writeNumber(new String(buffer, from, length, StandardCharsets.ISO_8859_1));
            case FRACTION ->
                json.writeNumber(new BigDecimal(new String(buffer, from, length, StandardCharsets.ISO_8859_1)));
            case LIST -> {
                json.writeStartArray();
                int next = from;
                while (next < from + length) {
                    copy(next, json);
                    next = after(next);
                }
                json.writeEndArray();
            }
            default -> throw new AssertionError("not to be copied");
        }
    }

    private int after(int place) {
        at = place;
        enter();
        return end;
    }

    private void value(@Nullable Object value, int depth) {
        assert depth < DEPTH_MAX : "a document nests too deeply";
        switch (value) {
            case null -> head(NULL, 0);
            case String text -> text(text);
            case Long whole -> number(WHOLE, whole.toString());
            case BigDecimal decimal -> number(FRACTION, fraction(decimal));
            case Boolean flag -> head(flag ? TRUE : FALSE, 0);
            case Document document -> {
                int start = containerStart(DOCUMENT);
                for (int place = 0; place < document.size(); place++) {
                    text(document.name(place));
                    value(document.value(place), depth + 1);
                }
                containerEnd(start);
            }
            case List<?> list -> {
                int start = containerStart(LIST);
                for (Object item : list) {
                    value(item, depth + 1);
                }
                containerEnd(start);
            }
            default -> throw new AssertionError("a document cannot keep a " + value.getClass());
        }
    }

    private static String fraction(BigDecimal decimal) {
        assert decimal.precision() <= DECIMAL_DIGITS_MAX : "too many digits to keep";
        var text = decimal.toString();
        return text.indexOf('.') < 0 && text.indexOf('E') < 0 ? text + "e0" : text;
    }

    private void text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        head(TEXT_RAW, bytes.length);
        payload(bytes);
    }

    private void number(int kind, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        head(kind, bytes.length);
        payload(bytes);
    }

    private void head(int kind, int length) {
        reserve(CONTAINER_HEAD);
        if (length <= LENGTH_INLINE_MAX) {
            buffer[at++] = (byte) (length << 4 | kind);
        } else if (length <= 0xFF) {
            buffer[at++] = (byte) (LENGTH_IN_1 << 4 | kind);
            buffer[at++] = (byte) length;
        } else if (length <= 0xFFFF) {
            buffer[at++] = (byte) (LENGTH_IN_2 << 4 | kind);
            buffer[at++] = (byte) (length >> 8);
            buffer[at++] = (byte) length;
        } else {
            buffer[at++] = (byte) (LENGTH_IN_4 << 4 | kind);
            length4(at, length);
            at += 4;
        }
    }

    private int containerStart(int kind) {
        reserve(CONTAINER_HEAD);
        buffer[at] = (byte) (LENGTH_IN_4 << 4 | kind);
        at += CONTAINER_HEAD;
        return at;
    }

    private void containerEnd(int start) {
        length4(start - 4, at - start);
    }

    private void length4(int where, int length) {
        buffer[where] = (byte) (length >> 24);
        buffer[where + 1] = (byte) (length >> 16);
        buffer[where + 2] = (byte) (length >> 8);
        buffer[where + 3] = (byte) length;
    }

    private void payload(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, at, bytes.length);
        at += bytes.length;
    }

    private void reserve(int more) {
        if (buffer.length - at < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, at + more));
        }
    }

    private @Nullable Object value(int depth) {
        if (depth >= DEPTH_MAX) {
            throw new IllegalArgumentException("nests too deeply");
        }
        int kind = enter();
        int end = this.end;
        return switch (kind) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case WHOLE -> Long.valueOf(string(end, StandardCharsets.ISO_8859_1));
            case FRACTION -> new BigDecimal(string(end, StandardCharsets.ISO_8859_1));
            case TEXT, TEXT_RAW -> string(end, StandardCharsets.UTF_8);
            case LIST -> {
                var list = new ArrayList<@Nullable Object>();
                while (at < end) {
                    list.add(value(depth + 1));
                }
                yield list;
            }
            case DOCUMENT -> {
                var document = new Document();
                while (at < end) {
                    if (!(value(depth + 1) instanceof String name)) {
                        throw new IllegalArgumentException("a field has no name");
                    }
                    document.append(name, value(depth + 1));
                }
                yield document;
            }
            default -> throw new IllegalArgumentException("no such kind of element");
        };
    }

    /** Reads the head of an element; returns its kind, and {@link #end} is where it ends. */
    private int enter() {
        int head = buffer[at++] & 0xFF;
        int length = length(head >> 4);
        end = at + length;
        if (length < 0 || end < at || end > buffer.length) {
            throw new IllegalArgumentException("an element is longer than the bytes");
        }
        return head & 0xF;
    }

    private int length(int size) {
        int bytes = switch (size) {
            case LENGTH_IN_1 -> 1;
            case LENGTH_IN_2 -> 2;
            case LENGTH_IN_4 -> 4;
            case LENGTH_IN_4 + 1 -> throw new IllegalArgumentException("an element is too long");
            default -> 0;
        };
        if (bytes == 0) {
            return size;
        }
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (buffer[at++] & 0xFF);
        }
        return length;
    }

    private String string(int end, Charset charset) {
        var text = new String(buffer, at, end - at, charset);
        at = end;
        return text;
    }
}
