package io.imaint.kernel.http;

import java.util.function.Supplier;

/**
 * A value that a browser may keep, if it asks each time whether it is still right. It is made only for a client that does
 * not have this version.
 *
 * @param version changes whenever the value may have changed, for this caller too; printable ASCII without quotes
 */
public record Revalidated<T>(String version, Supplier<T> value) {
    public Revalidated {
        assert version.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"') : version;
    }
}
