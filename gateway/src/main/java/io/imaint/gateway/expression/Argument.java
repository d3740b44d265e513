package io.imaint.gateway.expression;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What stands for a text in a template or between the parentheses of a function. */
sealed interface Argument {
    record Text(String text) implements Argument {}

    /**
     * A variable.
     *
     * @param fallback what holds when it has no value; null for nothing
     */
    record Reference(String name, @Nullable String fallback) implements Argument {}

    /** What one rendering works with. */
    record Scope(Variables variables, boolean ignoreUnresolved, RandomGenerator random) {
        /** The text of an argument; null where a variable has no value. */
        @Nullable
        String find(Argument argument) {
            return switch (argument) {
                case Text(var text) -> text;
                case Reference(var name, var fallback) -> {
                    var value = variables.text(name);
                    yield value == null ? fallback : value;
                }
            };
        }

        /** The text of an argument; empty for a variable without value, if that may be ignored. */
        String text(Argument argument) throws UnresolvedVariable {
            var found = find(argument);
            if (found != null) {
                return found;
            }
            if (!ignoreUnresolved && argument instanceof Reference missing) {
                throw new UnresolvedVariable(missing.name());
            }
            return "";
        }
    }
}
