package io.imaint.simulator.odata;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.odata.Filter.Operator;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What stands on one side of an operator in a filter, or is the argument of a function. */
sealed interface Expression {
    /** A property of the row, kept apart because a comparison of it with a literal can seek in the order of keys. */
    record OfProperty(Property property, int place) implements Expression {}

    /**
     * A literal, which a property on the other side gives its type.
     *
     * @param prefix what stands before the quotes; all of it without quotes
     * @param content what stands between the quotes, doubled quotes made single; null without quotes
     */
    record Literal(String prefix, @Nullable String content) implements Expression {
        boolean is(String word) {
            return content == null && prefix.equals(word);
        }
    }

    /** A value computed from the row, of the Java type that {@link #normal} gives for its type. */
    record Computed(EdmType type, Value value) implements Expression {}

    record OfCondition(Filter filter) implements Expression {}

    interface Value {
        /** Null where something that it is computed from is null; a text never is. */
        @Nullable
        Object of(@Nullable Object[] row);
    }

    /** Numbers are decimals unless they are floating, dates have a time, and texts are not null. */
    static @Nullable Object normal(EdmType type, @Nullable Object value) {
        return switch (type) {
            case STRING -> Filter.text(value);
            case INT32 -> value == null ? null : BigDecimal.valueOf((Integer) value);
            case DATE -> value == null ? null : ((LocalDate) value).atStartOfDay();
            case TIME, TIMESTAMP, DECIMAL, DOUBLE, GUID -> value;
        };
    }

    /** A condition as one; everything else is none. */
    default Filter condition() {
        return switch (this) {
            case OfCondition condition -> condition.filter();
            case Literal literal when literal.is("true") -> QueryOptions.EVERYTHING;
            case Literal literal when literal.is("false") -> new Filter.Not(QueryOptions.EVERYTHING);
            case OfProperty other -> throw noCondition();
            case Literal other -> throw noCondition();
            case Computed other -> throw noCondition();
        };
    }

    private static ODataFault noCondition() {
        return ODataFault.expression("The filter is not a condition");
    }

    default boolean isCondition() {
        return this instanceof OfCondition
                || (this instanceof Literal literal && (literal.is("true") || literal.is("false")));
    }

    /** A value that can be computed, of the type that its own form tells. */
    default Computed computed() {
        return switch (this) {
            case OfProperty(Property property, int place) ->
                new Computed(property.type(), row -> normal(property.type(), row[place]));
            case Literal literal -> {
                var type = Literals.type(literal);
                var value = Literals.typed(type, literal);
                yield new Computed(type, row -> value);
            }
            case Computed computed -> computed;
            case OfCondition condition -> throw ODataFault.expression("A condition cannot be computed with");
        };
    }

    /** Compares two of them; numbers of different types as numbers. */
    static Filter compared(Expression left, Operator operator, Expression right) {
        if (left.isCondition() || right.isCondition()) {
            return sameTruth(left.condition(), operator, right.condition());
        }
        return switch (left) {
            case OfProperty property when right instanceof Literal literal -> comparison(property, operator, literal);
            case Literal literal
            when right instanceof OfProperty property -> comparison(property, operator.mirrored(), literal);
            default -> {
                var one = left instanceof Literal literal && literal.is("null") ? nothing(right) : left.computed();
                var other = right instanceof Literal literal && literal.is("null") ? nothing(one) : right.computed();
                yield computed(one, operator, other);
            }
        };
    }

    private static Computed nothing(Expression like) {
        var type = like instanceof Literal literal && literal.is("null")
                ? EdmType.STRING
                : like.computed().type();
        return new Computed(type, row -> normal(type, null));
    }

    private static Filter sameTruth(Filter left, Operator operator, Filter right) {
        boolean equal = operator == Operator.EQ;
        if (!equal && operator != Operator.NE) {
            throw ODataFault.expression("Conditions have no order");
        }
        if (right instanceof Filter.Everything) { // As clients write it: startswith(…) eq true
            return equal ? left : new Filter.Not(left);
        }
        return new Filter.Calculated(row -> left.matches(row) == right.matches(row) == equal);
    }

    private static Filter comparison(OfProperty side, Operator operator, Literal literal) {
        var property = side.property();
        if (literal.content() == null) {
            return new Filter.Comparison(side.place(), operator, Literals.plain(property, literal.prefix()));
        }
        var value = Literals.quoted(property, literal.prefix(), literal.content());
        // A conversion exit also works on what is compared: order 4711 is found by its number without zeros.
        return new Filter.Comparison(
                side.place(), operator, value instanceof String plain ? property.internal(plain) : value);
    }

    private static Filter computed(Computed left, Operator operator, Computed right) {
        boolean numbers = isNumber(left.type()) && isNumber(right.type());
        if (!numbers && left.type() != right.type()) {
            throw ODataFault.literal("%s and %s cannot be compared"
                    .formatted(left.type().edmName(), right.type().edmName()));
        }
        return new Filter.Calculated(row -> {
            var one = left.value().of(row);
            var other = right.value().of(row);
            if (one == null || other == null) {
                return operator == (Objects.equals(one, other) ? Operator.EQ : Operator.NE);
            }
            return operator.holds(order(one, other));
        });
    }

    static boolean isNumber(EdmType type) {
        return switch (type) {
            case DECIMAL, INT32, DOUBLE -> true;
            case STRING, DATE, TIME, TIMESTAMP, GUID -> false;
        };
    }

    @SuppressWarnings("unchecked") // Both are of the type that normal() gives.
    private static int order(Object one, Object other) {
        if (one instanceof Double || other instanceof Double) {
            return Double.compare(((Number) one).doubleValue(), ((Number) other).doubleValue());
        }
        return ((Comparable<Object>) one).compareTo(other);
    }
}
