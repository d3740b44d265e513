package io.imaint.gateway.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.WrapFactory;

/**
 * Rhino without Java.
 *
 * <p>Scripts are interpreted, because only the interpreter counts instructions and keeps its own stack. They see no Java class: none
 * is visible, no Java object is ever wrapped, and the objects that they work with are Rhino's own or ours. All scripts share the
 * built-in objects, which are sealed; each run has a scope of its own before them. A script that uses XML, or that adds to built-in
 * objects, gets fresh ones for each run, because these can't be shared safely.
 */
final class Sandbox extends ContextFactory {
    /** Frames of scripts; each takes some hundred bytes. */
    private static final int FRAMES_MAX = 2_000;

    /** After how many instructions the limits are checked. A call counts as a hundred, so that no two go unseen. */
    private static final int INSTRUCTIONS = 100;

    /** ECMAScript 5 with {@code let}; none of the later built-in objects, which bring ways to allocate without being asked. */
    private static final int LANGUAGE = Context.VERSION_1_8;

    private static final Set<String> XML = Set.of("XML", "XMLList", "Namespace", "QName", "isXMLName");

    private static final Set<String> GLOBALS = Set.of(
            "Object",
            "Function",
            "Array",
            "String",
            "Boolean",
            "Number",
            "Date",
            "RegExp",
            "Math",
            "JSON",
            "Error",
            "EvalError",
            "RangeError",
            "ReferenceError",
            "SyntaxError",
            "TypeError",
            "URIError",
            "InternalError",
            "NaN",
            "Infinity",
            "undefined",
            "parseInt",
            "parseFloat",
            "isNaN",
            "isFinite",
            "encodeURI",
            "encodeURIComponent",
            "decodeURI",
            "decodeURIComponent",
            "escape",
            "unescape",
            "eval",
            "Iterator",
            "StopIteration");

    static final Sandbox INSTANCE = new Sandbox();

    private static final ScriptableObject SHARED = INSTANCE.sealed();

    private Sandbox() {}

    /** A context that knows the limits of its run. */
    static final class Limited extends Context {
        private @Nullable ScriptLimits limits;

        private Limited(ContextFactory factory) {
            super(factory);
        }

        void check() {
            if (limits != null) {
                limits.check();
            }
        }
    }

    private static final class NoJava extends WrapFactory {
        @Override
        public Object wrap(Context cx, Scriptable scope, Object object, Class<?> type) {
            if (object == null || object instanceof String || object instanceof Number || object instanceof Boolean) {
                return object;
            }
            if (object instanceof Scriptable known) {
                return known;
            }
            throw new EvaluatorException("no Java object is visible here");
        }

        @Override
        public Scriptable wrapAsJavaObject(Context cx, Scriptable scope, Object object, Class<?> type) {
            throw new EvaluatorException("no Java object is visible here");
        }
    }

    @Override
    protected Context makeContext() {
        var made = new Limited(this);
        made.setLanguageVersion(LANGUAGE);
        made.setInterpretedMode(true);
        made.setMaximumInterpreterStackDepth(FRAMES_MAX);
        made.setInstructionObserverThreshold(INSTRUCTIONS);
        made.setClassShutter(name -> false);
        made.setWrapFactory(new NoJava());
        return made;
    }

    @Override
    protected boolean hasFeature(Context cx, int feature) {
        return switch (feature) {
            case Context.FEATURE_PARENT_PROTO_PROPERTIES, Context.FEATURE_ENHANCED_JAVA_ACCESS -> false;
            default -> super.hasFeature(cx, feature);
        };
    }

    @Override
    protected void observeInstructionCount(Context cx, int instructions) {
        ((Limited) cx).check();
    }

    /** Enters a context for a run. */
    Limited enter(ScriptLimits limits) {
        var entered = (Limited) enterContext();
        entered.limits = limits;
        return entered;
    }

    /** The scope of one run; what it holds before anything is defined in it can't be changed, or belongs to this run. */
    static Scriptable scope(Context context, boolean own) {
        var scope = own ? builtIns(context, true) : (ScriptableObject) context.newObject(SHARED);
        if (!own) {
            scope.setPrototype(SHARED);
            scope.setParentScope(null);
        }
        scope.defineProperty(
                BoundedSource.BOUND,
                new Bound(scope),
                ScriptableObject.READONLY | ScriptableObject.PERMANENT | ScriptableObject.DONTENUM);
        return scope;
    }

    /** Gives back what was added, unless it is too long a text. */
    private static final class Bound extends BaseFunction {
        private static final long serialVersionUID = 1;

        Bound(Scriptable scope) {
            super(scope, ScriptableObject.getFunctionPrototype(scope));
        }

        @Override
        public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
            if (arguments[0] instanceof CharSequence text) {
                ScriptLimits.text(text.length());
            }
            return arguments[0];
        }
    }

    private ScriptableObject sealed() {
        try (var context = enterContext()) {
            var shared = builtIns(context, false);
            Guards.seal(shared);
            return shared;
        }
    }

    private static ScriptableObject builtIns(Context context, boolean xml) {
        var scope = context.initSafeStandardObjects();
        for (var id : scope.getAllIds()) {
            if (id instanceof String name && !GLOBALS.contains(name) && !(xml && XML.contains(name))) {
                scope.delete(name);
            }
        }
        Guards.install(context, scope);
        return scope;
    }
}
