package io.imaint.integration.odata;

import java.util.HashMap;
import java.util.Map;

/** The types of OData V2, each with the Java type in which a row holds its value. */
public enum EdmKind {
    /** {@link String}; leading zeros and inner spaces as SAP sends them. */
    STRING("Edm.String"),
    /** {@link String} in small letters. */
    GUID("Edm.Guid"),
    /**
     * {@link java.time.LocalDate} when the property is a date (see {@link EdmProperty#date()}) and the value is at
     * midnight, else {@link java.time.LocalDateTime}, so that a time of day is never lost.
     */
    DATE_TIME("Edm.DateTime"),
    /** {@link java.time.Instant}. */
    DATE_TIME_OFFSET("Edm.DateTimeOffset"),
    /** {@link java.time.LocalTime}, or a {@link java.time.Duration} of one day for SAP's end of day, 24:00:00. */
    TIME("Edm.Time"),
    /** {@link java.math.BigDecimal} with the scale SAP sends. */
    DECIMAL("Edm.Decimal"),
    /** {@link Double}. */
    DOUBLE("Edm.Double"),
    /** {@link Double}. */
    SINGLE("Edm.Single"),
    /** {@link Long}. */
    INT64("Edm.Int64"),
    /** {@link Long}. */
    INT32("Edm.Int32"),
    /** {@link Long}. */
    INT16("Edm.Int16"),
    /** {@link Long}. */
    BYTE("Edm.Byte"),
    /** {@link Long}. */
    SBYTE("Edm.SByte"),
    /** {@link Boolean}. */
    BOOLEAN("Edm.Boolean"),
    /** {@code byte[]}. */
    BINARY("Edm.Binary"),
    /** {@link Map} of name to value, in the server's order, values typed like those of a row. */
    COMPLEX(""),
    /** {@link String}: the text of a simple value, the JSON of any other; a type that V2 does not have. */
    UNKNOWN("");

    private static final Map<String, EdmKind> BY_NAME = new HashMap<>();

    static {
        for (var kind : values()) {
            BY_NAME.put(kind.edmName, kind);
        }
        BY_NAME.remove("");
    }

    private final String edmName;

    EdmKind(String edmName) {
        this.edmName = edmName;
    }

    /** The kind of a simple type's name in a metadata document, {@link #UNKNOWN} for any other name. */
    static EdmKind of(String edmName) {
        return BY_NAME.getOrDefault(edmName, UNKNOWN);
    }
}
