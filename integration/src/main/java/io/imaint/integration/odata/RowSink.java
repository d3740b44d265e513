package io.imaint.integration.odata;

/**
 * Where the rows of a page go, one by one and in the server's order. A lambda serves where only rows are expected: the
 * page then ends at the first row of another sort.
 */
@FunctionalInterface
public interface RowSink {
    /**
     * Takes one row. The row is reused: it is valid only during this call, its values are valid for ever.
     * What this throws ends the page and reaches the reader of the page unchanged.
     */
    void row(Row row);

    /**
     * Takes the tombstone of a row that is no longer in SAP, as only a read of changes has them. Nothing but the key's
     * values need be there. The row is reused as above.
     */
    default void deleted(Row key) {
        throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                "it reports a deleted %s to a read that asked for none".formatted(key.type()));
    }

    /** Takes the report of a row that cannot be read; the page goes on. */
    default void unreadable(UnreadableRow row) {
        throw ODataProblem.SAP_ANSWER_MALFORMED.because(row.text());
    }
}
