package io.imaint.integration.pipeline;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.Literals;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The times at which SAP last changed its rows: as documents keep them, and as conditions for reading what is new. */
public final class ChangeStamps {
    private static final Duration DAY = Duration.ofDays(1);

    private ChangeStamps() {}

    /** The point in time of a stamp as documents keep it; a day is its beginning, what has no zone is taken as UTC. */
    public static Instant instant(String stamp) {
        try {
            if (stamp.endsWith("Z")) {
                return Instant.parse(stamp);
            }
            return stamp.indexOf('T') < 0
                    ? LocalDate.parse(stamp).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : LocalDateTime.parse(stamp).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noTime) {
            return Instant.EPOCH; // A text as a stamp: it is compared, and never asked for.
        }
    }

    /**
     * The condition for rows as new as the newest one seen; empty when the property cannot be asked for.
     *
     * @param overlap how much before: SAP commits after it stamps, so older stamps appear after newer ones. A stamp
     *     without a time of day is read from the day before, since more of the last day may have come
     */
    public static Optional<String> since(EdmProperty property, Instant newest, Duration overlap) {
        if (!property.filterable()) {
            return Optional.empty();
        }
        var from = newest.minus(property.date() && overlap.compareTo(DAY) < 0 ? DAY : overlap);
        return switch (property.kind()) {
            case DATE_TIME -> {
                var local = LocalDateTime.ofInstant(from, ZoneOffset.UTC);
                yield Optional.of(condition(
                        property,
                        Literals.literal(
                                EdmKind.DATE_TIME,
                                property.date() ? local.toLocalDate().atStartOfDay() : local)));
            }
            case DATE_TIME_OFFSET -> Optional.of(condition(property, Literals.literal(EdmKind.DATE_TIME_OFFSET, from)));
            case STRING,
                    GUID,
                    TIME,
                    DECIMAL,
                    DOUBLE,
                    SINGLE,
                    INT64,
                    INT32,
                    INT16,
                    BYTE,
                    SBYTE,
                    BOOLEAN,
                    BINARY,
                    COMPLEX,
                    UNKNOWN -> Optional.empty();
        };
    }

    private static String condition(EdmProperty property, String literal) {
        return property.name() + " ge " + literal;
    }
}
