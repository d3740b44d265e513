package io.imaint.integration.load;

import java.util.OptionalLong;

/**
 * How far a part of a load has come.
 *
 * @param part from 1
 * @param parts how many there are; with one the part is the whole load
 * @param rows in the store, those before an interruption included
 * @param total as SAP announced it
 * @param rowsPerSecond since this run began; 0 while it cannot be told
 */
public record Progress(String integration, int part, int parts, long rows, OptionalLong total, long rowsPerSecond) {
    /** What is in progress, as in {@code work-orders 3/8}. */
    public String name() {
        return parts == 1 ? integration : integration + " " + part + "/" + parts;
    }

    /** As in {@code work-orders 3/8 12000 of 50000}. */
    public String line() {
        return name() + " " + rows + (total.isPresent() ? " of " + total.getAsLong() : "");
    }
}
