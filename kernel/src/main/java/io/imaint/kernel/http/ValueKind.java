package io.imaint.kernel.http;

import io.imaint.kernel.identifiers.Identifier;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A type that the value of a parameter, or of a body's field, can have.
 *
 * @param words what a value must be, for people
 * @param json how a value is written in JSON
 * @param parse reads a value; throws IllegalArgumentException or DateTimeException when it is none
 */
record ValueKind(Class<?> type, String words, JsonForm json, Function<String, Object> parse) {
    /** Digits of a decimal, before and after the point; more is no measurement and makes texts of megabytes. */
    private static final int DIGITS_MAX = 34;

    /** The years that ISO 8601 writes with four digits, so that dates sort as text. */
    private static final int YEAR_MAX = 9_999;

    /** Durations as both ISO 8601 and Java write them: no years and months, nothing negative. */
    static final Pattern DURATION =
            Pattern.compile("P(?!$)(\\d{1,9}D)?(T(?=\\d)(\\d{1,9}H)?(\\d{1,9}M)?(\\d{1,12}(\\.\\d{1,9})?S)?)?");

    /** A time of day without a zone. */
    static final Pattern LOCAL_TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?");

    /** How a value is written in JSON. */
    enum JsonForm {
        TEXT,
        WHOLE_NUMBER,
        NUMBER,
        TRUTH
    }

    /** The kind behind a type of a record's component; an error in the code for any other type. */
    static ValueKind of(Class<?> type) {
        if (type == String.class) {
            return text(type, "text", ValueKind::wellFormed);
        } else if (type == int.class || type == Integer.class) {
            return new ValueKind(type, "a whole number", JsonForm.WHOLE_NUMBER, Integer::valueOf);
        } else if (type == long.class || type == Long.class) {
            return new ValueKind(type, "a whole number", JsonForm.WHOLE_NUMBER, Long::valueOf);
        } else if (type == BigDecimal.class) {
            return new ValueKind(type, "a number", JsonForm.NUMBER, ValueKind::decimal);
        } else if (type == boolean.class || type == Boolean.class) {
            return new ValueKind(type, "true or false", JsonForm.TRUTH, ValueKind::truth);
        } else if (type.isEnum()) {
            var words =
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
            return text(type, "one of " + words, text -> constant(type, text));
        } else if (Identifier.class.isAssignableFrom(type) && type.isRecord()) {
            var words = "a key of at most %d characters".formatted(length(type));
            return text(type, words, text -> identifier(type, text));
        }
        return time(type);
    }

    private static ValueKind time(Class<?> type) {
        if (type == LocalDate.class) {
            return text(type, "a date such as 2026-03-31", text -> ofFourDigits(LocalDate.parse(text)));
        } else if (type == LocalTime.class) {
            return text(type, "a time of day such as 07:30", text -> LocalTime.parse(matching(LOCAL_TIME, text)));
        } else if (type == Instant.class) {
            return text(type, "a time such as 2026-03-31T08:15:00Z", ValueKind::instant);
        } else if (type == Duration.class) {
            return text(type, "a duration such as PT5M", text -> Duration.parse(matching(DURATION, text)));
        }
        throw new AssertionError(type + " cannot be the value of a parameter or a field");
    }

    private static ValueKind text(Class<?> type, String words, Function<String, Object> parse) {
        return new ValueKind(type, words, JsonForm.TEXT, parse);
    }

    /** The longest form of an identifier, which its class names in the constant {@code LENGTH}. */
    static int length(Class<?> identifier) {
        try {
            return identifier.getField("LENGTH").getInt(null);
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError(identifier + " names no LENGTH", missing);
        }
    }

    /** The value, empty when the text is none of this kind. */
    Optional<Object> read(String text) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException refused) {
            return Optional.empty();
        }
    }

    boolean number() {
        return json == JsonForm.WHOLE_NUMBER || json == JsonForm.NUMBER;
    }

    /** Halves of a character pair that stand alone cannot be written in UTF-8, and NUL ends texts in too many places. */
    private static String wellFormed(String text) {
        if (text.indexOf('\0') >= 0 || text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static BigDecimal decimal(String text) {
        var value = new BigDecimal(text);
        if (value.precision() > DIGITS_MAX || Math.abs((long) value.scale()) > DIGITS_MAX) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static LocalDate ofFourDigits(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > YEAR_MAX) {
            throw new IllegalArgumentException(date.toString());
        }
        return date;
    }

    private static Instant instant(String text) {
        var instant = Instant.parse(text);
        ofFourDigits(LocalDate.ofInstant(instant, ZoneOffset.UTC));
        return instant;
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
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

    private static Object identifier(Class<?> type, String text) {
        try {
            return type.getConstructor(String.class).newInstance(wellFormed(text));
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(text, refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(type + " has no constructor of a text", impossible);
        }
    }
}
