package io.imaint.simulator.odata;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.Property;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The written form of values in addresses and filters. */
final class Literals {
    /** The longest number taken: more digits than any property has, few enough that parsing costs nothing. */
    private static final int NUMBER_LENGTH_MAX = 40;

    private static final Pattern TIME = Pattern.compile("PT(?:(\\d{1,2})H)?(?:(\\d{1,2})M)?(?:(\\d{1,2})S)?");
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?");
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] DOUBLED_QUOTE = "%27%27".getBytes(StandardCharsets.US_ASCII);

    private Literals() {}

    /**
     * The value of a quoted literal for a property.
     *
     * @param prefix what stands before the quotes: empty, {@code datetime}, {@code datetimeoffset} or {@code time}
     * @param content what stands between them, doubled quotes made single
     */
    static Object quoted(Property property, String prefix, String content) {
        try {
            return switch (property.type()) {
                case STRING -> of(prefix, "", property, content);
                case DATE -> LocalDateTime.parse(of(prefix, "datetime", property, content));
                case TIME -> time(of(prefix, "time", property, content));
                case TIMESTAMP -> instant(of(prefix, "datetimeoffset", property, content));
                case GUID -> UUID.fromString(of(prefix, "guid", property, content));
                case DECIMAL, INT32, DOUBLE -> throw mismatch(property, prefix + "'" + content + "'");
            };
        } catch (DateTimeException | IllegalArgumentException refused) {
            throw mismatch(property, prefix + "'" + content + "'");
        }
    }

    /** The value of a literal without quotes for a property: a number or null. */
    static @Nullable Object plain(Property property, String word) {
        if (word.equals("null")) {
            return switch (property.type()) {
                case STRING -> "";
                case DATE, TIME, TIMESTAMP, DECIMAL, INT32, DOUBLE, GUID -> null;
            };
        }
        return switch (property.type()) {
            case STRING, DATE, TIME, TIMESTAMP, GUID -> throw mismatch(property, word);
            case DECIMAL -> number(property, word, "MmLl");
            case DOUBLE -> number(property, word, "DdFfMmLl").doubleValue();
            case INT32 -> {
                try {
                    yield number(property, word, "Ll").intValueExact();
                } catch (ArithmeticException refused) {
                    throw mismatch(property, word);
                }
            }
        };
    }

    /** The type of a literal that no property gives its type; a number without a suffix is a decimal or an integer. */
    static EdmType type(Expression.Literal literal) {
        var word = literal.prefix();
        if (literal.content() != null) {
            return switch (word) {
                case "" -> EdmType.STRING;
                case "datetime" -> EdmType.DATE;
                case "time" -> EdmType.TIME;
                case "datetimeoffset" -> EdmType.TIMESTAMP;
                case "guid" -> EdmType.GUID;
                default -> throw invalid(literal);
            };
        }
        if (word.matches("[-+]?\\d+[lL]?")) {
            return EdmType.INT32;
        }
        return word.matches(".*[dDfF]|.*[eE][-+]?\\d+") ? EdmType.DOUBLE : EdmType.DECIMAL;
    }

    /** The value of a literal, numbers as decimals unless they are floating. */
    static Object typed(EdmType type, Expression.Literal literal) {
        var content = literal.content();
        try {
            return switch (type) {
                case STRING -> Objects.requireNonNull(content);
                case DATE -> LocalDateTime.parse(Objects.requireNonNull(content));
                case TIME -> time(Objects.requireNonNull(content));
                case TIMESTAMP -> instant(Objects.requireNonNull(content));
                case GUID -> UUID.fromString(Objects.requireNonNull(content));
                case DECIMAL, INT32 -> number(literal.prefix(), "MmLl");
                case DOUBLE -> number(literal.prefix(), "DdFf").doubleValue();
            };
        } catch (DateTimeException | IllegalArgumentException refused) {
            throw invalid(literal);
        }
    }

    private static ODataFault invalid(Expression.Literal literal) {
        var content = literal.content();
        return ODataFault.literal(
                "Literal %s is invalid".formatted(literal.prefix() + (content == null ? "" : "'" + content + "'")));
    }

    private static String of(String prefix, String expected, Property property, String content) {
        if (!prefix.equals(expected)) {
            throw mismatch(property, prefix + "'" + content + "'");
        }
        return content;
    }

    private static Instant instant(String content) {
        return OffsetDateTime.parse(content).toInstant();
    }

    /** Reads {@code PT08H30M00S}; a {@link DateTimeException} if it is none. */
    static LocalTime time(String content) {
        var parts = TIME.matcher(content);
        if (!parts.matches() || content.length() == 2) {
            throw new DateTimeException("no time");
        }
        return LocalTime.of(part(parts.group(1)), part(parts.group(2)), part(parts.group(3)));
    }

    private static int part(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static BigDecimal number(Property property, String word, String suffixes) {
        try {
            return number(word, suffixes);
        } catch (IllegalArgumentException refused) {
            throw mismatch(property, word);
        }
    }

    private static BigDecimal number(String word, String suffixes) {
        int end = word.length() - 1;
        var digits = end > 0 && suffixes.indexOf(word.charAt(end)) >= 0 ? word.substring(0, end) : word;
        if (digits.length() > NUMBER_LENGTH_MAX || !NUMBER.matcher(digits).matches()) {
            throw new IllegalArgumentException("no number");
        }
        return new BigDecimal(digits);
    }

    private static ODataFault mismatch(Property property, String literal) {
        return ODataFault.literal("Literal %s is not of type %s of property %s"
                .formatted(literal, property.type().edmName(), property.name()));
    }

    /** Bytes being collected for one address; reused row after row. */
    static final class Bytes {
        private byte[] bytes = new byte[256];
        private int length;

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        void clear() {
            length = 0;
        }

        void add(int b) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = (byte) b;
        }

        void add(byte[] more) {
            for (byte b : more) {
                add(b);
            }
        }

        /** A quoted text literal, percent-encoded. */
        void addQuoted(String text) {
            add('\'');
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < 0x80 && unreserved(c)) {
                    add(c);
                } else {
                    addEncoded(text.substring(i));
                    break;
                }
            }
            add('\'');
        }

        private void addEncoded(String rest) {
            for (byte b : rest.getBytes(StandardCharsets.UTF_8)) {
                if (b == '\'') {
                    add(DOUBLED_QUOTE);
                } else if (b > 0 && unreserved((char) b)) {
                    add(b);
                } else {
                    add('%');
                    add(HEX[(b >> 4) & 0xF]);
                    add(HEX[b & 0xF]);
                }
            }
        }

        private static boolean unreserved(char c) {
            return (c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || c == '-'
                    || c == '.'
                    || c == '_'
                    || c == '~';
        }
    }
}
