package io.imaint.integration.odata;

import org.jspecify.annotations.Nullable;

/** One entity of an answer, its values in the Java types that {@link EdmKind} names. */
public interface Row {
    EntityType type();

    /** The value of the property at a place of the type; null when SAP sent null or nothing. */
    @Nullable
    Object value(int property);

    /** The value of the property with a name; null also when the type has no such property. */
    default @Nullable Object value(String property) {
        int place = type().place(property);
        return place < 0 ? null : value(place);
    }
}
