package io.imaint.integration.odata;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Values as the URLs of OData V2 write them: in keys, {@code Equipment(Equipment='10',Until=datetime'9999-12-31T00:00:00')},
 * and in filters. Java types are those of {@link EdmKind}; both {@link LocalDate} and {@link LocalDateTime} serve for
 * Edm.DateTime, of which parsing gives the latter.
 */
public final class Literals {
    /** No literal that SAP understands is longer; what is longer is not looked at. */
    private static final int LENGTH_MAX = 64 << 10;

    /** SAP's end of a day, which is a time of its own: {@code 24:00:00}. */
    static final Duration END_OF_DAY = Duration.ofDays(1);

    /** Edm.DateTime ends at ticks of 100 ns. */
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final String USUAL_TIME = "PT08H30M00S";

    private Literals() {}

    /**
     * A value as a literal, not yet percent-encoded. A value of another Java type than its kind holds is an error in
     * the code.
     */
    public static String literal(EdmKind kind, Object value) {
        return switch (kind) {
            case STRING -> "'" + ((String) value).replace("'", "''") + "'";
            case GUID -> "guid'" + value + "'";
            case DATE_TIME -> "datetime'" + dateTime(value) + "'";
            case DATE_TIME_OFFSET ->
                "datetimeoffset'" + dateTime(LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC)) + "Z'";
            case TIME -> "time'" + (value.equals(END_OF_DAY) ? "PT24H00M00S" : time((LocalTime) value)) + "'";
            case DECIMAL -> ((BigDecimal) value).toPlainString() + "M";
            case DOUBLE -> number((Double) value) + "d";
            case SINGLE -> number((Double) value) + "f";
            case INT64 -> (Long) value + "L";
            case INT32, INT16, BYTE, SBYTE -> ((Long) value).toString();
            case BOOLEAN -> ((Boolean) value).toString();
            case BINARY -> "X'" + HexFormat.of().withUpperCase().formatHex((byte[]) value) + "'";
            case COMPLEX, UNKNOWN -> throw new AssertionError(kind + " has no literal");
        };
    }

    /** The value of a literal, not percent-encoded; empty when the text is no literal of the kind. */
    public static Optional<Object> parse(EdmKind kind, String text) {
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            return switch (kind) {
                case STRING -> quoted("", text).flatMap(Literals::withoutDoubledQuotes);
                case GUID -> quoted("guid", text).filter(Literals::isGuid).map(Literals::guidOf);
                case DATE_TIME -> quoted("datetime", text).map(value -> LocalDateTime.parse(value, DATE_TIME));
                case DATE_TIME_OFFSET ->
                    quoted("datetimeoffset", text)
                            .map(value -> OffsetDateTime.parse(value).toInstant());
                case TIME -> quoted("time", text).map(Literals::timeOf);
                case DECIMAL -> suffixed(text, "mM").map(Literals::decimalOf);
                case DOUBLE -> suffixed(text, "dD").map(Literals::doubleOf);
                case SINGLE -> suffixed(text, "fF").map(Literals::doubleOf);
                case INT64 -> suffixed(text, "lL").map(Literals::longOf);
                case INT32, INT16, BYTE, SBYTE -> Optional.of(longOf(text));
                case BOOLEAN -> Optional.of(booleanOf(text));
                case BINARY ->
                    quoted("X", text).or(() -> quoted("binary", text)).map(HexFormat.of()::parseHex);
                case COMPLEX, UNKNOWN -> Optional.empty();
            };
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    /** Percent-encodes all but the characters that need it nowhere in a URL, and the quotes and colons of literals. */
    public static String encoded(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > 0 && (Character.isLetterOrDigit(octet) || "-._~':".indexOf(octet) >= 0);
            if (plain) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    /**
     * The time of day in {@code PT08H30M00S}, any part of which may be missing: a {@link LocalTime}, or
     * {@link #END_OF_DAY}.
     */
    static Object timeOf(String text) {
        if (usual(text)) {
            return LocalTime.of(twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8));
        }
        var rest = text.startsWith("P0DT") ? text.substring(4) : text.startsWith("PT") ? text.substring(2) : "";
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("not PT…");
        }
        long nanos = 0;
        int unit = 0;
        int start = 0;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if ((c >= '0' && c <= '9') || c == '.') {
                continue;
            }
            int at = "HMS".indexOf(c, unit);
            var number = at < 0 ? BigDecimal.ZERO : new BigDecimal(rest.substring(start, i));
            if (at < 0 || i - start > 12 || (at < 2 && number.scale() > 0)) {
                throw new IllegalArgumentException("not PT…H…M…S");
            }
            long seconds = at == 0 ? 3600 : at == 1 ? 60 : 1;
            nanos = Math.addExact(nanos, number.movePointRight(9).longValueExact() * seconds);
            unit = at + 1;
            start = i + 1;
        }
        if (start != rest.length() || nanos > END_OF_DAY.toNanos()) {
            throw new IllegalArgumentException("not a time of day");
        }
        return nanos == END_OF_DAY.toNanos() ? END_OF_DAY : LocalTime.ofNanoOfDay(nanos);
    }

    /** Whether a time is written as nearly all of them are, and within a day. */
    private static boolean usual(String text) {
        return text.length() == USUAL_TIME.length()
                && text.startsWith("PT")
                && text.charAt(4) == 'H'
                && text.charAt(7) == 'M'
                && text.charAt(10) == 'S'
                && within(twoDigits(text, 2), 23)
                && within(twoDigits(text, 5), 59)
                && within(twoDigits(text, 8), 59);
    }

    private static boolean within(int number, int most) {
        return number >= 0 && number <= most;
    }

    /** The number of two digits at a place; negative for other characters. */
    private static int twoDigits(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    /** A GUID in small letters, since some services write capitals and both name the same row. */
    static String guidOf(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static Double doubleOf(String text) {
        return switch (text) {
            case "INF", "Infinity" -> Double.POSITIVE_INFINITY;
            case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            // BigDecimal refuses what Double.parseDouble lets pass: spaces, hexadecimals, type letters.
            default -> new BigDecimal(text).doubleValue();
        };
    }

    static Long longOf(String text) {
        if (text.isEmpty() || text.length() > 20) {
            throw new IllegalArgumentException("not a whole number");
        }
        return text.indexOf('.') < 0 ? Long.parseLong(text) : new BigDecimal(text).longValueExact();
    }

    static Boolean booleanOf(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static BigDecimal decimalOf(String text) {
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw new IllegalArgumentException("a decimal has no exponent");
        }
        return new BigDecimal(text);
    }

    private static Optional<String> quoted(String prefix, String text) {
        int start = prefix.length() + 1;
        boolean fits = text.length() > start
                && text.regionMatches(0, prefix, 0, prefix.length())
                && text.charAt(start - 1) == '\''
                && text.endsWith("'");
        return fits ? Optional.of(text.substring(start, text.length() - 1)) : Optional.empty();
    }

    /** Eight, four, four, four and twelve hexadecimal digits; Java's own parser lets shorter parts pass. */
    private static boolean isGuid(String text) {
        return text.length() == 36 && UUID.fromString(text).toString().equalsIgnoreCase(text);
    }

    private static Optional<String> withoutDoubledQuotes(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                i++;
                if (i == text.length() || text.charAt(i) != '\'') {
                    return Optional.empty();
                }
            }
            plain.append(c);
        }
        return Optional.of(plain.toString());
    }

    private static Optional<String> suffixed(String text, String letters) {
        int last = text.length() - 1;
        return last > 0 && letters.indexOf(text.charAt(last)) >= 0
                ? Optional.of(text.substring(0, last))
                : Optional.empty();
    }

    private static String dateTime(Object value) {
        var dateTime = value instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) value;
        assert dateTime.getYear() >= 1 && dateTime.getYear() <= 9999 : "Edm.DateTime has years of four digits";
        return DATE_TIME.format(dateTime);
    }

    private static String time(LocalTime time) {
        var seconds = BigDecimal.valueOf(time.getSecond() * 1_000_000_000L + time.getNano(), 9)
                .stripTrailingZeros()
                .toPlainString();
        var padded = time.getSecond() < 10 ? "0" + seconds : seconds;
        return "PT%02dH%02dM%sS".formatted(time.getHour(), time.getMinute(), padded);
    }

    private static String number(Double value) {
        if (value.isInfinite()) {
            return value > 0 ? "INF" : "-INF";
        }
        return value.toString();
    }
}
