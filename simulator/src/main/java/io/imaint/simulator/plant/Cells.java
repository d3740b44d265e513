package io.imaint.simulator.plant;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the cells of an extract into the types of SAP's fields; null stands for SAP's initial value. */
final class Cells {
    /** A cell that cannot be read; the message completes "the cell …". */
    static final class BadCell extends Exception {
        private static final long serialVersionUID = 1;

        BadCell(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final Pattern DATE =
            Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)|(\\d{4})-(\\d\\d)-(\\d\\d)|(\\d\\d)\\.(\\d\\d)\\.(\\d{4})");
    private static final Pattern TIME = Pattern.compile("(\\d\\d):?(\\d\\d):?(\\d\\d)");
    private static final Pattern ZEROS = Pattern.compile("[0.:-]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** A long number as a spreadsheet shows it when it has lost the digits. */
    private static final Pattern SCIENTIFIC = Pattern.compile("[0-9]+[.,]?[0-9]*E\\+[0-9]+");
    /** Thousands in groups of three after the first, all by the same sign. */
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(([.,' \u00a0\u202f])\\d{3})(\\2\\d{3})*");

    private static final Pattern FLOAT = Pattern.compile("[+-]?\\d{1,20}([.,]\\d{1,20})?([eE][+-]?\\d{1,3})?");

    private Cells() {}

    /** A cell as the dictionary's field holds it. */
    static @Nullable Object read(Dictionary.Field field, String cell) throws BadCell {
        String text = cell.strip();
        return switch (field.kind()) {
            case TEXT -> fitting(text, field.length());
            case ALPHA -> alpha(text, field.length());
            case DIGITS -> digits(text, field.length());
            case DATE -> date(text);
            case TIME -> time(text);
            case DECIMAL -> decimal(text, field.length(), field.scale());
            case INTEGER -> integer(text);
            case FLOAT -> floating(text);
        };
    }

    private static @Nullable String fitting(String text, int length) throws BadCell {
        if (text.length() > length) {
            throw new BadCell(Findings.shown(text) + " has " + text.length() + " characters where " + length + " fit");
        }
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String alpha(String text, int length) throws BadCell {
        String known = fitting(unspoilt(text), length);
        return known == null || !DIGITS.matcher(known).matches() ? known : padded(known, length);
    }

    private static @Nullable String digits(String text, int length) throws BadCell {
        String known = fitting(unspoilt(text), length);
        if (known == null) {
            return null;
        }
        if (!DIGITS.matcher(known).matches()) {
            throw new BadCell(Findings.shown(text) + " is not made of digits");
        }
        return ZEROS.matcher(known).matches() ? null : padded(known, length);
    }

    private static String unspoilt(String text) throws BadCell {
        if (SCIENTIFIC.matcher(text).matches()) {
            throw new BadCell(Findings.shown(text) + " has lost its digits in a spreadsheet");
        }
        return text;
    }

    private static String padded(String digits, int length) {
        return "0".repeat(length - digits.length()) + digits;
    }

    static @Nullable LocalDate date(String text) throws BadCell {
        if (ZEROS.matcher(text).matches()) {
            return null;
        }
        Matcher match = DATE.matcher(text);
        if (match.matches()) {
            int first = match.start(1) >= 0 ? 1 : match.start(4) >= 0 ? 4 : 7;
            int year = Integer.parseInt(match.group(first == 7 ? 9 : first));
            int day = Integer.parseInt(match.group(first == 7 ? 7 : first + 2));
            try {
                return LocalDate.of(year, Integer.parseInt(match.group(first + 1)), day);
            } catch (DateTimeException e) {
                throw new BadCell(Findings.shown(text) + " is no day of the calendar");
            }
        }
        throw new BadCell(Findings.shown(text) + " is not a date as 20240131, 2024-01-31 or 31.01.2024");
    }

    static @Nullable LocalTime time(String text) throws BadCell {
        if (text.isEmpty()) {
            return null;
        }
        Matcher match = TIME.matcher(text);
        if (!match.matches()) {
            throw new BadCell(Findings.shown(text) + " is not a time as 083000 or 08:30:00");
        }
        int hour = Integer.parseInt(match.group(1));
        int minute = Integer.parseInt(match.group(2));
        int second = Integer.parseInt(match.group(3));
        // SAP writes the end of a day as 24:00:00, which no clock shows.
        if (hour == 24 && minute == 0 && second == 0) {
            return LocalTime.of(23, 59, 59);
        }
        try {
            return LocalTime.of(hour, minute, second);
        } catch (DateTimeException e) {
            throw new BadCell(Findings.shown(text) + " is no time of day");
        }
    }

    /**
     * A decimal with either sign. Of two signs the last is the decimal sign. A single sign before exactly three digits
     * is one only if the field has three decimals, since SAP always writes all decimals of a field.
     */
    static @Nullable BigDecimal decimal(String text, int precision, int scale) throws BadCell {
        if (text.isEmpty()) {
            return null;
        }
        boolean minus = text.endsWith("-") || text.startsWith("-");
        String plain = text.replaceAll("^[+-]\\s*|\\s*[+-]$", "");
        int sign = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
        boolean grouping = sign >= 0
                && GROUPED.matcher(plain).matches()
                && (scale != 3 || plain.indexOf(plain.charAt(sign)) != sign);
        String whole = sign < 0 || grouping ? plain : plain.substring(0, sign);
        String decimals = sign < 0 || grouping ? "" : plain.substring(sign + 1);
        boolean clean = DIGITS.matcher(whole).matches()
                || (GROUPED.matcher(whole).matches() && (decimals.isEmpty() || whole.indexOf(plain.charAt(sign)) < 0));
        if (!clean
                || !(decimals.isEmpty() || DIGITS.matcher(decimals).matches())
                || (sign >= 0 && !grouping && decimals.isEmpty())) {
            throw new BadCell(Findings.shown(text) + " is not a number");
        }
        String digits = whole.replaceAll("[^0-9]", "").replaceFirst("^0+(?=.)", "");
        String exact = decimals.replaceFirst("0+$", "");
        if (exact.length() > scale || digits.length() > precision - scale) {
            throw new BadCell(Findings.shown(text) + " has more digits than a number of " + (precision - scale)
                    + " and " + scale + " decimals");
        }
        BigDecimal value = new BigDecimal(digits + "." + exact + "0".repeat(scale - exact.length()));
        return minus ? value.negate() : value;
    }

    private static @Nullable Integer integer(String text) throws BadCell {
        BigDecimal value = decimal(text, 10, 0);
        if (value == null) {
            return null;
        }
        if (value.abs().longValueExact() > Integer.MAX_VALUE) {
            throw new BadCell(Findings.shown(text) + " is larger than an integer");
        }
        return value.intValueExact();
    }

    private static @Nullable Double floating(String text) throws BadCell {
        if (text.isEmpty()) {
            return null;
        }
        if (FLOAT.matcher(text).matches()) {
            double value = Double.parseDouble(text.replace(',', '.'));
            if (Double.isFinite(value)) {
                return value;
            }
        }
        BigDecimal decimal = decimal(text, 30, 10);
        return decimal == null ? null : (Double) decimal.doubleValue();
    }
}
