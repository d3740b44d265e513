package io.imaint.kernel.identifiers;

/** The number of a notification, 12 characters. Source: SAP table QMEL, field QMNUM. */
public record NotificationNumber(String value) implements Identifier, Comparable<NotificationNumber> {
    public static final int LENGTH = 12;

    public NotificationNumber {
        value = Identifier.converted(value, LENGTH);
    }

    @Override
    public int compareTo(NotificationNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
