package io.imaint.kernel.identifiers;

/** The number of a maintenance plan, 12 characters. Source: SAP table MPLA, field WARPL. */
public record MaintenancePlanNumber(String value) implements Identifier, Comparable<MaintenancePlanNumber> {
    public static final int LENGTH = 12;

    public MaintenancePlanNumber {
        value = Identifier.converted(value, LENGTH);
    }

    @Override
    public int compareTo(MaintenancePlanNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
