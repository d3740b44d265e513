package io.imaint.integration.inbound;

import java.util.OptionalLong;

/**
 * How far a load has come.
 *
 * @param rows in the store, those before an interruption included
 * @param total as SAP announced it
 * @param rowsPerSecond since this run began; 0 while it cannot be told
 */
public record Progress(String integration, long rows, OptionalLong total, long rowsPerSecond) {
    /** As in {@code work-orders 12000 of 50000}. */
    public String line() {
        return integration + " " + rows + (total.isPresent() ? " of " + total.getAsLong() : "");
    }
}
