package io.imaint.kernel.identifiers;

import java.util.Locale;

/**
 * The key of an object in SAP. Implementations are records of one component, {@code value}, in the form in which SAP
 * stores it; a constructor accepts what people type. In JSON, documents, paths and queries an identifier is its value.
 *
 * <p>A value that cannot be such a key is an {@link IllegalArgumentException} whose message says what is wrong with it.
 */
public interface Identifier {
    String value();

    /**
     * SAP's ALPHA conversion: a key of digits alone is stored with leading zeros to its full length, and people leave
     * them out. Any other key is stored as typed, in upper case.
     *
     * @param length of the field in SAP
     */
    static String converted(String typed, int length) {
        var key = checked(typed, length);
        boolean numeric = key.chars().allMatch(c -> c >= '0' && c <= '9');
        return numeric ? "0".repeat(length - key.length()) + key : key.toUpperCase(Locale.ROOT);
    }

    /** A key without ALPHA conversion: stored as typed, in upper case. */
    static String checked(String typed, int length) {
        var key = typed.strip();
        if (key.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        if (key.length() > length) {
            throw new IllegalArgumentException("has more than %d characters".formatted(length));
        }
        if (key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("has a control character");
        }
        return key;
    }
}
