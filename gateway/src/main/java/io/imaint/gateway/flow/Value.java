package io.imaint.gateway.flow;

import io.imaint.gateway.expression.Variables;
import org.jspecify.annotations.Nullable;

/**
 * A value that a file gives as text or as a variable: {@code <Allow countRef="x">5</Allow>}.
 *
 * @param ref the variable; null for none
 * @param literal what holds where the variable has no value, or is not given; null for none
 */
public record Value(@Nullable String ref, @Nullable String literal) {
    public static final Value NONE = new Value(null, null);

    /** The value now; null where there is none. */
    public @Nullable Object resolve(Variables variables) {
        var found = ref == null ? null : variables.get(ref);
        return found == null ? literal : found;
    }

    /** The value now as text; null where there is none. */
    public @Nullable String text(Variables variables) {
        var found = resolve(variables);
        return found == null ? null : Texts.of(found);
    }

    public boolean isGiven() {
        return ref != null || literal != null;
    }
}
