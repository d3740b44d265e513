package io.imaint.integration.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A small table of a mapping: which value of SAP's becomes which of ours.
 *
 * @param table by SAP's value as text; SAP's initial value is the empty text
 * @param otherwise for values that the table lacks; null leaves the field out
 */
public record Lookup(
        SequencedMap<String, Object> table, @Nullable Object otherwise) {
    /** A table that a person keeps by hand; what is larger is a collection of its own and a reference to it. */
    private static final int ENTRIES_MAX = 200;

    public Lookup {
        table = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(table));
        if (table.isEmpty() || table.size() > ENTRIES_MAX) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "a lookup has 1 to %d entries, not %d".formatted(ENTRIES_MAX, table.size()));
        }
        table.forEach((key, value) -> verify(value, "lookup '" + key + "'"));
        if (otherwise != null) {
            verify(otherwise, "otherwise");
        }
    }

    /** Our value for one of SAP's; null when there is none. */
    @Nullable
    Object of(@Nullable Object value) {
        var found = table.get(value == null ? "" : value.toString());
        return found == null ? otherwise : found;
    }

    static void verify(Object value, String which) {
        if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(which + " must be text, a whole number, true or false");
        }
    }
}
