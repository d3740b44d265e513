package io.imaint.kernel.identifiers;

import java.util.Locale;

/** The label of a functional location, such as {@code 1000-PUMP-01}. Source: SAP table IFLOT, field TPLNR. */
public record FunctionalLocationId(String value) implements Identifier, Comparable<FunctionalLocationId> {
    public static final int LENGTH = 40;

    public FunctionalLocationId {
        value = Identifier.checked(value, LENGTH).toUpperCase(Locale.ROOT);
    }

    @Override
    public int compareTo(FunctionalLocationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
