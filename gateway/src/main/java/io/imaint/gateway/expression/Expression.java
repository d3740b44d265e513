package io.imaint.gateway.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a compiled condition. */
sealed interface Expression {
    boolean test(Variables variables);

    /** Its value when it is an operand; null for none. */
    default @Nullable Object value(Variables variables) {
        return test(variables);
    }

    private static boolean isTrue(@Nullable Object value) {
        return value instanceof Boolean truth ? truth : value instanceof String text && text.equalsIgnoreCase("true");
    }

    /** A text, a number, {@code true}, {@code false} or {@code null}. */
    record Literal(@Nullable Object literal) implements Expression {
        @Override
        public boolean test(Variables variables) {
            return isTrue(literal);
        }

        @Override
        public @Nullable Object value(Variables variables) {
            return literal;
        }
    }

    /** A variable; alone it is a condition, which holds when the variable is true or has that text. */
    record Variable(String name) implements Expression {
        @Override
        public boolean test(Variables variables) {
            return isTrue(variables.get(name));
        }

        @Override
        public @Nullable Object value(Variables variables) {
            return variables.get(name);
        }
    }

    record Not(Expression of) implements Expression {
        @Override
        public boolean test(Variables variables) {
            return !of.test(variables);
        }
    }

    record And(Expression[] all) implements Expression {
        @Override
        public boolean test(Variables variables) {
            for (var one : all) {
                if (!one.test(variables)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Or(Expression[] any) implements Expression {
        @Override
        public boolean test(Variables variables) {
            for (var one : any) {
                if (one.test(variables)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether a variable is one of several values, such as {@code request.verb = "PUT" or request.verb = "POST"}; it is read once. */
    record OneOf(Variable variable, Object[] values) implements Expression {
        @Override
        public boolean test(Variables variables) {
            var present = variable.value(variables);
            if (present == null) {
                return false;
            }
            for (var value : values) {
                if (Comparisons.hold(Operator.EQUALS, present, value)) {
                    return true;
                }
            }
            return false;
        }

        /** The same as several expressions of which one must hold; null where they are anything else. */
        static @Nullable OneOf of(List<Expression> any) {
            var values = new ArrayList<Object>();
            Variable common = null;
            for (var one : any) {
                if (!(one instanceof Comparison(var operator, Variable variable, Literal constant))) {
                    return null;
                }
                var value = constant.literal();
                if (operator != Operator.EQUALS || value == null || (common != null && !variable.equals(common))) {
                    return null;
                }
                common = variable;
                values.add(value);
            }
            return common == null ? null : new OneOf(common, values.toArray());
        }
    }

    record Comparison(Operator operator, Expression left, Expression right) implements Expression {
        @Override
        public boolean test(Variables variables) {
            var first = left.value(variables);
            var second = right.value(variables);
            if (first == null || second == null) {
                return operator.ofNull(first == null, second == null);
            }
            return Comparisons.hold(operator, first, second);
        }
    }

    /** A compiled pattern. */
    @FunctionalInterface
    interface TextPattern {
        boolean matches(String text);
    }

    record PatternMatch(Operator operator, Expression left, TextPattern pattern) implements Expression {
        @Override
        public boolean test(Variables variables) {
            var value = left.value(variables);
            if (value == null) {
                return operator.ofNull(true, false);
            }
            return Comparisons.isPlain(value)
                    && pattern.matches(value.toString()) != (operator == Operator.NOT_MATCHES);
        }
    }
}
