package io.imaint.gateway.expression;

import io.imaint.gateway.expression.Argument.Reference;
import io.imaint.gateway.expression.Argument.Scope;
import io.imaint.gateway.expression.TemplateFunction.Call;
import io.imaint.gateway.expression.TemplateFunction.Preparation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Functions of times, of chance, and of values that may be missing. */
final class ValueFunctions {
    /** No real expression lists more alternatives. */
    private static final int ALTERNATIVES_MAX = 50;

    // All of them give UTC, as Apigee does since the local ones are deprecated.
    static final List<TemplateFunction> ALL = List.of(
            new TemplateFunction("timeFormat", 2, 2, time(1000)),
            new TemplateFunction("timeFormatMs", 2, 2, time(1)),
            new TemplateFunction("timeFormatUTC", 2, 2, time(1000)),
            new TemplateFunction("timeFormatUTCMs", 2, 2, time(1)),
            new TemplateFunction("createUuid", 0, 0, arguments -> scope -> uuid(scope.random())),
            new TemplateFunction("randomLong", 0, 2, ValueFunctions::randomLong),
            new TemplateFunction("firstnonnull", 1, ALTERNATIVES_MAX, arguments -> scope -> first(arguments, scope)));

    private ValueFunctions() {}

    /** A time in units of so many milliseconds by a format of Java; what is no time is empty. */
    private static Preparation time(long unit) {
        return arguments -> {
            var format = new Prepared<>(arguments.getFirst(), ValueFunctions::formatter);
            return scope -> {
                var formatter = format.in(scope);
                var time = scope.text(arguments.get(1)).strip();
                try {
                    return formatter == null
                            ? ""
                            : formatter.format(Instant.ofEpochMilli(Math.multiplyExact(Long.parseLong(time), unit)));
                } catch (NumberFormatException | ArithmeticException | DateTimeException invalid) {
                    return "";
                }
            };
        };
    }

    private static DateTimeFormatter formatter(String pattern) throws ExpressionInvalid {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
        } catch (IllegalArgumentException invalid) {
            throw new ExpressionInvalid("'%s' is no format of a time".formatted(pattern));
        }
    }

    /** A random UUID by RFC 9562, version 4. */
    private static String uuid(RandomGenerator random) {
        long most = (random.nextLong() & ~0xF000L) | 0x4000L;
        long least = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }

    private static Call randomLong(List<Argument> arguments) {
        return scope -> {
            if (arguments.isEmpty()) {
                return Long.toString(scope.random().nextLong());
            }
            try {
                long min = Long.parseLong(scope.text(arguments.getFirst()).strip());
                long max = arguments.size() < 2
                        ? Long.MAX_VALUE
                        : Long.parseLong(scope.text(arguments.get(1)).strip());
                return min > max ? "" : Long.toString(between(min, max, scope.random()));
            } catch (NumberFormatException invalid) {
                return "";
            }
        };
    }

    /** A number between two, both included. */
    private static long between(long min, long max, RandomGenerator random) {
        if (max < Long.MAX_VALUE) {
            return random.nextLong(min, max + 1);
        }
        return min == Long.MIN_VALUE ? random.nextLong() : random.nextLong(min - 1, max) + 1;
    }

    /** Only when all are missing is the first of them unresolved. */
    private static String first(List<Argument> arguments, Scope scope) throws UnresolvedVariable {
        for (var argument : arguments) {
            var found = scope.find(argument);
            if (found != null) {
                return found;
            }
        }
        if (!scope.ignoreUnresolved() && arguments.getFirst() instanceof Reference missing) {
            throw new UnresolvedVariable(missing.name());
        }
        return "";
    }
}
