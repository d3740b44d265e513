package io.imaint.integration.definition;

/**
 * How an initial load is split into parts that can be read side by side: by ranges of a property's values. The ranges
 * are open at both ends, so that what is created while the parts are read belongs to one of them.
 *
 * @param property a filterable property, best the first of the key
 * @param rows how many rows a part should have, roughly
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
