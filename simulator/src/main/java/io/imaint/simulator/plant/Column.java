package io.imaint.simulator.plant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of an extract's table, held compactly: few different values (plants, dates, names) as one or two bytes a
 * row that point at them, many different ones (numbers, texts) as they are.
 */
final class Column {
    private static final int BYTE_CODES = 256;
    private static final int CHAR_CODES = 65_536;

    private final List<@Nullable Object> values = new ArrayList<>();
    private Map<Object, Integer> codes = new HashMap<>();
    private byte[] bytes = new byte[16];
    private char[] chars = {};
    private @Nullable Object[] plain = {};
    private int size;

    Column() {
        values.add(null);
    }

    int size() {
        return size;
    }

    void add(@Nullable Object value) {
        int code = plain.length > 0 ? 0 : code(value);
        if (plain.length > 0) {
            plain = size == plain.length ? Arrays.copyOf(plain, larger()) : plain;
            plain[size++] = value;
        } else if (chars.length > 0) {
            chars = size == chars.length ? Arrays.copyOf(chars, larger()) : chars;
            chars[size++] = (char) code;
        } else {
            bytes = size == bytes.length ? Arrays.copyOf(bytes, larger()) : bytes;
            bytes[size++] = (byte) code;
        }
    }

    private int larger() {
        return size + size / 2 + 16;
    }

    /** The code of a value, which may be its first; widens the column when the codes run out. */
    private int code(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        Integer known = codes.get(value);
        if (known != null) {
            return known;
        }
        int code = values.size();
        if (code == BYTE_CODES) {
            chars = new char[larger()];
            for (int i = 0; i < size; i++) {
                chars[i] = (char) (bytes[i] & 0xFF);
            }
            bytes = new byte[0];
        } else if (code == CHAR_CODES) {
            plain = new Object[larger()];
            for (int i = 0; i < size; i++) {
                plain[i] = values.get(chars[i]);
            }
            chars = new char[0];
            codes = Map.of();
            return 0;
        }
        values.add(value);
        codes.put(value, code);
        return code;
    }

    /** Says that nothing more is added, and lets go of what only adding needs. */
    void close() {
        codes = Map.of();
        bytes = bytes.length > 0 ? Arrays.copyOf(bytes, size) : bytes;
        chars = chars.length > 0 ? Arrays.copyOf(chars, size) : chars;
        plain = plain.length > 0 ? Arrays.copyOf(plain, size) : plain;
    }

    @Nullable
    Object at(int row) {
        if (plain.length > 0) {
            return plain[row];
        }
        return values.get(chars.length > 0 ? chars[row] : bytes[row] & 0xFF);
    }

    /** A text; empty where the cell is. */
    String text(int row) {
        Object value = at(row);
        return value == null ? "" : (String) value;
    }
}
