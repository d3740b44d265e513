package io.imaint.integration.odata;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entity of an answer, its values in the Java types that {@link EdmKind} names. The reader of a page fills one and the
 * same row anew for each entity.
 */
public final class Row {
    private final EntityType type;
    private final @Nullable Object[] values;

    public Row(EntityType type) {
        this.type = type;
        this.values = new @Nullable Object[type.properties().size()];
    }

    public EntityType type() {
        return type;
    }

    /** The value of the property at a place of the type; null when SAP sent null or nothing. */
    public @Nullable Object value(int property) {
        return values[property];
    }

    /** The value of the property with a name; null also when the type has no such property. */
    public @Nullable Object value(String property) {
        int place = type.place(property);
        return place < 0 ? null : values[place];
    }

    public void put(int property, @Nullable Object value) {
        values[property] = value;
    }

    /** The same values, which stay when this row is filled anew. */
    Row copy() {
        var copy = new Row(type);
        System.arraycopy(values, 0, copy.values, 0, values.length);
        return copy;
    }

    void clear() {
        Arrays.fill(values, null);
    }

    /**
     * Where the rows of a page go, one by one and in the server's order. A lambda serves where only rows are expected: the
     * page then ends at the first row of another sort.
     */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes one row. The row is reused: it is valid only during this call, its values are valid for ever.
         * What this throws ends the page and reaches the reader of the page unchanged.
         */
        void row(Row row);

        /**
         * Takes the tombstone of a row that is no longer in SAP, as only a read of changes has them. Nothing but the key's
         * values need be there. The row is reused as above.
         */
        default void deleted(Row key) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                    "it reports a deleted %s to a read that asked for none".formatted(key.type()));
        }

        /** Takes the report of a row that cannot be read; the page goes on. */
        default void unreadable(Unreadable row) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(row.text());
        }
    }

    /**
     * A row that was left out because one of its values is not of the type that the metadata declares.
     *
     * @param key the key's values that could be read, by property; those that could not are missing
     * @param property the first property whose value is wrong
     * @param value what it holds, in one line and cut to {@link #VALUE_LENGTH_MAX} characters
     * @param reason why that cannot be read
     */
    public record Unreadable(Map<String, String> key, String property, String value, String reason) {
        /** Enough to recognise a value in a log or a list. */
        public static final int VALUE_LENGTH_MAX = 100;

        public Unreadable {
            key = Map.copyOf(key);
            value = SapErrorMessage.oneLine(value, VALUE_LENGTH_MAX);
        }

        /** One line for a log or a failure's detail. */
        public String text() {
            return "property %s of the row %s holds '%s': %s".formatted(property, key, value, reason);
        }
    }
}
