package io.imaint.gateway.policy;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Value;
import java.math.BigDecimal;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A claim or a header that a policy writes, or wants to find.
 *
 * @param array whether the value is a list, whose parts are separated by commas
 */
record JwtClaim(String name, Value value, Type type, boolean array) {
    /** What the value is. */
    enum Type {
        STRING,
        NUMBER,
        BOOLEAN,
        MAP
    }

    /** The value as it stands in a token. */
    Object resolved(FlowContext context, JwtPolicy policy) throws Fault {
        var found = value.resolve(context);
        if (array) {
            var parts = found instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of(policy.text(context, value).split("\\s*,\\s*", -1));
            var values = new ArrayList<Object>(parts.size());
            for (var part : parts) {
                values.add(typed(part, policy));
            }
            return values;
        }
        return typed(policy.text(context, value), policy);
    }

    private Object typed(String text, JwtPolicy policy) throws Fault {
        try {
            return switch (type) {
                case STRING -> text;
                case NUMBER -> number(text.strip());
                case BOOLEAN -> truth(text.strip());
                case MAP -> JSONObjectUtils.parse(text);
            };
        } catch (ParseException | NumberFormatException invalid) {
            throw policy.fault(
                    "InvalidClaim",
                    "Invalid claim(%s): its value is no %s"
                            .formatted(name, type.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static Object number(String text) {
        var number = new BigDecimal(text);
        // A number of a few letters such as 1e999999999 would be written in full.
        if (Math.abs(number.scale()) > 100) {
            throw new NumberFormatException(text);
        }
        return number.stripTrailingZeros().scale() <= 0 && number.precision() <= 18
                ? (Object) number.longValueExact()
                : number.doubleValue();
    }

    private static Object truth(String text) throws ParseException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ParseException(text, 0);
        };
    }

    /** Whether a value of a token is this one; a list also has to have the same order. */
    static boolean same(Object wanted, @Nullable Object found) {
        if (wanted instanceof Number one && found instanceof Number other) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        if (wanted instanceof List<?> one && found instanceof List<?> other) {
            if (one.size() != other.size()) {
                return false;
            }
            for (int i = 0; i < one.size(); i++) {
                if (!same(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return wanted.equals(found);
    }
}
