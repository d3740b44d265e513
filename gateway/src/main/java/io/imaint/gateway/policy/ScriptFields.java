package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Parameters;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** Headers or parameters of a message: one value is a text, several are an array. */
final class ScriptFields extends HostObject {
    private static final long serialVersionUID = 1;

    /** Which of a message. */
    enum Kind {
        HEADERS,
        QUERY,
        FORM
    }

    private final Kind kind;
    private final transient Message message;

    ScriptFields(Scriptable scope, Kind kind, Message message) {
        super(scope, "Fields");
        this.kind = kind;
        this.message = message;
    }

    private List<String> values(String name) {
        return switch (kind) {
            case HEADERS -> message.headers().values(name);
            case QUERY -> message.queryParameters().values(name);
            case FORM -> message.form().values(name);
        };
    }

    @Override
    List<String> names() {
        return switch (kind) {
            case HEADERS -> message.headers().names();
            case QUERY -> message.queryParameters().names();
            case FORM -> message.form().names();
        };
    }

    @Override
    Object read(String name) {
        var values = values(name);
        return switch (values.size()) {
            case 0 -> NOT_FOUND;
            case 1 -> values.getFirst();
            default -> ScriptValues.array(getParentScope(), values);
        };
    }

    @Override
    boolean write(String name, @Nullable Object value) {
        remove(name);
        if (value instanceof NativeArray several) {
            for (int i = 0; i < several.getLength(); i++) {
                add(name, ScriptValues.text(several.get(i, several)));
            }
        } else {
            add(name, ScriptValues.text(value));
        }
        return true;
    }

    private void add(String name, String value) {
        switch (kind) {
            case HEADERS -> {
                try {
                    message.headers().add(name, value);
                } catch (IllegalArgumentException invalid) {
                    throw org.mozilla.javascript.ScriptRuntime.typeError("a header has an invalid character");
                }
            }
            case QUERY -> message.changedQuery().add(name, value);
            case FORM -> changed(form -> form.add(name, value));
        }
    }

    @Override
    boolean remove(String name) {
        switch (kind) {
            case HEADERS -> message.headers().remove(name);
            case QUERY -> message.changedQuery().remove(name);
            case FORM -> changed(form -> form.remove(name));
        }
        return true;
    }

    private void changed(Consumer<Parameters> change) {
        var form = message.form();
        change.accept(form);
        message.form(form);
    }

    /** Takes over what an object of a script holds. */
    void copy(@Nullable Object from) {
        if (from instanceof Scriptable object) {
            for (var id : object.getIds()) {
                var name = ScriptValues.text(id);
                write(name, ScriptableObject.getProperty(object, name));
            }
        }
    }
}
