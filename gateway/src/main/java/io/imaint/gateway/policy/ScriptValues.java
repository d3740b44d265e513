package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Undefined;

/** Values of variables as scripts see them, and back. */
final class ScriptValues {
    private ScriptValues() {}

    static @Nullable Object ofVariable(@Nullable Object value, Scriptable scope, FlowContext flow) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Number number -> number.doubleValue();
            case Message message -> new ScriptMessage(scope, message, flow);
            case List<?> list -> array(scope, list);
            default -> Texts.of(value);
        };
    }

    static Scriptable array(Scriptable scope, List<?> values) {
        return Context.getCurrentContext()
                .newArray(scope, values.stream().map(Texts::of).toArray());
    }

    /** A value of a script as one of a variable: a whole number, another number, a truth, a message, or a text; null for none. */
    static @Nullable Object toVariable(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Number number -> number(number.doubleValue());
            case ScriptMessage message -> message.message();
            default -> Undefined.isUndefined(value) ? null : text(value);
        };
    }

    private static Object number(double value) {
        if (value != Math.rint(value) || Math.abs(value) >= 1L << 53) {
            return value;
        }
        long whole = (long) value;
        if (whole == (int) whole) {
            return (int) whole;
        }
        return whole;
    }

    /** A value of a script as text, as long as it is not too long. */
    static String text(@Nullable Object value) {
        ScriptLimits.text(value instanceof CharSequence text ? text.length() : 0);
        var text = Context.toString(value);
        ScriptLimits.text(text.length());
        return text;
    }
}
