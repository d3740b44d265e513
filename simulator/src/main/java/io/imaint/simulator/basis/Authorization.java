package io.imaint.simulator.basis;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of an authorization object's fields, as a role grants them.
 *
 * @param fields values by field; {@code *} at a value's end stands for anything
 */
public record Authorization(String object, SortedMap<String, List<String>> fields) {
    static final String SERVICE = "S_SERVICE";
    static final String SERVICE_NAME = "SRV_NAME";
    static final String SERVICE_TYPE = "SRV_TYPE";

    /** The type of services that are called by HTTP and named by their hash. */
    static final String HASHED = "HT";

    /** As many as SAP's objects have. */
    private static final int FIELDS_MAX = 10;

    private static final int VALUES_MAX = 2000;

    public Authorization {
        if (!object.matches("[A-Z0-9_]{1,10}") || fields.size() > FIELDS_MAX) {
            throw new IllegalArgumentException("authorization object '%s'".formatted(object));
        }
        var copy = new TreeMap<String, List<String>>();
        fields.forEach((field, values) -> copy.put(field, checked(field, values)));
        fields = Collections.unmodifiableSortedMap(copy);
    }

    private static List<String> checked(String field, List<String> values) {
        if (!field.matches("[A-Z0-9_]{1,10}")
                || values.size() > VALUES_MAX
                || values.stream().anyMatch(value -> !value.matches("[\\x20-\\x7E]{1,60}"))) {
            throw new IllegalArgumentException("authorization field '%s'".formatted(field));
        }
        return List.copyOf(values);
    }

    boolean permits(String field, String value) {
        return fields.getOrDefault(field, List.of()).stream().anyMatch(granted -> covers(granted, value));
    }

    static boolean covers(String granted, String value) {
        return granted.endsWith("*")
                ? value.startsWith(granted.substring(0, granted.length() - 1))
                : granted.equals(value);
    }
}
