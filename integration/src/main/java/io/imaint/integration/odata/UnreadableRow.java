package io.imaint.integration.odata;

import java.util.Map;

/**
 * A row that was left out because one of its values is not of the type that the metadata declares.
 *
 * @param key the key's values that could be read, by property; those that could not are missing
 * @param property the first property whose value is wrong
 * @param value what it holds, in one line and cut to {@link #VALUE_LENGTH_MAX} characters
 * @param reason why that cannot be read
 */
public record UnreadableRow(Map<String, String> key, String property, String value, String reason) {
    /** Enough to recognise a value; a long text would fill whatever the row is reported to. */
    public static final int VALUE_LENGTH_MAX = 100;

    public UnreadableRow {
        key = Map.copyOf(key);
        value = Told.oneLine(value, VALUE_LENGTH_MAX);
    }

    /** One line for a log or a failure's detail. */
    public String text() {
        return "property %s of the row %s holds '%s': %s".formatted(property, key, value, reason);
    }
}
