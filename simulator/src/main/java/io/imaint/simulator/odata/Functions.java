package io.imaint.simulator.odata;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.odata.Expression.Computed;
import io.imaint.simulator.odata.Expression.Value;
import io.imaint.simulator.odata.Filter.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions and the arithmetic of filters, OData 2.0 section 4.5. What has no value, such as a quotient by zero, is null. */
final class Functions {
    /** Longer than any text of a row; so that nested functions cannot make texts that fill the memory. */
    private static final int TEXT_MAX = 100_000;

    /** Numbers with more zeros before or after their digits have no value: a literal has an exponent of 999 at most. */
    private static final int SCALE_MAX = 1_100;

    private Functions() {}

    static Expression of(String name, List<Expression> arguments) {
        return switch (name) {
            case "substringof" -> match(name, Kind.CONTAINS, arguments.reversed());
            case "startswith" -> match(name, Kind.STARTS, arguments);
            case "endswith" -> match(name, Kind.ENDS, arguments);
            case "length" -> integer(name, arguments, 1, texts -> texts[0].length());
            case "indexof" -> integer(name, arguments, 2, texts -> texts[0].indexOf(texts[1]));
            case "tolower" -> text(name, arguments, 1, texts -> texts[0].toLowerCase(Locale.ROOT));
            case "toupper" -> text(name, arguments, 1, texts -> texts[0].toUpperCase(Locale.ROOT));
            case "trim" -> text(name, arguments, 1, texts -> texts[0].strip());
            case "concat" -> text(name, arguments, 2, texts -> bounded(texts[0]) + bounded(texts[1]));
            case "replace" -> text(name, arguments, 3, texts -> replaced(texts[0], texts[1], texts[2]));
            case "substring" -> substring(name, arguments);
            case "year" -> part(name, arguments, ChronoField.YEAR);
            case "month" -> part(name, arguments, ChronoField.MONTH_OF_YEAR);
            case "day" -> part(name, arguments, ChronoField.DAY_OF_MONTH);
            case "hour" -> part(name, arguments, ChronoField.HOUR_OF_DAY);
            case "minute" -> part(name, arguments, ChronoField.MINUTE_OF_HOUR);
            case "second" -> part(name, arguments, ChronoField.SECOND_OF_MINUTE);
            case "round" -> rounded(name, arguments, RoundingMode.HALF_UP);
            case "floor" -> rounded(name, arguments, RoundingMode.FLOOR);
            case "ceiling" -> rounded(name, arguments, RoundingMode.CEILING);
            case "isof", "cast" ->
                throw ODataFault.notImplemented("Function '%s' is not supported in $filter".formatted(name));
            default -> throw ODataFault.expression("Unknown function '%s'".formatted(name));
        };
    }

    /** A match of a bare property with a literal can seek in the order of keys, so it is kept apart. */
    private static Expression match(String name, Kind kind, List<Expression> arguments) {
        verifyCount(name, arguments, 2);
        if (arguments.get(0) instanceof Expression.OfProperty property
                && property.property().type() == EdmType.STRING
                && arguments.get(1) instanceof Expression.Literal literal
                && literal.prefix().isEmpty()
                && literal.content() != null) {
            return new Expression.OfCondition(new Filter.Match(property.place(), kind, literal.content()));
        }
        var text = argument(name, arguments, 0, EdmType.STRING);
        var wanted = argument(name, arguments, 1, EdmType.STRING);
        return new Expression.OfCondition(
                new Filter.Calculated(row -> kind.holds(Filter.text(text.of(row)), Filter.text(wanted.of(row)))));
    }

    private interface OfTexts<T> {
        T of(String[] texts);
    }

    private static Computed text(String name, List<Expression> arguments, int count, OfTexts<String> made) {
        return ofTexts(EdmType.STRING, name, arguments, count, made);
    }

    private static Computed integer(String name, List<Expression> arguments, int count, OfTexts<Integer> made) {
        return ofTexts(EdmType.INT32, name, arguments, count, texts -> BigDecimal.valueOf(made.of(texts)));
    }

    private static <T> Computed ofTexts(
            EdmType type, String name, List<Expression> arguments, int count, OfTexts<T> made) {
        verifyCount(name, arguments, count);
        var values = new Value[count];
        for (int i = 0; i < count; i++) {
            values[i] = argument(name, arguments, i, EdmType.STRING);
        }
        return new Computed(type, row -> {
            var texts = new String[count];
            for (int i = 0; i < count; i++) {
                texts[i] = Filter.text(values[i].of(row));
            }
            return made.of(texts);
        });
    }

    private static String bounded(String text) {
        return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
    }

    private static String replaced(String text, String from, String to) {
        if (from.isEmpty()) {
            return text;
        }
        var made = new StringBuilder();
        int at = 0;
        for (int next = text.indexOf(from); next >= 0 && made.length() <= TEXT_MAX; next = text.indexOf(from, at)) {
            made.append(text, at, next).append(to);
            at = next + from.length();
        }
        return bounded(made.append(text, at, text.length()).toString());
    }

    private static Computed substring(String name, List<Expression> arguments) {
        if (arguments.size() != 2) {
            verifyCount(name, arguments, 3);
        }
        var text = argument(name, arguments, 0, EdmType.STRING);
        var from = argument(name, arguments, 1, EdmType.INT32);
        var length = arguments.size() == 2 ? null : argument(name, arguments, 2, EdmType.INT32);
        return new Computed(EdmType.STRING, row -> {
            var whole = Filter.text(text.of(row));
            int begin = position(from.of(row), whole.length());
            int most = whole.length() - begin;
            return whole.substring(begin, begin + (length == null ? most : position(length.of(row), most)));
        });
    }

    private static int position(@Nullable Object number, int most) {
        var position = number instanceof BigDecimal given ? given : BigDecimal.ZERO;
        return position.max(BigDecimal.ZERO).min(BigDecimal.valueOf(most)).intValue();
    }

    /** Part of a date, a time or, in UTC, a time stamp. */
    private static Computed part(String name, List<Expression> arguments, ChronoField field) {
        verifyCount(name, arguments, 1);
        var moment = arguments.getFirst().computed();
        boolean fits = switch (moment.type()) {
            case DATE, TIMESTAMP -> true;
            case TIME -> field.isTimeBased();
            case STRING, DECIMAL, INT32, DOUBLE, GUID -> false;
        };
        if (!fits) {
            throw wrongType(name, 0);
        }
        return new Computed(EdmType.INT32, row -> {
            TemporalAccessor found = switch (moment.value().of(row)) {
                case null -> null;
                case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                case LocalTime time -> time;
                case Object date -> (TemporalAccessor) date;
            };
            return found == null ? null : BigDecimal.valueOf(found.get(field));
        });
    }

    private static Computed rounded(String name, List<Expression> arguments, RoundingMode mode) {
        verifyCount(name, arguments, 1);
        var number = arguments.getFirst().computed();
        if (!Expression.isNumber(number.type())) {
            throw wrongType(name, 0);
        }
        return new Computed(number.type(), row -> switch (number.value().of(row)) {
            case BigDecimal exact -> exact.scale() <= 0 ? exact : exact.setScale(0, mode);
            case Double floating ->
                switch (mode) {
                    case FLOOR -> Math.floor(floating);
                    case CEILING -> Math.ceil(floating);
                    default -> Math.copySign(Math.floor(Math.abs(floating) + 0.5), floating);
                };
            case null, default -> null;
        });
    }

    static boolean isArithmetic(String operator) {
        return switch (operator) {
            case "add", "sub", "mul", "div", "mod" -> true;
            default -> false;
        };
    }

    /** Two numbers combined; whole numbers are divided without a rest. */
    static Computed arithmetic(Expression left, String operator, Expression right) {
        var one = left.computed();
        var other = right.computed();
        if (!Expression.isNumber(one.type()) || !Expression.isNumber(other.type())) {
            throw ODataFault.expression("Operator '%s' needs numbers".formatted(operator));
        }
        var type = one.type() == EdmType.DOUBLE || other.type() == EdmType.DOUBLE
                ? EdmType.DOUBLE
                : one.type() == other.type() ? one.type() : EdmType.DECIMAL;
        return new Computed(type, row -> {
            if (!(one.value().of(row) instanceof Number first)
                    || !(other.value().of(row) instanceof Number second)) {
                return null;
            }
            return type == EdmType.DOUBLE
                    ? floating(first.doubleValue(), operator, second.doubleValue())
                    : exact((BigDecimal) first, operator, (BigDecimal) second, type == EdmType.INT32);
        });
    }

    private static @Nullable Double floating(double first, String operator, double second) {
        double result = switch (operator) {
            case "add" -> first + second;
            case "sub" -> first - second;
            case "mul" -> first * second;
            case "div" -> first / second;
            default -> first % second;
        };
        return Double.isFinite(result) ? result : null;
    }

    private static @Nullable BigDecimal exact(BigDecimal first, String operator, BigDecimal second, boolean whole) {
        try {
            var result = switch (operator) {
                case "add" -> first.add(second, MathContext.DECIMAL128);
                case "sub" -> first.subtract(second, MathContext.DECIMAL128);
                case "mul" -> first.multiply(second, MathContext.DECIMAL128);
                case "div" ->
                    whole
                            ? first.divideToIntegralValue(second, MathContext.DECIMAL128)
                            : first.divide(second, MathContext.DECIMAL128);
                default -> first.remainder(second, MathContext.DECIMAL128);
            };
            return Math.abs(result.scale()) > SCALE_MAX ? null : result;
        } catch (ArithmeticException noValue) {
            return null;
        }
    }

    static Computed negative(Expression expression) {
        return arithmetic(new Expression.Literal("0", null), "sub", expression);
    }

    private static Value argument(String name, List<Expression> arguments, int place, EdmType type) {
        var argument = arguments.get(place).computed();
        if (argument.type() != type) {
            throw wrongType(name, place);
        }
        return argument.value();
    }

    private static void verifyCount(String name, List<Expression> arguments, int count) {
        if (arguments.size() != count) {
            throw ODataFault.expression("Function '%s' has %d parameters".formatted(name, count));
        }
    }

    private static ODataFault wrongType(String name, int place) {
        return ODataFault.literal("Parameter %d of function '%s' has the wrong type".formatted(place + 1, name));
    }
}
