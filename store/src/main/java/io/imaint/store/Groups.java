package io.imaint.store;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The names of the groups that a count by a field gives. */
final class Groups {
    private Groups() {}

    /** A value as text; null is the empty text, and decimals of one size have one name. */
    static String name(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal decimal -> decimal.stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }
}
