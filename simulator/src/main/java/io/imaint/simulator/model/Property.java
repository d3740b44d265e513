package io.imaint.simulator.model;

/**
 * One property of an entity type.
 *
 * @param name the SAP field name in upper case
 * @param length the most characters of a text, the precision of a decimal, else 0
 * @param scale digits after the decimal point, 0 unless a decimal
 * @param label SAP's field label, for {@code sap:label}
 * @param key part of the key, in which case it is never null
 */
public record Property(String name, EdmType type, int length, int scale, String label, boolean key) {}
