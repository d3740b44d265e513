package io.imaint.simulator.model;

/**
 * One property of an entity type.
 *
 * @param name the SAP field name in upper case
 * @param form how a text is brought into SAP's internal form; {@link Form#PLAIN} for other types
 * @param length the most characters of a text, the precision of a decimal, else 0
 * @param scale digits after the decimal point, 0 unless a decimal
 * @param label SAP's field label, for {@code sap:label}
 */
public record Property(String name, EdmType type, Form form, int length, int scale, String label, Role role) {
    /** What SAP does to a text before it keeps it. */
    public enum Form {
        /** Kept as it is. */
        PLAIN,
        /** Filled up with leading zeros if it consists of digits: the conversion exit ALPHA. */
        ALPHA,
        /** Digits only, filled up with leading zeros: NUMC. */
        DIGITS
    }

    /** Who sets a property, and when. */
    public enum Role {
        /** Part of the key, in which case it is never null; may be given on creation where SAP lets it be chosen. */
        KEY,
        /** Set by SAP alone. */
        READ,
        /** Set by the caller on creation. */
        CREATE,
        /** Set by the caller on creation and by a change. */
        CHANGE
    }

    public boolean key() {
        return role == Role.KEY;
    }

    public boolean creatable() {
        return role != Role.READ;
    }

    public boolean changeable() {
        return role == Role.CHANGE;
    }

    /** A text of this property in SAP's internal form; one that does not fit the form comes back as it is. */
    public String internal(String text) {
        boolean digits = form != Form.PLAIN && !text.isEmpty() && text.length() < length && isDigits(text);
        return digits ? "0".repeat(length - text.length()) + text : text;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
