package io.imaint.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document: field names to values, in the order they were put. Both engines keep exactly these kinds of values
 * and nothing else: text, {@link Long}, {@link BigDecimal}, {@link Boolean}, lists, documents and null. Dates, times
 * and instants are kept as ISO 8601 text, which sorts like what it denotes; instants always with milliseconds.
 */
public final class Document {
    /** Room for the few fields of a small document. */
    private static final int ROOM = 8;

    /*
     * Loads make documents by the million, so names and values lie in two arrays, and an index of open addresses tells
     * a name's place: a quarter of the memory of a linked map, and read in order without following links. The index is
     * built when a name is first looked for: a document that was read and becomes a record, whose codec knows the places,
     * never has one.
     */
    private String[] names;
    private @Nullable Object[] values;
    private volatile int @Nullable [] index; // Volatile because readers of one document may be several threads.
    private int size;

    public Document() {
        this(ROOM);
    }

    /** A document with room for a number of fields; more make it grow. */
    public Document(int expected) {
        int room = Math.max(ROOM, expected);
        this.names = new String[room];
        this.values = new Object[room];
    }

    /** The index is never more than half full, so that a name is found in a step or two. */
    private static int indexFor(int room) {
        return Integer.highestOneBit(room * 2 - 1) * 2;
    }

    /** Puts a value, converted to the kind kept; an error in the code for any other type. */
    public Document put(String field, @Nullable Object value) {
        return putKept(field, Values.kept(value));
    }

    /** Puts a value that is known to be of a kept kind; for loops over millions. */
    public Document putKept(String field, @Nullable Object value) {
        var known = index();
        int slot = slot(known, field);
        int place = known[slot] - 1;
        if (place >= 0) {
            values[place] = value;
            return this;
        }
        if (size == names.length) {
            grow();
            known = index();
            slot = slot(known, field);
        }
        names[size] = field;
        values[size] = value;
        known[slot] = ++size;
        return this;
    }

    /** Adds a field that is known not to be there yet. */
    void append(String field, @Nullable Object value) {
        if (index != null) {
            putKept(field, value);
            return;
        }
        if (size == names.length) {
            grow();
        }
        names[size] = field;
        values[size++] = value;
    }

    private int[] index() {
        var known = index;
        if (known == null) {
            known = new int[indexFor(names.length)];
            for (int place = 0; place < size; place++) {
                known[slot(known, names[place])] = place + 1;
            }
            index = known;
        }
        return known;
    }

    /** Where the index has a name, or the free entry where it belongs. */
    private int slot(int[] known, String field) {
        int hash = field.hashCode() * 0x9E3779B9;
        int mask = known.length - 1;
        int slot = (hash ^ hash >>> 16) & mask;
        while (true) {
            int place = known[slot] - 1;
            if (place < 0 || names[place].equals(field)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
    }

    private void grow() {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
        index = null;
    }

    /** The value as kept, null when the field is absent or null. */
    public @Nullable Object get(String field) {
        int place = place(field);
        return place < 0 ? null : values[place];
    }

    private int place(String field) {
        var known = index();
        return known[slot(known, field)] - 1;
    }

    /** The place of a field, -1 when it is absent; quickly when it is where it was in a document like this one. */
    int place(String field, int expected) {
        return expected < size && names[expected].equals(field) ? expected : place(field);
    }

    public boolean has(String field) {
        return place(field) >= 0;
    }

    /** Calls for each field, in order, without making anything. */
    public void forEach(BiConsumer<String, @Nullable Object> each) {
        for (int place = 0; place < size; place++) {
            each.accept(names[place], values[place]);
        }
    }

    /** A copy of all fields, in order, that nobody can change; as JSON a document is these. */
    @JsonValue
    public Map<String, @Nullable Object> fields() {
        var fields = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(size);
        forEach(fields::put);
        return Collections.unmodifiableMap(fields);
    }

    int size() {
        return size;
    }

    String name(int place) {
        return names[place];
    }

    @Nullable
    Object value(int place) {
        return values[place];
    }

    public Optional<String> text(String field) {
        return Optional.ofNullable((String) get(field));
    }

    public Optional<Long> integer(String field) {
        return Optional.ofNullable((Long) get(field));
    }

    public Optional<BigDecimal> decimal(String field) {
        return Optional.ofNullable(get(field))
                .map(value -> value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value);
    }

    public boolean flag(String field) {
        return Boolean.TRUE.equals(get(field));
    }

    public Optional<LocalDate> date(String field) {
        return text(field).map(Values::date);
    }

    public Optional<LocalTime> time(String field) {
        return text(field).map(Values::time);
    }

    public Optional<Instant> instant(String field) {
        return text(field).map(Values::instant);
    }

    /** The texts of a list field; empty when the field is absent. */
    public List<String> texts(String field) {
        return get(field) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** A copy that can be changed without changing this one. */
    public Document copy() {
        var copy = new Document(0);
        copy.names = names.clone();
        copy.values = values.clone();
        copy.index = index == null ? null : index.clone();
        copy.size = size;
        return copy;
    }

    /** What documents with the same content in the same order share: SHA-256 in hexadecimal digits. */
    public String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Jsonb.write(this)));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every Java platform has SHA-256", missing);
        }
    }

    /** Equal are documents with the same fields in whatever order. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Document document) || document.size != size) {
            return false;
        }
        for (int place = 0; place < size; place++) {
            int there = document.place(names[place], place);
            if (there < 0 || !Objects.equals(values[place], document.values[there])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int place = 0; place < size; place++) {
            hash += names[place].hashCode() ^ Objects.hashCode(values[place]);
        }
        return hash;
    }

    @Override
    public String toString() {
        return fields().toString();
    }
}
