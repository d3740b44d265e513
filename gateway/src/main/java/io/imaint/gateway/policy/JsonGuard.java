package io.imaint.gateway.policy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/**
 * Counts what {@code JSON.stringify} writes: a few arrays that hold each other twice make billions of texts. It takes the place of
 * the replacer, which is asked about each value, and asks the script's own.
 */
final class JsonGuard extends BaseFunction {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Function replacer;
    private final transient @Nullable Set<String> names;
    private long length;

    private JsonGuard(Scriptable scope, @Nullable Object given) {
        super(scope, ScriptableObject.getFunctionPrototype(scope));
        replacer = given instanceof Function function ? function : null;
        names = given instanceof NativeArray array ? names(array) : null;
    }

    private static Set<String> names(NativeArray array) {
        var names = new HashSet<String>();
        for (int i = 0; i < array.getLength(); i++) {
            names.add(Context.toString(array.get(i, array)));
        }
        return names;
    }

    /** The arguments of {@code stringify} with the guard in them. */
    static Object[] around(Context context, Scriptable scope, Object[] arguments) {
        var guarded = Arrays.copyOf(arguments, Math.max(2, arguments.length));
        if (arguments.length == 0) {
            guarded[0] = Undefined.instance;
        }
        guarded[1] = new JsonGuard(scope, arguments.length > 1 ? arguments[1] : null);
        return guarded;
    }

    @Override
    public @Nullable Object call(Context context, Scriptable scope, Scriptable holder, Object[] arguments) {
        GuardedFunction.check(context);
        var key = arguments[0];
        var value = arguments[1];
        if (names != null
                && !(holder instanceof NativeArray)
                && !"".equals(key)
                && !names.contains(Context.toString(key))) {
            return Undefined.instance;
        }
        var replaced = replacer == null ? value : replacer.call(context, scope, holder, arguments);
        length += 8 + (replaced instanceof CharSequence text ? text.length() : 0);
        ScriptLimits.text(length);
        return replaced;
    }
}
