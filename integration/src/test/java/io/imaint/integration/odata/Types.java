package io.imaint.integration.odata;

import static io.imaint.integration.odata.EdmKind.BINARY;
import static io.imaint.integration.odata.EdmKind.BOOLEAN;
import static io.imaint.integration.odata.EdmKind.COMPLEX;
import static io.imaint.integration.odata.EdmKind.DATE_TIME;
import static io.imaint.integration.odata.EdmKind.DATE_TIME_OFFSET;
import static io.imaint.integration.odata.EdmKind.DECIMAL;
import static io.imaint.integration.odata.EdmKind.DOUBLE;
import static io.imaint.integration.odata.EdmKind.INT64;
import static io.imaint.integration.odata.EdmKind.STRING;
import static io.imaint.integration.odata.EdmKind.TIME;
import static io.imaint.integration.odata.EdmKind.UNKNOWN;

import io.imaint.kernel.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Types and settings the tests share. */
final class Types {
    static final EntityType ADDRESS = new EntityType(
            "Address", List.of(EdmProperty.of("City", STRING), EdmProperty.of("Number", INT64)), List.of());

    /** One property of each kind. */
    static final EntityType THING = new EntityType(
            "Thing",
            List.of(
                    EdmProperty.of("ID", STRING),
                    day("Day"),
                    EdmProperty.of("Stamp", DATE_TIME),
                    EdmProperty.of("Moment", DATE_TIME_OFFSET),
                    EdmProperty.of("Clock", TIME),
                    EdmProperty.of("Quantity", DECIMAL),
                    EdmProperty.of("Reading", DOUBLE),
                    EdmProperty.of("Counter", INT64),
                    EdmProperty.of("Flag", BOOLEAN),
                    EdmProperty.of("Bytes", BINARY),
                    EdmProperty.of("Shape", UNKNOWN),
                    new EdmProperty(
                            "Place",
                            COMPLEX,
                            "T.Address",
                            true,
                            0,
                            0,
                            0,
                            false,
                            "",
                            EdmProperty.Abilities.DEFAULT,
                            ADDRESS)),
            List.of("ID"));

    private Types() {}

    /** A date without a time. */
    static EdmProperty day(String name) {
        return new EdmProperty(
                name, DATE_TIME, "Edm.DateTime", true, 0, 0, 0, true, "", EdmProperty.Abilities.DEFAULT, null);
    }

    static ODataSettings settings(URI url) {
        return new ODataSettings(
                url, "REPLICATOR", new Secret("s3cret"), "100", "EN", Duration.ofSeconds(2), Duration.ofSeconds(20));
    }

    static ODataSettings impatient(URI url) {
        return new ODataSettings(
                url, "REPLICATOR", new Secret("s3cret"), "100", "EN", Duration.ofSeconds(2), Duration.ofMillis(300));
    }
}
