package io.imaint.gateway.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** An object that scripts work with: some properties are read and written here, the others are plain ones of the script. */
abstract class HostObject extends ScriptableObject {
    private static final long serialVersionUID = 1;

    private final String type;

    HostObject(Scriptable scope, String type) {
        super(scope, ScriptableObject.getObjectPrototype(scope));
        this.type = type;
    }

    /** The value of a property; {@link Scriptable#NOT_FOUND} for none of these. */
    abstract @Nullable Object read(String name);

    /** Whether a property is one of these; then it is written, unless it can't be changed. */
    boolean write(String name, @Nullable Object value) {
        return isFound(read(name));
    }

    /** Whether a property is one of these; then it is removed. */
    boolean remove(String name) {
        return false;
    }

    /** The names over which a script can loop. */
    List<String> names() {
        return List.of();
    }

    final void method(String name, HostFunction.Body body) {
        defineProperty(name, new HostFunction(getParentScope(), name, body), DONTENUM | READONLY | PERMANENT);
    }

    @SuppressWarnings("ReferenceEquality") // Rhino's mark is one object.
    private static boolean isFound(@Nullable Object value) {
        return value != NOT_FOUND;
    }

    private static void check() {
        GuardedFunction.check(Context.getCurrentContext());
    }

    @Override
    public @Nullable Object get(String name, Scriptable start) {
        check();
        var value = read(name);
        return isFound(value) ? value : super.get(name, start);
    }

    @Override
    public boolean has(String name, Scriptable start) {
        return isFound(read(name)) || super.has(name, start);
    }

    @Override
    public void put(String name, Scriptable start, Object value) {
        check();
        if (!write(name, value)) {
            super.put(name, start, value);
        }
    }

    @Override
    public void delete(String name) {
        check();
        if (!remove(name)) {
            super.delete(name);
        }
    }

    @Override
    public Object[] getIds() {
        var names = names();
        return names.isEmpty() ? super.getIds() : names.toArray();
    }

    @Override
    public String getClassName() {
        return type;
    }
}
