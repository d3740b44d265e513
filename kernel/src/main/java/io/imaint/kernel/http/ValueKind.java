package io.imaint.kernel.http;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A type that the value of a parameter, or of a body's field, can have.
 *
 * @param words what a value must be, for people
 * @param parse reads a value; throws IllegalArgumentException or DateTimeParseException when it is none
 */
record ValueKind(Class<?> type, String words, Function<String, Object> parse) {
    /** The kind behind a type of a record's component; an error in the code for any other type. */
    static ValueKind of(Class<?> type) {
        if (type == String.class) {
            return new ValueKind(type, "text", text -> text);
        } else if (type == int.class || type == Integer.class) {
            return new ValueKind(type, "a whole number", Integer::valueOf);
        } else if (type == long.class || type == Long.class) {
            return new ValueKind(type, "a whole number", Long::valueOf);
        } else if (type == boolean.class || type == Boolean.class) {
            return new ValueKind(type, "true or false", ValueKind::truth);
        } else if (type == LocalDate.class) {
            return new ValueKind(type, "a date such as 2026-03-31", LocalDate::parse);
        } else if (type == Instant.class) {
            return new ValueKind(type, "a time such as 2026-03-31T08:15:00Z", Instant::parse);
        } else if (type == Duration.class) {
            return new ValueKind(type, "a duration such as PT5M", Duration::parse);
        } else if (type.isEnum()) {
            var words =
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
            return new ValueKind(type, "one of " + words, text -> constant(type, text));
        }
        throw new AssertionError(type + " cannot be a parameter");
    }

    /** The value, empty when the text is none of this kind. */
    Optional<Object> read(String text) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException | DateTimeParseException refused) {
            return Optional.empty();
        }
    }

    boolean number() {
        return type == int.class || type == Integer.class || type == long.class || type == Long.class;
    }

    boolean truth() {
        return type == boolean.class || type == Boolean.class;
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Object constant(Class<?> type, String text) {
        for (var constant : type.getEnumConstants()) {
            if (constant.toString().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
