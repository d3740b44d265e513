package io.imaint.integration.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an entity set is read.
 *
 * @param pageSize rows asked for at once; null leaves it to the setting {@code inbound-page-size}
 * @param filter an OData {@code $filter} that restricts what is replicated; null reads the whole set
 * @param partitioning how an initial load is split; null reads the set in one partition
 * @param delta how changes are found
 * @param changeStamp the property with the time of the last change; null when the set has none
 */
public record Reading(
        @Nullable Integer pageSize,
        @Nullable String filter,
        @Nullable Partitioning partitioning,
        DeltaMode delta,
        @Nullable String changeStamp) {
    /** How changes in SAP are found. */
    public enum DeltaMode {
        /** SAP tracks them and hands out tokens. */
        TOKEN,
        /** What has a newer change stamp than the newest one seen is read; deletions show when keys are compared. */
        STAMP,
        /** The set is read whole and compared. */
        FULL;

        /** The word in the document. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<DeltaMode> of(String word) {
            return Arrays.stream(values())
                    .filter(mode -> mode.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * How an initial load is split into partitions that can be read side by side: by ranges of a property's values. The ranges
     * are open at both ends, so that what is created while the partitions are read belongs to one of them.
     *
     * @param property a filterable property, best the first of the key
     * @param rows how many rows a partition should have, roughly
     */
    public record Partitioning(String property, int rows) {
        private static final int ROWS_MIN = 1_000;
        private static final int ROWS_MAX = 10_000_000;

        public Partitioning {
            if (property.isBlank() || rows < ROWS_MIN || rows > ROWS_MAX) {
                throw DefinitionProblem.INTEGRATION_INVALID.because(
                        "partition needs a property, and rows from %d to %d".formatted(ROWS_MIN, ROWS_MAX));
            }
        }
    }

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern ALTERNATIVE = Pattern.compile("\\b(or|not)\\b");

    /** What SAP serves at most; larger pages were measured slower elsewhere. */
    public static final int PAGE_SIZE_MAX = 10_000;

    /** The whole set in one partition, with nothing known about its changes. */
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

    /** Whether the filter gives a property one value: by {@code eq}, and without alternatives. */
    boolean fixes(String property) {
        var terms = filter == null ? "" : LITERAL.matcher(filter).replaceAll("''");
        return !ALTERNATIVE.matcher(terms).find()
                && Pattern.compile("(?<![\\w/])" + Pattern.quote(property) + " +eq ")
                        .matcher(terms)
                        .find();
    }

    /** The filter and a condition besides, which is empty for none; empty when there is neither. */
    public String filterAnd(String condition) {
        if (filter == null || filter.isEmpty()) {
            return condition;
        }
        return condition.isEmpty() ? filter : "(%s) and (%s)".formatted(filter, condition);
    }
}
