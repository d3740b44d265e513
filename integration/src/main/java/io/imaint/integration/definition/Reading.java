package io.imaint.integration.definition;

import org.jspecify.annotations.Nullable;

/**
 * How an entity set is read.
 *
 * @param pageSize rows asked for at once; null leaves it to the setting {@code inbound-page-size}
 * @param filter an OData {@code $filter} that restricts what is replicated; null reads the whole set
 * @param partitioning how an initial load is split; null reads the set in one part
 * @param delta how changes are found
 * @param changeStamp the property with the time of the last change; null when the set has none
 */
public record Reading(
        @Nullable Integer pageSize,
        @Nullable String filter,
        @Nullable Partitioning partitioning,
        DeltaMode delta,
        @Nullable String changeStamp) {
    /** What SAP serves at most; larger pages were measured slower elsewhere. */
    public static final int PAGE_SIZE_MAX = 10_000;

    /** The whole set in one part, with nothing known about its changes. */
    public static final Reading WHOLE = new Reading(null, null, null, DeltaMode.FULL, null);

    public Reading {
        if (pageSize != null && (pageSize < 1 || pageSize > PAGE_SIZE_MAX)) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "pageSize is %d but must be 1 to %d".formatted(pageSize, PAGE_SIZE_MAX));
        }
        if (delta == DeltaMode.STAMP && changeStamp == null) {
            throw DefinitionProblem.INTEGRATION_INVALID.because("delta 'stamp' needs a changeStamp");
        }
    }
}
