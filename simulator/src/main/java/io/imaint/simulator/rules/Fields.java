package io.imaint.simulator.rules;

import io.imaint.simulator.model.Property;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is done with the fields of every business object alike. */
final class Fields {
    /** As SAP shows dates to a user with its usual settings. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    private Fields() {}

    /**
     * Takes over the given values that differ from what a row has.
     *
     * @return the names of the properties that are different now
     */
    static Set<String> alter(Row row, Map<String, @Nullable Object> given) {
        var different = new TreeSet<String>();
        given.forEach((name, value) -> {
            var before = row.value(name);
            row.set(name, value);
            if (!same(before, row.value(name))) {
                different.add(name);
            }
        });
        return different;
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof BigDecimal a && other instanceof BigDecimal b) {
            return a.compareTo(b) == 0;
        }
        return Objects.equals(one, other);
    }

    static boolean initial(Row row, String property) {
        var value = row.value(property);
        return value == null || value.equals("");
    }

    /** Sets a value where the caller gave none. */
    static void propose(Row row, String property, @Nullable Object value) {
        if (initial(row, property) && value != null) {
            row.set(property, value);
        }
    }

    /** Takes over from another object what the caller did not give. */
    static void derive(Row row, Row from, String... properties) {
        for (var property : properties) {
            propose(row, property, from.value(property));
        }
    }

    /** That a change empties none of these fields. */
    static void keeps(Row row, Set<String> different, String... properties) {
        for (var property : properties) {
            if (different.contains(property)) {
                requires(row, property);
            }
        }
    }

    static void requires(Row row, String... properties) {
        for (var property : properties) {
            if (initial(row, property)) {
                throw Refusal.business(
                        "00/055", "Fill out all required entry fields: " + label(row, property), property);
            }
        }
    }

    /** An indicator is set or not; SAP knows no third. */
    static void flags(Row row, String... properties) {
        for (var property : properties) {
            if (!initial(row, property) && !row.flag(property)) {
                throw Refusal.business("00/002", "Enter a valid value: " + label(row, property), property);
            }
        }
    }

    static void notNegative(Row row, String... properties) {
        for (var property : properties) {
            if (row.decimal(property).signum() < 0) {
                throw Refusal.business("00/086", "Negative values are not allowed: " + label(row, property), property);
            }
        }
    }

    /** That one day is not before another, where both are known. */
    static void inOrder(Row row, String first, String last) {
        var from = row.date(first);
        var to = row.date(last);
        if (from != null && to != null && to.isBefore(from)) {
            throw Refusal.business(
                    "00/056",
                    label(row, last) + " " + shown(to) + " is before " + label(row, first) + " " + shown(from),
                    last);
        }
    }

    /** A number a caller chose for a part of its object: digits, filled up with zeros; empty if none was given. */
    static String chosen(Row row, String property) {
        int length = property(row, property).length();
        var text = row.text(property);
        if (isZero(text)) {
            return "";
        }
        if (text.length() > length || !isDigits(text)) {
            throw Refusal.business("00/088", "Enter a numeric value: " + label(row, property), property);
        }
        return "0".repeat(length - text.length()) + text;
    }

    /** SAP numbers these objects itself. */
    static void numberedBySap(Row row, String property) {
        if (!initial(row, property)) {
            throw Refusal.business(
                    "NR/013", label(row, property) + " is assigned internally; do not enter a number", property);
        }
    }

    /** The value of a number with leading zeros; zero for what is none. */
    static int value(String digits) {
        boolean number = !digits.isEmpty() && digits.length() < 10 && isDigits(digits);
        return number ? Integer.parseInt(digits) : 0;
    }

    /** Whether a number field is initial: empty or zeros. */
    static boolean isZero(String digits) {
        return digits.chars().allMatch(c -> c == '0');
    }

    static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A number as people write it, without leading zeros. */
    static String shown(String number) {
        int from = 0;
        while (from < number.length() - 1 && number.charAt(from) == '0') {
            from++;
        }
        return isDigits(number) ? number.substring(from) : number;
    }

    /** An object's key as people write it: 4000001 0010. */
    static String shownKey(Row row) {
        var key = row.key();
        return (shown(key.getFirst()) + " " + String.join(" ", key.subList(1, key.size()))).strip();
    }

    static String shown(LocalDate day) {
        return DATE.format(day);
    }

    static String shown(BigDecimal quantity) {
        return quantity.stripTrailingZeros().toPlainString();
    }

    static String label(Row row, String property) {
        return property(row, property).label();
    }

    private static Property property(Row row, String name) {
        return row.set().properties().get(row.set().place(name));
    }
}
