package io.imaint.gateway.policy;

import io.imaint.gateway.policy.GuardedFunction.Kind;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;

/** Puts guards before the built-in functions, and seals what scripts share. */
final class Guards {
    private static final Map<String, Kind> GUARDED = Map.of(
            "Array", Kind.ARRAY,
            "String", Kind.STRING,
            "RegExp", Kind.STRING,
            "Object", Kind.OTHER,
            "Number", Kind.OTHER,
            "Date", Kind.OTHER,
            "Error", Kind.OTHER,
            "JSON", Kind.JSON,
            "Function", Kind.APPLY);

    /** {@code call} must stay Rhino's own, which the interpreter knows. What it calls is guarded. */
    private static final Set<String> FREE = Set.of("constructor", "call");

    /**
     * What is not there: what symbols name is not sealed; {@code flat} and {@code toSource} go through nested objects without being
     * counted; the settings of errors are those of all scripts.
     */
    private static final Set<String> REMOVED =
            Set.of("getOwnPropertySymbols", "flat", "flatMap", "toSource", "stackTraceLimit", "prepareStackTrace");

    /** Functions that belong to no object. */
    private static final List<String> GLOBAL = List.of(
            "parseInt",
            "parseFloat",
            "isNaN",
            "isFinite",
            "encodeURI",
            "encodeURIComponent",
            "decodeURI",
            "decodeURIComponent",
            "escape",
            "unescape");

    private Guards() {}

    static void install(Context context, ScriptableObject scope) {
        for (var name : GLOBAL) {
            guard(scope, name, Kind.PLAIN, scope);
        }
        guard(scope, "eval", Kind.EVAL, scope);
        GUARDED.forEach((name, kind) -> {
            if (scope.get(name, scope) instanceof ScriptableObject owner) {
                guard(owner, kind, scope);
                if (owner.get("prototype", owner) instanceof ScriptableObject prototype) {
                    guard(prototype, kind, scope);
                }
            }
        });
        for (var name : List.of("Function", "RegExp", "XML", "XMLList")) {
            GuardedConstructor.install(scope, name);
        }
    }

    private static void guard(ScriptableObject owner, Kind kind, ScriptableObject scope) {
        for (var id : owner.getAllIds()) {
            if (id instanceof String name && REMOVED.contains(name)) {
                owner.delete(name);
            } else if (id instanceof String name
                    && !FREE.contains(name)
                    && !name.equals("prototype")
                    && !(owner.getGetterOrSetter(name, 0, owner, false) instanceof Function)) {
                guard(owner, name, kind, scope);
            }
        }
    }

    private static void guard(ScriptableObject owner, String name, Kind kind, ScriptableObject scope) {
        if (owner.get(name, owner) instanceof Function function && !(function instanceof GuardedFunction)) {
            int attributes = owner.getAttributes(name);
            owner.setAttributes(name, ScriptableObject.DONTENUM);
            owner.put(name, owner, new GuardedFunction(scope, function, name, kind));
            owner.setAttributes(name, attributes);
        }
    }

    /** Seals an object and everything that can be reached from it. */
    static void seal(ScriptableObject root) {
        seal(root, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void seal(ScriptableObject one, Set<Object> seen) {
        if (one.isSealed() || !seen.add(one)) {
            return; // What is sealed was sealed after all that it reaches.
        }
        for (var id : one.getAllIds()) {
            if (id instanceof String name) {
                sealed(one.getGetterOrSetter(name, 0, one, false), seen);
                sealed(one.getGetterOrSetter(name, 0, one, true), seen);
                sealed(value(one, name), seen);
            } else if (id instanceof Integer index) {
                sealed(one.get(index, one), seen);
            }
        }
        sealed(one.getPrototype(), seen);
        one.sealObject();
    }

    private static @Nullable Object value(ScriptableObject owner, String name) {
        try {
            return owner.get(name, owner);
        } catch (RhinoException hidden) {
            return null; // Such as the caller of a function, which nobody may ask for.
        }
    }

    private static void sealed(@Nullable Object value, Set<Object> seen) {
        if (value instanceof ScriptableObject reached) {
            seal(reached, seen);
        }
    }
}
