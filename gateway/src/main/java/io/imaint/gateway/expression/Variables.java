package io.imaint.gateway.expression;

import org.jspecify.annotations.Nullable;

/** What expressions can read. */
public interface Variables {
    /**
     * The value of a flow variable, such as {@code request.header.accept}: a {@link String}, {@link Boolean}, {@link Integer},
     * {@link Long}, {@link Float}, {@link Double}, a {@link java.util.List} of strings, or another object that only policies
     * use; null where there is none.
     */
    @Nullable
    Object get(String name);

    /** The value of a variable as text; null where there is none. */
    default @Nullable String text(String name) {
        var value = get(name);
        return value == null ? null : value.toString();
    }
}
