package io.imaint.simulator.odata;

import io.imaint.simulator.model.Property;
import io.imaint.simulator.model.Property.Form;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the values of properties from a body in JSON, strictly: what SAP's field could not hold is refused. */
final class JsonValues {
    /** {@code /Date(0)/} and {@code /Date(0+0060)/}; the offset says where it was said, not when it was. */
    private static final Pattern DATE = Pattern.compile("/Date\\((-?[0-9]{1,15})(?:[+-][0-9]{1,4})?\\)/");

    /** More digits than any number of the model has, few enough that reading them costs nothing. */
    private static final int NUMBER_LENGTH_MAX = 40;

    /** The greatest exponent of a decimal: written out, it must not fill the memory. */
    private static final int EXPONENT_MAX = 100;

    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private JsonValues() {}

    /**
     * A value in the type and form in which a row holds it; null where SAP's field is initial.
     *
     * @throws ODataFault if the property cannot have it
     */
    static @Nullable Object value(Property property, JsonNode node) {
        if (node.isNull()) {
            return switch (property.type()) {
                case STRING ->
                    throw ODataFault.value(property.name(), "Property '%s' is not nullable".formatted(property.name()));
                case DATE, TIME, TIMESTAMP, DECIMAL, INT32, DOUBLE, GUID -> null;
            };
        }
        try {
            return switch (property.type()) {
                case STRING -> text(property, string(property, node));
                case DATE -> date(property, string(property, node));
                case TIME -> Literals.time(string(property, node));
                case TIMESTAMP -> instant(string(property, node));
                case DECIMAL -> decimal(property, number(property, node));
                case INT32 -> number(property, node).intValueExact();
                case DOUBLE -> floating(property, number(property, node));
                case GUID -> guid(string(property, node));
            };
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException refused) {
            throw invalid(property, node);
        }
    }

    private static String string(Property property, JsonNode node) {
        if (!node.isString()) {
            throw invalid(property, node);
        }
        return node.stringValue();
    }

    /** An empty text is an initial field. */
    private static @Nullable String text(Property property, String given) {
        var text = given.stripTrailing(); // A CHAR field does not know spaces at its end.
        if (text.length() > property.length()) {
            throw ODataFault.value(
                    property.name(),
                    "The value of property '%s' has %d characters, at most %d fit"
                            .formatted(property.name(), text.length(), property.length()));
        }
        if (property.form() == Form.DIGITS && !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ODataFault.value(property.name(), "Property '%s' takes digits only".formatted(property.name()));
        }
        return text.isEmpty() ? null : property.internal(text);
    }

    private static LocalDate date(Property property, String text) {
        var parts = DATE.matcher(text);
        var date = parts.matches()
                ? Instant.ofEpochMilli(Long.parseLong(parts.group(1)))
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                : LocalDateTime.parse(text).toLocalDate();
        if (date.isBefore(FIRST_DAY) || date.isAfter(LAST_DAY)) {
            throw new DateTimeException(property.name());
        }
        return date;
    }

    private static Instant instant(String text) {
        var parts = DATE.matcher(text);
        return parts.matches()
                ? Instant.ofEpochMilli(Long.parseLong(parts.group(1)))
                : OffsetDateTime.parse(text).toInstant();
    }

    private static UUID guid(String text) {
        if (text.length() != 36) { // The class takes shorter ones, which are none.
            throw new IllegalArgumentException(text);
        }
        return UUID.fromString(text);
    }

    /** SAP writes numbers as texts and takes both. */
    private static BigDecimal number(Property property, JsonNode node) {
        if (node.isNumber()) {
            return small(property, node.decimalValue(), node);
        }
        var text = string(property, node);
        if (text.length() > NUMBER_LENGTH_MAX) {
            throw invalid(property, node);
        }
        return small(property, new BigDecimal(text), node);
    }

    private static BigDecimal small(Property property, BigDecimal number, JsonNode node) {
        boolean huge = Math.abs((long) number.scale()) > EXPONENT_MAX || number.precision() > EXPONENT_MAX;
        if (huge && number.signum() != 0) {
            throw invalid(property, node);
        }
        return number;
    }

    private static BigDecimal decimal(Property property, BigDecimal given) {
        var number = given.signum() == 0 ? BigDecimal.ZERO : given.stripTrailingZeros();
        if (number.scale() > property.scale()
                || number.precision() - number.scale() > property.length() - property.scale()) {
            throw ODataFault.value(
                    property.name(),
                    "The value of property '%s' exceeds precision %d and scale %d"
                            .formatted(property.name(), property.length(), property.scale()));
        }
        return number.setScale(property.scale());
    }

    private static Double floating(Property property, BigDecimal given) {
        double number = given.doubleValue();
        if (!Double.isFinite(number)) {
            throw new ArithmeticException(property.name());
        }
        return number;
    }

    private static ODataFault invalid(Property property, JsonNode node) {
        var shown = node.toString();
        return ODataFault.value(
                property.name(),
                "Property '%s' of type %s has invalid value '%s'"
                        .formatted(
                                property.name(),
                                property.type().edmName(),
                                shown.length() > NUMBER_LENGTH_MAX ? shown.substring(0, NUMBER_LENGTH_MAX) : shown));
    }
}
