package io.imaint.integration.references;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of resolving a document; a later rule may use what an earlier one filled. */
sealed interface ReferenceRule permits Reference, ReferenceRule.FirstNonNull {
    /** The fields that this rule fills. */
    List<String> fills();

    /**
     * A field that takes the first value that is there: the document's own, or one of its parents'. A last source in the
     * same collection continues the search at the superior object, so an object gets what the nearest object above it has.
     *
     * @param field the field that is filled
     */
    record FirstNonNull(String field, List<Source> sources) implements ReferenceRule {
        /** @param reference the name of a reference of an earlier rule; null for the document's own field */
        record Source(@Nullable String reference, String field) {
            /** A source as written: {@code field} or {@code reference.field}. */
            static Source parsed(String text) {
                int dot = text.indexOf('.');
                return dot < 0 ? new Source(null, text) : new Source(text.substring(0, dot), text.substring(dot + 1));
            }
        }

        public FirstNonNull {
            sources = List.copyOf(sources);
        }

        @Override
        public List<String> fills() {
            return List.of(field);
        }
    }
}
