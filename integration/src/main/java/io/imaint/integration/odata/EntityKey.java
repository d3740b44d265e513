package io.imaint.integration.odata;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key of an entity in its two forms: in an address, {@code Set(A='1',B=datetime'2025-01-01T00:00:00')}, and as one
 * plain text for each value, of which ids of documents are made.
 *
 * <p>Two values have the same text exactly if SAP takes them for the same key. So numbers and GUIDs have one form each,
 * whatever a service writes (1.0 and 1.00, 0.0 and -0.0, capitals and small letters), while the end of a day is not its
 * beginning, a fraction of a second counts to the last digit, and texts differ by case and by each space. SAP has no null
 * in a key: an initial date, which JSON gives as null, is the empty text.
 */
public final class EntityKey {
    private static final String END_OF_DAY = "24:00";

    private EntityKey() {}

    /** The text of a value in the Java type that {@link EdmKind} names. */
    public static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case BigDecimal number ->
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            case Double number -> Double.toString(number == 0 ? 0.0 : number.doubleValue());
            case Duration ignored -> END_OF_DAY;
            case byte[] bytes -> HexFormat.of().withUpperCase().formatHex(bytes);
            default -> value.toString();
        };
    }

    /** The text that a key's value has now, from one that an earlier release may have made of it: as SAP wrote it. */
    public static String present(EdmProperty property, String text) {
        return switch (property.kind()) {
            case GUID -> Literals.guidOf(text);
            case DECIMAL -> value(property, text).map(EntityKey::text).orElse(text);
            default -> text;
        };
    }

    /** The value of a text of {@link #text}; empty when no value of the property's kind has it, as an initial date. */
    public static Optional<Object> value(EdmProperty property, String text) {
        try {
            return switch (property.kind()) {
                case STRING, GUID -> Optional.of(text);
                case DATE_TIME ->
                    Optional.of(
                            text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text));
                case DATE_TIME_OFFSET -> Optional.of(Instant.parse(text));
                case TIME -> Optional.of(text.equals(END_OF_DAY) ? Literals.END_OF_DAY : LocalTime.parse(text));
                case DECIMAL -> Optional.of(new BigDecimal(text));
                case DOUBLE, SINGLE -> Optional.of(Double.valueOf(text));
                case INT64, INT32, INT16, BYTE, SBYTE -> Optional.of(Long.valueOf(text));
                case BOOLEAN -> Optional.of(Boolean.valueOf(text));
                case BINARY -> Optional.of(HexFormat.of().parseHex(text));
                case COMPLEX, UNKNOWN -> Optional.empty();
            };
        } catch (DateTimeException | IllegalArgumentException otherKind) {
            return Optional.empty();
        }
    }

    /**
     * The key as a path writes it, percent-encoded: {@code ('4711')}, or with names when it has several properties.
     *
     * @param values in the order of the type's keys
     */
    public static String address(EntityType type, Iterable<?> values) {
        Iterator<?> each = values.iterator();
        var key = new StringBuilder("(");
        for (var name : type.keys()) {
            var property = type.properties().get(type.place(name));
            key.append(key.length() > 1 ? "," : "").append(type.keys().size() > 1 ? name + "=" : "");
            key.append(Literals.encoded(Literals.literal(property.kind(), each.next())));
        }
        return key.append(')').toString();
    }

    /**
     * The key's values by place, from an entity's address; empty unless it has one readable value for each of the key's
     * properties.
     */
    static Optional<Map<Integer, Object>> of(EntityType type, String address) {
        String plain;
        try {
            plain = URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException stray) {
            return Optional.empty();
        }
        int open = plain.indexOf('(', plain.lastIndexOf('/', quote(plain)) + 1);
        if (open < 0 || !plain.endsWith(")")) {
            return Optional.empty();
        }
        var values = new HashMap<Integer, Object>();
        var parts = parts(plain.substring(open + 1, plain.length() - 1));
        for (var part : parts) {
            int equals = parts.size() == 1 && type.keys().size() == 1 && !named(type, part) ? -1 : part.indexOf('=');
            var name = equals < 0
                    ? type.keys().getFirst()
                    : part.substring(0, equals).strip();
            if (!type.keys().contains(name)) {
                return Optional.empty();
            }
            int place = type.place(name);
            var property = type.properties().get(place);
            Literals.parse(property.kind(), part.substring(equals + 1).strip())
                    .ifPresent(value -> values.put(place, day(property, value)));
        }
        return values.size() == type.keys().size() ? Optional.of(values) : Optional.empty();
    }

    /** Whether two times are less than a millisecond apart, the digits that JSON leaves out. */
    static boolean sameMillisecond(@Nullable Object one, Object other) {
        return switch (one) {
            case LocalDateTime time when other instanceof LocalDateTime exact -> millisecond(time, exact);
            case Instant time when other instanceof Instant exact -> millisecond(time, exact);
            case null, default -> false;
        };
    }

    private static boolean millisecond(Temporal one, Temporal other) {
        return Duration.between(one, other).abs().compareTo(Duration.ofMillis(1)) < 0;
    }

    /** Where the first value in quotes begins: a slash behind it is part of a value. */
    private static int quote(String address) {
        int quote = address.indexOf('\'');
        return quote < 0 ? address.length() : quote;
    }

    private static boolean named(EntityType type, String part) {
        return part.startsWith(type.keys().getFirst() + "=");
    }

    /** Literals know no days, rows do. */
    private static Object day(EdmProperty property, Object value) {
        boolean day = property.date()
                && value instanceof LocalDateTime time
                && time.toLocalTime().equals(LocalTime.MIDNIGHT);
        return day ? ((LocalDateTime) value).toLocalDate() : value;
    }

    /** Parted at the commas outside of quotes. */
    private static List<String> parts(String predicate) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < predicate.length(); i++) {
            char c = predicate.charAt(i);
            quoted ^= c == '\'';
            if (c == ',' && !quoted) {
                parts.add(predicate.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(predicate.substring(start));
        return parts;
    }
}
