package io.imaint.simulator.model;

/** The OData types the service uses, each with the Java type in which a row holds its value. */
public enum EdmType {
    /** {@link String}; CHAR, NUMC, UNIT and CUKY, leading zeros kept. */
    STRING("Edm.String"),
    /** {@link java.time.LocalDate}; DATS, null for zeros. */
    DATE("Edm.DateTime"),
    /** {@link java.time.LocalTime}; TIMS. */
    TIME("Edm.Time"),
    /** {@link java.time.Instant}; time stamps. */
    TIMESTAMP("Edm.DateTimeOffset"),
    /** {@link java.math.BigDecimal}; QUAN and CURR. */
    DECIMAL("Edm.Decimal"),
    /** {@link Integer}; INT4. */
    INT32("Edm.Int32"),
    /** {@link Double}; FLTP. */
    DOUBLE("Edm.Double"),
    /** {@link java.util.UUID}; the caller's own key of an entity. */
    GUID("Edm.Guid");

    private final String edmName;

    EdmType(String edmName) {
        this.edmName = edmName;
    }

    public String edmName() {
        return edmName;
    }
}
