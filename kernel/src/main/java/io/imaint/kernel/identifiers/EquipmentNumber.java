package io.imaint.kernel.identifiers;

/** The number of an equipment, 18 characters. Source: SAP table EQUI, field EQUNR. */
public record EquipmentNumber(String value) implements Identifier, Comparable<EquipmentNumber> {
    public static final int LENGTH = 18;

    public EquipmentNumber {
        value = Identifier.converted(value, LENGTH);
    }

    @Override
    public int compareTo(EquipmentNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
