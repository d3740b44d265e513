package io.imaint.simulator.console;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Property;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entities as administrators read and type them. */
final class EntityText {
    /** Longer than any number that a property holds. */
    private static final int NUMBER_LENGTH_MAX = 40;

    /** The transaction in which SAP's people change an entity of a set; for the rest it is the business object's. */
    private static final Map<EntitySet, String> TRANSACTIONS = Map.ofEntries(
            Map.entry(IcwpModel.WORK_ORDER, "IW32"),
            Map.entry(IcwpModel.OPERATION, "IW32"),
            Map.entry(IcwpModel.COMPONENT, "IW32"),
            Map.entry(IcwpModel.NOTIFICATION, "IW22"),
            Map.entry(IcwpModel.NOTIFICATION_ITEM, "IW22"),
            Map.entry(IcwpModel.CAUSE, "IW22"),
            Map.entry(IcwpModel.TASK, "IW22"),
            Map.entry(IcwpModel.ACTIVITY, "IW22"),
            Map.entry(IcwpModel.EQUIPMENT, "IE02"),
            Map.entry(IcwpModel.FUNCTIONAL_LOCATION, "IL02"),
            Map.entry(IcwpModel.TIME_SHEET, "CAT2"),
            Map.entry(IcwpModel.INSPECTION_CHARACTERISTIC, "QE02"));

    private EntityText() {}

    static String transaction(EntitySet set) {
        return TRANSACTIONS.getOrDefault(set, "SM30");
    }

    /** A typed key in SAP's internal form. */
    static List<String> key(EntitySet set, List<String> typed) {
        var names = set.properties().subList(0, set.keyLength());
        if (typed.size() != names.size()) {
            throw new WrongUse("The key of %s is %s, not %d values"
                    .formatted(
                            set.name(),
                            String.join(" ", names.stream().map(Property::name).toList()),
                            typed.size()));
        }
        var key = new ArrayList<String>();
        for (int i = 0; i < typed.size(); i++) {
            key.add(names.get(i).internal(typed.get(i)));
        }
        return key;
    }

    /** A value for JSON and for people: dates and times as ISO 8601 writes them. */
    static @Nullable Object shown(@Nullable Object value) {
        return value == null || value instanceof Number ? value : value.toString();
    }

    /** A value as a form shows it. */
    static String typed(@Nullable Object value) {
        return value == null ? "" : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** The kind of an HTML input for a property. */
    static String inputType(Property property) {
        return switch (property.type()) {
            case DATE -> "date";
            case STRING, TIME, TIMESTAMP, DECIMAL, INT32, DOUBLE, GUID -> "text";
        };
    }

    /** What was typed for a property; empty is SAP's initial value. */
    static @Nullable Object value(Property property, @Nullable String typed) {
        if (typed == null || typed.isEmpty()) {
            return null;
        }
        try {
            return switch (property.type()) {
                case STRING -> text(property, typed);
                case DATE -> LocalDate.parse(typed);
                case TIME -> LocalTime.parse(typed);
                case TIMESTAMP -> Instant.parse(typed);
                case DECIMAL -> decimal(property, typed);
                case INT32 -> Integer.valueOf(typed);
                case DOUBLE -> finite(property, number(typed).doubleValue());
                case GUID -> UUID.fromString(typed);
            };
        } catch (WrongUse known) {
            throw known;
        } catch (DateTimeException | IllegalArgumentException refused) {
            throw new WrongUse(
                    "%s (%s) takes %s, not '%s'".formatted(property.name(), property.label(), form(property), typed));
        }
    }

    private static String text(Property property, String typed) {
        if (typed.length() > property.length()) {
            throw new WrongUse("%s (%s) takes at most %d characters, not %d"
                    .formatted(property.name(), property.label(), property.length(), typed.length()));
        }
        return property.internal(typed);
    }

    private static BigDecimal decimal(Property property, String typed) {
        var number = number(typed);
        var scaled = number.stripTrailingZeros();
        boolean fits = scaled.scale() <= property.scale()
                && scaled.precision() - scaled.scale() <= property.length() - property.scale();
        if (!fits) {
            throw new IllegalArgumentException(typed);
        }
        return number.setScale(property.scale(), RoundingMode.UNNECESSARY);
    }

    private static double finite(Property property, double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(property.name());
        }
        return number;
    }

    private static BigDecimal number(String typed) {
        if (typed.length() > NUMBER_LENGTH_MAX || !typed.matches("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")) {
            throw new IllegalArgumentException(typed);
        }
        return new BigDecimal(typed);
    }

    private static String form(Property property) {
        return switch (property.type()) {
            case STRING -> "a text";
            case DATE -> "a day such as 2026-12-31";
            case TIME -> "a time such as 07:30:00";
            case TIMESTAMP -> "a moment such as 2026-12-31T07:30:00Z";
            case DECIMAL ->
                "a number with up to %d digits, %d of them decimals".formatted(property.length(), property.scale());
            case INT32 -> "a whole number";
            case DOUBLE -> "a number";
            case GUID -> "a GUID";
        };
    }
}
