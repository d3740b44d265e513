package io.imaint.integration.odata;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Turns the JSON values of one answer into Java values by the type of their property. Numbers may come as texts and
 * texts as numbers, since servers differ; a value that fits neither way is {@link Unreadable}. An empty text is no value
 * for all types but text.
 */
final class ValueReader {
    private static final long DAY_MILLIS = 86_400_000;

    /** A power of two; the dates of a page repeat, and few differ by this many days. */
    private static final int DATES = 1024;

    /** Digits that a long holds whatever they are. */
    private static final int LONG_DIGITS = 18;

    /** Written out, a number with a larger exponent would fill the memory. */
    private static final int EXPONENT_MAX = 400;

    private static final JsonFactory PLAIN = new JsonFactory();

    private final JsonParser parser;
    private final @Nullable LocalDate[] dates = new @Nullable LocalDate[DATES];

    /** A value that is not of its property's type. The JSON around it is in order: the parser stands in or behind it. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String value;
        private final String reason;

        private Unreadable(String value, String reason) {
            super(reason, null, false, false); // One row may have hundreds of them, and who catches it needs no trace.
            this.value = value;
            this.reason = reason;
        }

        String value() {
            return value;
        }

        String reason() {
            return reason;
        }
    }

    ValueReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The value at which the parser stands; it stands at the value's last token afterwards.
     *
     * @throws Unreadable if it is not of the property's type
     */
    @Nullable
    Object read(EdmProperty property, JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (property.kind()) {
            case STRING -> simple(property, token).getString();
            case GUID -> Literals.guidOf(simple(property, token).getString());
            case UNKNOWN -> token.isScalarValue() ? parser.getString() : json();
            case COMPLEX -> complex(property, token);
            default -> simple(property, token).getStringLength() == 0 ? null : converted(property, token);
        };
    }

    private JsonParser simple(EdmProperty property, JsonToken token) {
        if (!token.isScalarValue()) {
            throw wrong(property, "an object or array");
        }
        return parser;
    }

    private Object converted(EdmProperty property, JsonToken token) {
        try {
            return switch (property.kind()) {
                case DATE_TIME -> dateTime(property);
                case DATE_TIME_OFFSET -> instant();
                case TIME -> Literals.timeOf(parser.getString());
                case DECIMAL -> decimal();
                case DOUBLE, SINGLE -> Literals.doubleOf(parser.getString());
                case INT64, INT32, INT16, BYTE, SBYTE -> integer(token);
                case BOOLEAN -> bool(token);
                case BINARY -> parser.getBinaryValue();
                case STRING, GUID, UNKNOWN, COMPLEX -> throw new AssertionError("read() handles " + property);
            };
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException | InputCoercionException unlike) {
            throw wrong(property, parser.getString());
        } catch (StreamReadException notBase64) {
            if (property.kind() != EdmKind.BINARY) {
                throw notBase64;
            }
            throw wrong(property, parser.getString());
        }
    }

    private Object dateTime(EdmProperty property) {
        if (!isMillis()) {
            return day(property, LocalDateTime.parse(parser.getString()));
        }
        long millis = millis();
        if (property.date() && Math.floorMod(millis, DAY_MILLIS) == 0) {
            return date(Math.floorDiv(millis, DAY_MILLIS));
        }
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    private static Object day(EdmProperty property, LocalDateTime value) {
        boolean whole = property.date() && value.toLocalTime().toNanoOfDay() == 0;
        return whole ? value.toLocalDate() : value;
    }

    private Object instant() {
        if (isMillis()) {
            return Instant.ofEpochMilli(millis());
        }
        var text = parser.getString();
        boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
        return zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    private LocalDate date(long epochDay) {
        int slot = (int) epochDay & (DATES - 1);
        var date = dates[slot];
        if (date == null || date.toEpochDay() != epochDay) {
            date = LocalDate.ofEpochDay(epochDay);
            dates[slot] = date;
        }
        return date;
    }

    private boolean isMillis() {
        return parser.getStringCharacters()[parser.getStringOffset()] == '/';
    }

    /**
     * The milliseconds of {@code /Date(1700000000000)/} and {@code /Date(1700000000000+0060)/}. The offset is the
     * writer's time zone in minutes; the milliseconds are UTC already.
     */
    private long millis() {
        var chars = parser.getStringCharacters();
        int start = parser.getStringOffset();
        int end = start + parser.getStringLength();
        if (end - start < 9
                || chars[start + 1] != 'D'
                || chars[start + 2] != 'a'
                || chars[start + 3] != 't'
                || chars[start + 4] != 'e'
                || chars[start + 5] != '('
                || chars[end - 2] != ')'
                || chars[end - 1] != '/') {
            throw new IllegalArgumentException("not /Date(…)/");
        }
        int i = start + 6;
        boolean negative = chars[i] == '-';
        i += negative || chars[i] == '+' ? 1 : 0;
        int digits = i;
        long millis = 0;
        for (; i < end - 2 && chars[i] >= '0' && chars[i] <= '9'; i++) {
            millis = 10 * millis + chars[i] - '0';
        }
        if (i == digits || i - digits > LONG_DIGITS) {
            throw new IllegalArgumentException("no number of milliseconds");
        }
        if (i < end - 2) {
            skipOffset(chars, i, end - 2);
        }
        return negative ? -millis : millis;
    }

    private static void skipOffset(char[] chars, int start, int end) {
        boolean offset = (chars[start] == '+' || chars[start] == '-') && start + 1 < end;
        for (int i = start + 1; offset && i < end; i++) {
            offset = chars[i] >= '0' && chars[i] <= '9';
        }
        if (!offset) {
            throw new IllegalArgumentException("no offset in minutes");
        }
    }

    private Long integer(JsonToken token) {
        return token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : Literals.longOf(parser.getString());
    }

    private Boolean bool(JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> Literals.booleanOf(parser.getString());
        };
    }

    private BigDecimal decimal() {
        var chars = parser.getStringCharacters();
        int start = parser.getStringOffset();
        int length = parser.getStringLength();
        int i = start + (chars[start] == '-' ? 1 : 0);
        long unscaled = 0;
        int digits = 0;
        int point = -1;
        for (; i < start + length; i++) {
            char c = chars[i];
            if (c >= '0' && c <= '9' && digits < LONG_DIGITS) {
                unscaled = 10 * unscaled + c - '0';
                digits++;
            } else if (c == '.' && point < 0) {
                point = digits;
            } else {
                return decimal(chars, start, length);
            }
        }
        if (digits == 0) {
            throw new IllegalArgumentException("no digits");
        }
        return BigDecimal.valueOf(chars[start] == '-' ? -unscaled : unscaled, point < 0 ? 0 : digits - point);
    }

    private static BigDecimal decimal(char[] chars, int start, int length) {
        var value = new BigDecimal(chars, start, length);
        if (Math.abs((long) value.scale()) > EXPONENT_MAX) {
            throw new IllegalArgumentException("an exponent beyond " + EXPONENT_MAX);
        }
        return value;
    }

    private Object complex(EdmProperty property, JsonToken token) {
        var type = property.complex();
        assert type != null : "a complex property has a type";
        if (token != JsonToken.START_OBJECT) {
            throw wrong(property, parser.getString());
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var inner = parser.nextToken();
            int place = type.place(name);
            if (place < 0) {
                parser.skipChildren();
            } else {
                map.put(name, read(type.properties().get(place), inner));
            }
        }
        return map;
    }

    private String json() {
        var text = new StringWriter();
        try (var generator = PLAIN.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private static Unreadable wrong(EdmProperty property, String value) {
        return new Unreadable(value, "%s is declared as %s".formatted(property.name(), property.typeName()));
    }
}
