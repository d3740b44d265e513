package io.imaint.kernel.identifiers;

/** The number of a measuring point, 12 characters. Source: SAP table IMPTT, field POINT. */
public record MeasuringPointNumber(String value) implements Identifier, Comparable<MeasuringPointNumber> {
    public static final int LENGTH = 12;

    public MeasuringPointNumber {
        value = Identifier.converted(value, LENGTH);
    }

    @Override
    public int compareTo(MeasuringPointNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
