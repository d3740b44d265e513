package io.imaint.gateway.policy;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/**
 * {@code Function}, {@code RegExp}, {@code XML} and {@code XMLList}, which make much of a text: so it must not be long. What belongs to the
 * built-in constructor is found behind this one.
 */
final class GuardedConstructor extends BaseFunction {
    private static final long serialVersionUID = 1;

    private final transient Function constructor;
    private final String name;

    private GuardedConstructor(Scriptable scope, Function constructor, String name) {
        super(scope, constructor);
        this.constructor = constructor;
        this.name = name;
    }

    /** Puts itself in the place of a constructor. */
    static void install(ScriptableObject scope, String name) {
        if (scope.get(name, scope) instanceof Function built
                && ScriptableObject.getProperty(built, "prototype") instanceof ScriptableObject prototype) {
            var guarded = new GuardedConstructor(scope, built, name);
            guarded.setImmunePrototypeProperty(prototype);
            scope.put(name, scope, guarded);
            if (!name.startsWith("XML")) { // There, a property is an element.
                prototype.setAttributes("constructor", ScriptableObject.DONTENUM);
                prototype.put("constructor", prototype, guarded);
            }
        }
    }

    @Override
    public String getFunctionName() {
        return name;
    }

    @Override
    public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
        return name.equals("Function")
                ? function(context, arguments)
                : constructor.call(context, scope, self, checked(context, arguments));
    }

    @Override
    public Scriptable construct(Context context, Scriptable scope, Object[] arguments) {
        return name.equals("Function")
                ? (Scriptable) function(context, arguments)
                : constructor.construct(context, scope, checked(context, arguments));
    }

    private Object[] checked(Context context, Object[] arguments) {
        GuardedFunction.check(context);
        if (arguments.length == 0 || arguments[0] == null || Undefined.isUndefined(arguments[0])) {
            return arguments;
        }
        var checked = arguments.clone();
        if (name.equals("RegExp")) {
            if (!(arguments[0] instanceof Scriptable one && one.getClassName().equals("RegExp"))) {
                var text = Context.toString(arguments[0]);
                ScriptLimits.source(text.length());
                checked[0] = text;
            }
        } else if (arguments[0] instanceof CharSequence || arguments[0] instanceof ScriptBody) {
            var text = Context.toString(arguments[0]);
            ScriptLimits.xml(text);
            checked[0] = text;
        }
        return checked;
    }

    /** A function of parameters and a body, which is found in the global scope. */
    private Object function(Context context, Object[] arguments) {
        int last = Math.max(0, arguments.length - 1);
        var parameters =
                Arrays.stream(arguments, 0, last).map(Context::toString).collect(Collectors.joining(","));
        var body = arguments.length == 0 ? "" : Context.toString(arguments[last]);
        ScriptLimits.source((long) parameters.length() + body.length());
        var scope = ScriptRuntime.getTopCallScope(context);
        var source = "(function anonymous(%s\n) {\n%s\n})".formatted(parameters, body);
        return evaluated(context, scope, scope, new Object[] {source});
    }

    /** What a text of a script evaluates to. */
    static Object evaluated(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
        GuardedFunction.check(context);
        if (arguments.length == 0 || !(arguments[0] instanceof CharSequence text)) {
            return arguments.length == 0 ? Undefined.instance : arguments[0];
        }
        ScriptLimits.source(text.length());
        var environment = new CompilerEnvirons();
        environment.initFromContext(context);
        String bounded;
        try {
            bounded = BoundedSource.of(text.toString(), "eval", environment).text();
        } catch (EvaluatorException invalid) {
            throw ScriptRuntime.constructError("SyntaxError", invalid.details());
        }
        return ScriptRuntime.evalSpecial(context, scope, self, new Object[] {bounded}, "eval", 1);
    }
}
