package io.imaint.gateway.policy;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The types of values that policies name in their attribute {@code type}. */
enum ValueType {
    STRING,
    BOOLEAN,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    /** A part of a document, as text. */
    NODESET;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A text as a value of this type; null where it can't be one. */
    @Nullable
    Object parse(String text) {
        var stripped = text.strip();
        try {
            return switch (this) {
                case STRING, NODESET -> text;
                case BOOLEAN -> truth(stripped);
                case INTEGER -> new BigDecimal(stripped).intValueExact();
                case LONG -> new BigDecimal(stripped).longValueExact();
                case FLOAT -> Float.valueOf(stripped);
                case DOUBLE -> Double.valueOf(stripped);
            };
        } catch (NumberFormatException | ArithmeticException other) {
            return null;
        }
    }

    private static @Nullable Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }
}
