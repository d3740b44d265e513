package io.imaint.kernel.http;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value that a browser may keep, if it asks each time whether it is still right. It is made only for a client that does
 * not have this version.
 *
 * @param version changes whenever the value may have changed, for this caller too; printable ASCII without quotes
 * @param kept finds the value's JSON where an earlier answer left it, and otherwise has it made; null where none is left
 */
public record Revalidated<T>(
        String version, Supplier<T> value, @Nullable UnaryOperator<Supplier<String>> kept) {
    public Revalidated(String version, Supplier<T> value) {
        this(version, value, null);
    }

    public Revalidated {
        assert version.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"') : version;
    }
}
