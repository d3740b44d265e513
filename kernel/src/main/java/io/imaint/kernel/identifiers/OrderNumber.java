package io.imaint.kernel.identifiers;

/** The number of a work order, 12 characters. Source: SAP table AUFK, field AUFNR. */
public record OrderNumber(String value) implements Identifier, Comparable<OrderNumber> {
    public static final int LENGTH = 12;

    public OrderNumber {
        value = Identifier.converted(value, LENGTH);
    }

    @Override
    public int compareTo(OrderNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
