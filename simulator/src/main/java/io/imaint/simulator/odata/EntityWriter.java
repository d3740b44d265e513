package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Property;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one answer as JSON entities. All that is the same in every row is encoded once, when the writer is
 * made; what is left per row is copying bytes.
 */
final class EntityWriter {
    private static final byte[] DATE_END = ")/\"".getBytes(UTF_8);
    private static final byte[] TIMESTAMP_END = "+0000)/\"".getBytes(UTF_8);
    private static final byte[] ENTITY_END = "}".getBytes(UTF_8);

    /** A day in units of 100 seconds, so that its milliseconds are this number and five zeros. */
    private static final long DAY_IN_HUNDRED_SECONDS = 864;

    private static final byte[] FIVE_ZEROS = "00000".getBytes(UTF_8);

    /** A property as it is written. */
    private static final class Column {
        private final int place;
        private final EdmType type;
        private final int scale;
        private final byte[] before;
        private final byte[] initial;

        private Column(Property property, int place) {
            this.place = place;
            this.type = property.type();
            this.scale = property.scale();
            var name = ",\"" + property.name() + "\":";
            var opening = switch (type) {
                case STRING, DECIMAL, DOUBLE, GUID -> "\"";
                case DATE, TIMESTAMP -> "\"/Date(";
                case TIME -> "\"PT";
                case INT32 -> "";
            };
            this.before = (name + opening).getBytes(UTF_8);
            this.initial = (name + (type == EdmType.STRING ? "\"\"" : "null")).getBytes(UTF_8);
        }
    }

    private final EntitySet set;
    private final Column[] columns;
    private final byte[] beforeId;
    private final byte[] beforeUri;
    private final byte[] beforeType;
    private final byte[][] beforeWays;
    private final byte[][] afterWays;
    private final byte[][] keyNames;
    private final Literals.Bytes key = new Literals.Bytes();

    /**
     * @param service the absolute address of the service
     */
    EntityWriter(EntitySet set, String service, QueryOptions options) {
        this.set = set;
        this.columns = options.places().stream()
                .map(place -> new Column(set.properties().get(place), place))
                .toArray(Column[]::new);
        var address = service + "/" + set.name() + "(";
        this.beforeId = ("{\"__metadata\":{\"id\":\"" + address).getBytes(UTF_8);
        this.beforeUri = (")\",\"uri\":\"" + address).getBytes(UTF_8);
        this.beforeType = (")\",\"type\":\"" + IcwpModel.NAMESPACE + "." + set.typeName() + "\"}").getBytes(UTF_8);
        List<Navigation> ways = options.ways();
        this.beforeWays = ways.stream()
                .map(way -> (",\"" + way.name() + "\":{\"__deferred\":{\"uri\":\"" + address).getBytes(UTF_8))
                .toArray(byte[][]::new);
        this.afterWays = ways.stream()
                .map(way -> (")/" + way.name() + "\"}}").getBytes(UTF_8))
                .toArray(byte[][]::new);
        this.keyNames = new byte[set.keyLength()][];
        for (int i = 0; i < keyNames.length; i++) {
            keyNames[i] = ((i == 0 ? "" : ",") + set.properties().get(i).name() + "=").getBytes(UTF_8);
        }
    }

    void write(@Nullable Object[] row, Utf8Writer out) throws IOException {
        encodeKey(row);
        out.raw(beforeId);
        out.raw(key.bytes(), key.length());
        out.raw(beforeUri);
        out.raw(key.bytes(), key.length());
        out.raw(beforeType);
        for (var column : columns) {
            var value = row[column.place];
            if (value == null) {
                out.raw(column.initial);
            } else {
                out.raw(column.before);
                writeValue(column, value, out);
            }
        }
        for (int i = 0; i < beforeWays.length; i++) {
            out.raw(beforeWays[i]);
            out.raw(key.bytes(), key.length());
            out.raw(afterWays[i]);
        }
        out.raw(ENTITY_END);
    }

    private void encodeKey(@Nullable Object[] row) {
        key.clear();
        if (set.keyLength() == 1) {
            key.addQuoted(Filter.text(row[0]));
            return;
        }
        for (int i = 0; i < keyNames.length; i++) {
            key.add(keyNames[i]);
            key.addQuoted(Filter.text(row[i]));
        }
    }

    private static void writeValue(Column column, Object value, Utf8Writer out) throws IOException {
        switch (column.type) {
            case STRING -> {
                out.text((String) value);
                out.raw('"');
            }
            case DATE -> {
                long hundredSeconds = ((LocalDate) value).toEpochDay() * DAY_IN_HUNDRED_SECONDS;
                out.number(hundredSeconds);
                if (hundredSeconds != 0) {
                    out.raw(FIVE_ZEROS);
                }
                out.raw(DATE_END);
            }
            case TIMESTAMP -> {
                out.number(((Instant) value).toEpochMilli());
                out.raw(TIMESTAMP_END);
            }
            case TIME -> {
                var time = (LocalTime) value;
                out.twoDigits(time.getHour());
                out.raw('H');
                out.twoDigits(time.getMinute());
                out.raw('M');
                out.twoDigits(time.getSecond());
                out.raw('S');
                out.raw('"');
            }
            case DECIMAL -> {
                var decimal = (BigDecimal) value;
                out.ascii((decimal.scale() == column.scale
                                ? decimal
                                : decimal.setScale(column.scale, RoundingMode.HALF_UP))
                        .toPlainString());
                out.raw('"');
            }
            case INT32 -> out.number((Integer) value);
            case DOUBLE, GUID -> {
                out.ascii(value.toString());
                out.raw('"');
            }
        }
    }
}
