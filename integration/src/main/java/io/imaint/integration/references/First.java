package io.imaint.integration.references;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that takes the first of several values that is there: the document's own, or one of those it refers to. Where
 * the last source leads back into the same collection, to a superior object, the search goes on there, so that an object
 * gets what the nearest object above it has of its own.
 *
 * @param field the field that is filled
 */
record First(String field, List<Source> of) implements Line {
    /**
     * Where a value may come from.
     *
     * @param reference the name of a reference of an earlier line; null for the document's own field
     */
    record Source(@Nullable String reference, String field) {
        /** A source as written: {@code field} or {@code reference.field}. */
        static Source parsed(String text) {
            int dot = text.indexOf('.');
            return dot < 0 ? new Source(null, text) : new Source(text.substring(0, dot), text.substring(dot + 1));
        }
    }

    First {
        of = List.copyOf(of);
    }

    @Override
    public List<String> fills() {
        return List.of(field);
    }
}
