package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.Property;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Writes one property of row after row as a JSON member. All that is the same in every row is encoded once. */
final class ValueWriter {
    /** A day in units of 100 seconds, so that its milliseconds are this number and five zeros. */
    private static final long DAY_IN_HUNDRED_SECONDS = 864;

    private static final byte[] FIVE_ZEROS = "00000".getBytes(UTF_8);

    private final int place;
    private final EdmType type;
    private final int scale;
    private final byte[] before;
    private final byte[] initial;
    private final byte[] after;

    /**
     * @param separator what stands before the name: a comma, or nothing
     */
    ValueWriter(Property property, int place, String separator, SystemQuirks quirks) {
        this.place = place;
        this.type = property.type();
        this.scale = property.scale();
        var name = separator + "\"" + property.name() + "\":";
        var slash = quirks.escapedSlashes() ? "\\/" : "/";
        var opening = switch (type) {
            case STRING, DECIMAL, DOUBLE, GUID -> "\"";
            case DATE, TIMESTAMP -> "\"" + slash + "Date(";
            case TIME -> "\"PT";
            case INT32 -> "";
        };
        var closing = switch (type) {
            case STRING, DECIMAL, DOUBLE, GUID -> "\"";
            case DATE -> ")" + slash + "\"";
            case TIMESTAMP -> "+0000)" + slash + "\"";
            case TIME -> "S\"";
            case INT32 -> "";
        };
        this.before = (name + opening).getBytes(UTF_8);
        this.after = closing.getBytes(UTF_8);
        this.initial = (name + (type == EdmType.STRING ? "\"\"" : "null")).getBytes(UTF_8);
    }

    void write(@Nullable Object[] row, Utf8Writer out) throws IOException {
        var value = row[place];
        if (value == null) {
            out.raw(initial);
        } else {
            out.raw(before);
            writeValue(value, out);
            out.raw(after);
        }
    }

    private void writeValue(Object value, Utf8Writer out) throws IOException {
        switch (type) {
            case STRING -> out.text((String) value);
            case DATE -> {
                long hundredSeconds = ((LocalDate) value).toEpochDay() * DAY_IN_HUNDRED_SECONDS;
                out.number(hundredSeconds);
                if (hundredSeconds != 0) {
                    out.raw(FIVE_ZEROS);
                }
            }
            case TIMESTAMP -> out.number(((Instant) value).toEpochMilli());
            case TIME -> {
                var time = (LocalTime) value;
                out.twoDigits(time.getHour());
                out.raw('H');
                out.twoDigits(time.getMinute());
                out.raw('M');
                out.twoDigits(time.getSecond());
            }
            case DECIMAL -> out.ascii(plain((BigDecimal) value));
            case INT32 -> out.number((Integer) value);
            case DOUBLE, GUID -> out.ascii(value.toString());
        }
    }

    private String plain(BigDecimal decimal) {
        return (decimal.scale() == scale ? decimal : decimal.setScale(scale, RoundingMode.HALF_UP)).toPlainString();
    }

    /** The bare text of a value, for {@code $value}. */
    String raw(Object value) {
        return switch (type) {
            case STRING, DOUBLE, GUID, INT32, TIMESTAMP -> value.toString();
            case DATE -> value + "T00:00:00";
            case DECIMAL -> plain((BigDecimal) value);
            case TIME -> {
                var time = (LocalTime) value;
                yield "PT%02dH%02dM%02dS".formatted(time.getHour(), time.getMinute(), time.getSecond());
            }
        };
    }
}
