package io.imaint.store.replica;

import io.imaint.store.Condition;

/**
 * SAP's number ranges as people type them. SAP keeps numeric keys with leading zeros to a fixed length (its ALPHA
 * conversion); people leave them out, and both forms must find the same thing.
 */
public final class SapKeys {
    private static final int ORDER_LENGTH = 12;
    private static final int EQUIPMENT_LENGTH = 18;

    private SapKeys() {}

    /** An order number (AUFNR) in the form in which it is kept. */
    public static String order(String typed) {
        return padded(typed, ORDER_LENGTH);
    }

    /** An equipment number (EQUNR) in the form in which it is kept. */
    public static String equipment(String typed) {
        return padded(typed, EQUIPMENT_LENGTH);
    }

    /** Equality with what was typed, or, when that ends in {@code *}, a beginning, as in SAP's selection screens. */
    public static Condition matching(String field, String typed) {
        return typed.endsWith("*")
                ? new Condition.Prefix(field, typed.substring(0, typed.length() - 1))
                : Condition.equal(field, typed);
    }

    private static String padded(String typed, int length) {
        boolean numeric = !typed.isEmpty() && typed.chars().allMatch(c -> c >= '0' && c <= '9');
        return numeric && typed.length() < length ? "0".repeat(length - typed.length()) + typed : typed;
    }
}
