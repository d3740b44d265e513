package io.imaint.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document: field names to values, in the order they were put. Both engines keep exactly these kinds of values
 * and nothing else: text, {@link Long}, {@link BigDecimal}, {@link Boolean}, lists, documents and null. Dates, times
 * and instants are kept as ISO 8601 text, which sorts like what it denotes; instants always with milliseconds.
 */
public final class Document {
    private final Map<String, @Nullable Object> fields;

    public Document() {
        this.fields = new LinkedHashMap<>();
    }

    /** Puts a value, converted to the kind kept; an error in the code for any other type. */
    public Document put(String field, @Nullable Object value) {
        fields.put(field, Values.kept(value));
        return this;
    }

    /** Puts a value that is known to be of a kept kind; for loops over millions. */
    public Document putKept(String field, @Nullable Object value) {
        fields.put(field, value);
        return this;
    }

    /** The value as kept, null when the field is absent or null. */
    public @Nullable Object get(String field) {
        return fields.get(field);
    }

    public boolean has(String field) {
        return fields.containsKey(field);
    }

    public Map<String, @Nullable Object> fields() {
        return Collections.unmodifiableMap(fields);
    }

    public Optional<String> text(String field) {
        return Optional.ofNullable((String) fields.get(field));
    }

    public Optional<Long> integer(String field) {
        return Optional.ofNullable((Long) fields.get(field));
    }

    public Optional<BigDecimal> decimal(String field) {
        return Optional.ofNullable(fields.get(field))
                .map(value -> value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value);
    }

    public boolean flag(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    public Optional<LocalDate> date(String field) {
        return text(field).map(LocalDate::parse);
    }

    public Optional<LocalTime> time(String field) {
        return text(field).map(LocalTime::parse);
    }

    public Optional<Instant> instant(String field) {
        return text(field).map(Instant::parse);
    }

    /** The texts of a list field; empty when the field is absent. */
    public List<String> texts(String field) {
        return fields.get(field) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** A copy that can be changed without changing this one. */
    public Document copy() {
        var copy = new Document();
        copy.fields.putAll(fields);
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Document document && fields.equals(document.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
