package io.imaint.gateway.policy;

import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/** A function that scripts call. */
final class HostFunction extends BaseFunction {
    private static final long serialVersionUID = 1;

    /** What it does; gets the arguments as they are. */
    interface Body {
        @Nullable
        Object call(Object[] arguments);
    }

    private final String name;
    private final transient Body body;

    HostFunction(Scriptable scope, String name, Body body) {
        super(scope, ScriptableObject.getFunctionPrototype(scope));
        this.name = name;
        this.body = body;
    }

    @Override
    public String getFunctionName() {
        return name;
    }

    @Override
    public @Nullable Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
        GuardedFunction.check(context);
        return body.call(arguments);
    }

    @Override
    public Scriptable construct(Context context, Scriptable scope, Object[] arguments) {
        if (call(context, scope, scope, arguments) instanceof Scriptable made) {
            return made;
        }
        throw ScriptRuntime.typeError(name + " is not a constructor");
    }

    /** An argument; undefined where there are fewer. */
    static Object argument(Object[] arguments, int index) {
        return index < arguments.length ? arguments[index] : Undefined.instance;
    }

    static boolean isGiven(Object[] arguments, int index) {
        var value = argument(arguments, index);
        return value != null && !Undefined.isUndefined(value);
    }
}
