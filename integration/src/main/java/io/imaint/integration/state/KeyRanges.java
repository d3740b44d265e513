package io.imaint.integration.state;

import java.util.List;

/**
 * The ranges of a property's values in which a load read. They meet at their boundaries and are open at both ends, so
 * there is one more of them than boundaries.
 *
 * @param property empty when all was read in one range
 * @param boundaries the least value of each range but the first, as OData writes it
 */
public record KeyRanges(String property, List<String> boundaries) {
    /** One range of everything. */
    public static final KeyRanges ALL = new KeyRanges("", List.of());

    public KeyRanges {
        boundaries = List.copyOf(boundaries);
    }
}
