package io.imaint.integration.outbound;

import io.imaint.integration.definition.Mapping;
import io.imaint.integration.definition.Mapping.Field;
import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntityType;
import io.imaint.store.Document;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of an integration the other way round: the values of our fields as the JSON of OData V2.
 *
 * <pre>
 *   text, codes   "ABC"; null clears it as ""       date        "/Date(1767571200000)/", or "20260105" in a text
 *   flag          "X" or ""                         time        "PT08H30M00S"
 *   decimal       "12.500", as SAP writes it        instant     "/Date(1767571200000+0000)/"
 * </pre>
 */
final class OutgoingFields {
    /**
     * The properties whose texts SAP keeps with leading zeros where they are digits (conversion exit ALPHA), which no
     * metadata tells. Most services convert them; some do not.
     */
    private static final Set<String> ALPHA =
            Set.of("AUFNR", "RAUFNR", "QMNUM", "EQUNR", "HEQUI", "POINT", "MDOCM", "COUNTER", "WARPL", "PRUEFLOS");

    private final Mapping mapping;
    private final EntityType type;

    OutgoingFields(Mapping mapping, EntityType type) {
        this.mapping = mapping;
        this.type = type;
    }

    /**
     * The properties for a document's fields.
     *
     * @throws io.imaint.kernel.problem.Failure {@link OutboundProblem#COMMAND_FIELD_UNMAPPED} naming all fields that have
     *     none, or {@link OutboundProblem#COMMAND_VALUE_UNFIT} naming all values that do not fit
     */
    Map<String, @Nullable Object> properties(Document values) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        var unmapped = new ArrayList<String>();
        var unfit = new ArrayList<String>();
        values.forEach((name, value) -> {
            var field = field(name);
            if (field == null) {
                unmapped.add(name);
                return;
            }
            var property = type.properties().get(type.place(field.from()));
            try {
                properties.put(field.from(), value(field, property, value));
            } catch (DateTimeException | ArithmeticException | IllegalArgumentException | ClassCastException wrong) {
                unfit.add("%s is '%s', but %s is %s".formatted(name, value, field.from(), property.typeName()));
            }
        });
        if (!unmapped.isEmpty()) {
            throw OutboundProblem.COMMAND_FIELD_UNMAPPED.because(
                    "%s of %s".formatted(String.join(", ", unmapped), mapping.collection()));
        }
        if (!unfit.isEmpty()) {
            throw OutboundProblem.COMMAND_VALUE_UNFIT.because(String.join("; ", unfit));
        }
        return properties;
    }

    /** The line of the mapping that fills a field and can be read backwards; null when there is none. */
    private @Nullable Field field(String name) {
        for (var field : mapping.fields()) {
            boolean reversible = switch (field.convert()) {
                case TEXT, DATE, INSTANT, FLAG, LOOKUP -> true;
                case CODES, LIFECYCLE -> false;
            };
            if (field.to().equals(name) && reversible && type.place(field.from()) >= 0) {
                return field;
            }
        }
        return null;
    }

    private static @Nullable Object value(Field field, EdmProperty property, @Nullable Object value) {
        return switch (field.convert()) {
            case FLAG -> flag(property, value);
            case LOOKUP -> typed(property, looked(field, value));
            case TEXT, DATE, INSTANT, CODES, LIFECYCLE -> typed(property, value);
        };
    }

    private static Object flag(EdmProperty property, @Nullable Object value) {
        boolean set = value != null && (Boolean) value;
        return property.kind() == EdmKind.BOOLEAN ? (Object) set : set ? "X" : "";
    }

    private static @Nullable Object looked(Field field, @Nullable Object value) {
        for (var entry : Objects.requireNonNull(field.lookup()).table().entrySet()) {
            if (entry.getValue().equals(value)) {
                return entry.getKey();
            }
        }
        if (value == null) {
            return null;
        }
        throw new IllegalArgumentException("not in the table");
    }

    /** A value as the JSON of a property's type; texts cannot be null in SAP. */
    static @Nullable Object typed(EdmProperty property, @Nullable Object value) {
        if (value == null || value.equals("")) {
            return property.kind() == EdmKind.STRING ? "" : null;
        }
        return switch (property.kind()) {
            case STRING -> text(property, value);
            case GUID, UNKNOWN -> value.toString();
            case DATE_TIME -> "/Date(%d)/".formatted(dateTime(value.toString()));
            case DATE_TIME_OFFSET -> "/Date(%d+0000)/".formatted(instant(value.toString()));
            case TIME -> time(LocalTime.parse(value.toString()));
            case DECIMAL -> decimal(property, number(value)).toPlainString();
            case DOUBLE, SINGLE -> number(value).toPlainString();
            case INT64 -> Long.toString(number(value).longValueExact());
            case INT32 -> number(value).intValueExact();
            case INT16 -> (int) number(value).shortValueExact();
            case SBYTE -> (int) number(value).byteValueExact();
            case BYTE -> within(number(value).intValueExact(), 255);
            case BOOLEAN -> (Boolean) value;
            case BINARY, COMPLEX -> throw new IllegalArgumentException("not a simple value");
        };
    }

    private static String text(EdmProperty property, Object value) {
        var text = switch (value) {
            case String given -> given.stripTrailing();
            case BigDecimal number -> number.toPlainString();
            case Long number -> number.toString();
            case Boolean flag -> flag ? "X" : "";
            default -> throw new IllegalArgumentException("not a simple value");
        };
        int length = property.maxLength();
        if (length == DAY_LENGTH && text.length() == 10 && text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return text.replace("-", "");
        }
        if (length > 0 && text.length() > length) {
            throw new IllegalArgumentException("longer than " + length);
        }
        boolean zeros = ALPHA.contains(property.name()) && text.length() < length && text.matches("\\d+");
        return zeros ? "0".repeat(length - text.length()) + text : text;
    }

    private static final int DAY_LENGTH = 8;

    private static BigDecimal number(Object value) {
        return switch (value) {
            case BigDecimal number -> number;
            case Long number -> BigDecimal.valueOf(number);
            case String text -> new BigDecimal(text.strip());
            default -> throw new IllegalArgumentException("not a number");
        };
    }

    /** With the scale of the property; more digits than it has are an error, not to be rounded away. */
    private static BigDecimal decimal(EdmProperty property, BigDecimal number) {
        if (property.precision() == 0) {
            return number;
        }
        var scaled = number.setScale(property.scale());
        if (scaled.precision() > property.precision()) {
            throw new ArithmeticException("more than %d digits".formatted(property.precision()));
        }
        return scaled;
    }

    private static int within(int number, int most) {
        if (number < 0 || number > most) {
            throw new ArithmeticException("not within 0 to " + most);
        }
        return number;
    }

    private static long dateTime(String text) {
        var time = text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : localTime(text);
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static LocalDateTime localTime(String text) {
        return text.endsWith("Z")
                ? LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC)
                : LocalDateTime.parse(text);
    }

    private static long instant(String text) {
        return text.indexOf('T') < 0 ? dateTime(text) : Instant.parse(text).toEpochMilli();
    }

    private static String time(LocalTime time) {
        return "PT%02dH%02dM%02dS".formatted(time.getHour(), time.getMinute(), time.getSecond());
    }

    /** Whether two values are one to SAP: numbers by value, texts without the zeros before digits, nothing is initial. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(plain(one), plain(other));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag ? flag : null;
            case Long number -> plain(BigDecimal.valueOf(number));
            case Double number -> plain(BigDecimal.valueOf(number));
            case BigDecimal number -> number.signum() == 0 ? null : number.stripTrailingZeros();
            case String text -> {
                var stripped = text.strip();
                var digits = stripped.matches("0*[0-9]+") ? stripped.replaceFirst("^0+(?=.)", "") : stripped;
                yield digits.isEmpty() ? null : digits;
            }
            default -> value;
        };
    }
}
