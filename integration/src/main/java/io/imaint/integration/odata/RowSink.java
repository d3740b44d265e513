package io.imaint.integration.odata;

/** Where the rows of a page go, one by one and in the server's order. */
public interface RowSink {
    /**
     * Takes one row. The row is reused: it is valid only during this call, its values are valid for ever.
     * What this throws ends the page and reaches the reader of the page unchanged.
     */
    void row(Row row);
}
