package io.imaint.integration.odata;

import org.jspecify.annotations.Nullable;

/** Conditions of OData as texts, put together and made ready for an address. */
public final class Filters {
    private Filters() {}

    /** Both conditions at once; one that is null or empty does not restrict. */
    public static String both(@Nullable String one, String other) {
        if (one == null || one.isEmpty()) {
            return other;
        }
        return other.isEmpty() ? one : "(%s) and (%s)".formatted(one, other);
    }

    /** As a value of a query; a blank may be nothing else than a blank there. */
    public static String encoded(String filter) {
        return Literals.encoded(filter);
    }
}
