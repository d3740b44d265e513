package io.imaint.kernel.identifiers;

import java.util.Locale;

/** The code of a plant, such as {@code 1000}. Source: SAP table T001W, field WERKS. */
public record PlantCode(String value) implements Identifier, Comparable<PlantCode> {
    public static final int LENGTH = 4;

    public PlantCode {
        value = Identifier.checked(value, LENGTH).toUpperCase(Locale.ROOT);
    }

    @Override
    public int compareTo(PlantCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
