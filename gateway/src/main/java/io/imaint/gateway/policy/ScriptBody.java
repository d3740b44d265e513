package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Message;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** The payload of a message. It behaves as its text, and gives it as XML, JSON or form. */
final class ScriptBody extends HostObject {
    private static final long serialVersionUID = 1;

    private final transient Message message;

    ScriptBody(Scriptable scope, Message message) {
        super(scope, "String");
        this.message = message;
        setPrototype(ScriptableObject.getClassPrototype(scope, "String"));
        method("toString", arguments -> message.content());
        method("valueOf", arguments -> message.content());
    }

    String text() {
        return message.content();
    }

    @Override
    @Nullable
    Object read(String name) {
        return switch (name) {
            case "asJSON" -> made("JSON", "parse");
            case "asXML" -> xml();
            case "asForm" -> new ScriptFields(getParentScope(), ScriptFields.Kind.FORM, message);
            case "length" -> message.content().length();
            default -> NOT_FOUND;
        };
    }

    private @Nullable Object made(String object, String function) {
        var scope = getParentScope();
        var owner = ScriptableObject.getProperty(scope, object);
        return owner instanceof Scriptable found
                ? ScriptableObject.callMethod(
                        Context.getCurrentContext(), found, function, new Object[] {message.content()})
                : NOT_FOUND;
    }

    private Object xml() {
        var text = message.content().replaceFirst("^\\s*<\\?xml[^>]*\\?>", ""); // E4X takes no declaration.
        var context = Context.getCurrentContext();
        if (!ScriptableObject.hasProperty(getParentScope(), "XML")) {
            throw ScriptRuntime.typeError("XML is not available");
        }
        return context.newObject(getParentScope(), "XML", new Object[] {text});
    }

    @Override
    public Object getDefaultValue(Class<?> hint) {
        return message.content();
    }
}
