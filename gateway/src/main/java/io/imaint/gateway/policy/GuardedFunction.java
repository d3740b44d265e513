package io.imaint.gateway.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * A built-in function that is called only when what it will go through or make is not too large. Built-in functions run without
 * being counted; one call of {@code repeat} could fill the memory.
 */
final class GuardedFunction extends BaseFunction {
    private static final long serialVersionUID = 1;

    /** Characters that escaping makes of one. */
    private static final int ESCAPED_MAX = 9;

    /** What is looked at before the call. */
    enum Kind {
        ARRAY,
        STRING,
        JSON,
        APPLY,
        /** Only the lengths of texts. */
        PLAIN,
        /** {@code eval}: the source is bounded before it runs where it stands. */
        EVAL,
        OTHER
    }

    /** Functions of {@code Object} that change their argument. */
    private static final Set<String> CHANGING =
            Set.of("assign", "freeze", "preventExtensions", "seal", "setPrototypeOf");

    /** Functions that give the accessors of a property, which are made when somebody asks. */
    private static final Set<String> DESCRIBING =
            Set.of("getOwnPropertyDescriptor", "getOwnPropertyDescriptors", "__lookupGetter__", "__lookupSetter__");

    private final transient Function function;
    private final String name;
    private final Kind kind;

    GuardedFunction(Scriptable scope, Function function, String name, Kind kind) {
        super(scope, ScriptableObject.getFunctionPrototype(scope));
        this.function = function;
        this.name = name;
        this.kind = kind;
    }

    @Override
    public String getFunctionName() {
        return name;
    }

    @Override
    public int getLength() {
        return function instanceof BaseFunction known ? known.getLength() : 0;
    }

    @Override
    public int getArity() {
        return getLength();
    }

    @Override
    public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
        check(context);
        texts(arguments, name.startsWith("enc") || name.equals("escape") ? ESCAPED_MAX : 1);
        var checked = arguments;
        switch (kind) {
            case ARRAY -> array(self, arguments);
            case STRING -> string(self, arguments);
            case JSON -> checked = json(context, scope, arguments);
            case APPLY -> elements(arguments.length > 1 ? arguments[1] : null);
            case PLAIN -> {
                // They have been looked at.
            }
            case EVAL -> {
                return GuardedConstructor.evaluated(context, scope, self, arguments);
            }
            case OTHER -> {
                unshared(self, arguments);
                keys(arguments);
            }
        }
        var result = function.call(context, scope, self, checked);
        if (DESCRIBING.contains(name)) {
            described(self, arguments, result);
        }
        check(context);
        return result;
    }

    @Override
    public Scriptable construct(Context context, Scriptable scope, Object[] arguments) {
        check(context);
        return function.construct(context, scope, arguments);
    }

    static void check(Context context) {
        if (context instanceof Sandbox.Limited limited) {
            limited.check();
        }
    }

    /** Checks the texts of arguments, and what becomes of them. */
    private static void texts(Object[] arguments, int times) {
        for (var argument : arguments) {
            ScriptLimits.text(argument instanceof CharSequence text ? (long) text.length() * times : 0);
        }
    }

    private Object[] json(Context context, Scriptable scope, Object[] arguments) {
        if (name.equals("stringify")) {
            return JsonGuard.around(context, scope, arguments);
        }
        if (arguments.length > 0 && !(arguments[0] instanceof Number)) {
            var text = Context.toString(arguments[0]);
            ScriptLimits.json(text);
            var checked = arguments.clone();
            checked[0] = text;
            return checked;
        }
        return arguments;
    }

    /** {@code keys} and the like make a text for each place of a text or an array. */
    private static void keys(Object[] arguments) {
        for (var argument : arguments) {
            ScriptLimits.array(argument instanceof CharSequence text ? text.length() : elements(argument));
        }
    }

    /** Sealing stops assignments, but neither these functions nor those that change what an object holds inside. */
    private void unshared(@Nullable Scriptable self, Object[] arguments) {
        if (name.startsWith("define") || CHANGING.contains(name)) {
            unshared(arguments.length == 0 ? null : arguments[0]);
        } else if (name.startsWith("set") || name.startsWith("__define")) {
            unshared((Object) self);
        }
    }

    /** The accessors of a shared object are shared as well. */
    private void described(@Nullable Scriptable self, Object[] arguments, @Nullable Object result) {
        var of = name.startsWith("__") ? self : arguments.length == 0 ? null : arguments[0];
        if (of instanceof ScriptableObject shared && shared.isSealed() && result instanceof ScriptableObject found) {
            Guards.seal(found);
        }
    }

    private static void unshared(@Nullable Object value) {
        if (value instanceof ScriptableObject shared && shared.isSealed()) {
            throw ScriptRuntime.typeError("Cannot modify a sealed object");
        }
    }

    private void array(@Nullable Scriptable self, Object[] arguments) {
        double length = elements(self);
        for (var argument : arguments) {
            length += elements(argument);
        }
        ScriptLimits.array(length);
        if (self != null && (name.equals("join") || name.endsWith("String"))) {
            joined(self, (int) elements(self), name.equals("join") ? arguments : new Object[0]);
        }
    }

    /** How many elements something has that looks like an array. */
    private static double elements(@Nullable Object value) {
        if (!(value instanceof ScriptableObject object)) {
            return 0;
        }
        var length = ScriptableObject.getProperty(object, "length");
        double count = length instanceof Number number ? number.doubleValue() : 0;
        ScriptLimits.array(count);
        return count;
    }

    private static void joined(Scriptable self, int count, Object[] arguments) {
        long between = arguments.length > 0 && arguments[0] instanceof CharSequence text ? text.length() : 1;
        long length = between * count;
        for (int i = 0; i < count; i++) {
            if (ScriptableObject.getProperty(self, i) instanceof CharSequence text) {
                length += text.length();
            }
        }
        ScriptLimits.text(length);
    }

    private void string(@Nullable Scriptable self, Object[] arguments) {
        unsharedExpression(self);
        var text = text(self);
        switch (name) {
            case "concat" -> {
                long length = text.length();
                for (var argument : arguments) {
                    length += argument instanceof CharSequence one ? one.length() : 0;
                }
                ScriptLimits.text(length);
            }
            case "compile" ->
                ScriptLimits.source(
                        arguments.length == 0
                                ? 0
                                : Context.toString(arguments[0]).length());
            case "repeat" -> ScriptLimits.text((long) (text.length() * number(arguments)));
            case "padStart", "padEnd" -> ScriptLimits.text((long) number(arguments));
            case "replace", "replaceAll" -> replaced(text, arguments);
            case "split" -> pieces(text, arguments);
            default -> {
                // Their result is no longer than what they are given.
            }
        }
    }

    /** {@code compile} would change an expression that others share. */
    private static void unsharedExpression(@Nullable Scriptable self) {
        if (self instanceof ScriptableObject shared && shared.isSealed() && "RegExp".equals(shared.getClassName())) {
            throw ScriptRuntime.typeError("Cannot modify a sealed object");
        }
    }

    /**
     * The text of a string object, if it is short enough. Others are made to text by the function itself, under the limits of a call.
     * No function of a script is called for it.
     */
    private static String text(@Nullable Scriptable self) {
        if (self instanceof ScriptBody body) {
            return body.text();
        }
        if (!(self instanceof ScriptableObject)
                || self instanceof HostObject
                || !"String".equals(self.getClassName())) {
            return "";
        }
        ScriptLimits.text(self.get("length", self) instanceof Number length ? length.longValue() : 0);
        return self.toString();
    }

    private static double number(Object[] arguments) {
        double number = arguments.length == 0 ? 0 : ScriptRuntime.toNumber(arguments[0]);
        return Double.isNaN(number) ? 0 : number;
    }

    /** The replacement may come at every character, and each of its dollar signs may stand for the whole text. */
    private static void replaced(String text, Object[] arguments) {
        if (arguments.length > 1 && arguments[1] instanceof CharSequence replacement) {
            var plain = replacement.toString();
            long dollars = plain.chars().filter(c -> c == '$').count();
            long each = plain.length() + dollars * text.length();
            if (each > 1) {
                ScriptLimits.text(occurrences(text, arguments[0]) * each + text.length());
            }
        }
    }

    /** How often something may be found in a text, at most. */
    private static long occurrences(String text, Object sought) {
        if (!(sought instanceof CharSequence found) || found.isEmpty()) {
            return text.length() + 1L;
        }
        var plain = sought.toString();
        long count = 0;
        for (int at = text.indexOf(plain); at >= 0; at = text.indexOf(plain, at + plain.length())) {
            count++;
        }
        return count;
    }

    private static void pieces(String text, Object[] arguments) {
        if (arguments.length > 0) {
            ScriptLimits.array((double) occurrences(text, arguments[0]));
        }
    }
}
