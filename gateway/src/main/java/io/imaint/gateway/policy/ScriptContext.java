package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Undefined;

/** {@code context}: the variables and messages of the request. */
final class ScriptContext extends HostObject {
    private static final long serialVersionUID = 1;

    /** What scripts of one request share; as a private variable, so that no trace shows it. */
    private static final String SESSION = "private.javascript.session";

    private final transient FlowContext flow;

    ScriptContext(Scriptable scope, FlowContext flow) {
        super(scope, "Context");
        this.flow = flow;
        method("getVariable", arguments -> variable(arguments));
        method("setVariable", arguments -> set(arguments));
        method("removeVariable", arguments -> set(new Object[] {HostFunction.argument(arguments, 0), null}));
    }

    private @Nullable Object variable(Object[] arguments) {
        var name = ScriptValues.text(HostFunction.argument(arguments, 0));
        return name.equals(SESSION) ? null : ScriptValues.ofVariable(flow.get(name), getParentScope(), flow);
    }

    private Object set(Object[] arguments) {
        flow.set(
                ScriptValues.text(HostFunction.argument(arguments, 0)),
                ScriptValues.toVariable(HostFunction.argument(arguments, 1)));
        return Undefined.instance;
    }

    @Override
    List<String> names() {
        return List.of("flow", "session", "proxyRequest", "targetRequest", "proxyResponse", "targetResponse");
    }

    @Override
    @Nullable
    Object read(String name) {
        return switch (name) {
            case "flow" -> flowName();
            case "session" -> session();
            case "proxyRequest", "targetRequest" -> wrapped(flow.request());
            case "proxyResponse", "targetResponse" -> response();
            default -> NOT_FOUND;
        };
    }

    private String flowName() {
        return switch (flow.state().phase()) {
            case PROXY_REQUEST -> "PROXY_REQ_FLOW";
            case TARGET_REQUEST -> "TARGET_REQ_FLOW";
            case TARGET_RESPONSE -> "TARGET_RESP_FLOW";
            case PROXY_RESPONSE, POST_CLIENT -> "PROXY_RESP_FLOW";
        };
    }

    private Object session() {
        if (flow.get(SESSION) instanceof NativeObject known) {
            return known;
        }
        var fresh = Context.getCurrentContext().newObject(getParentScope());
        flow.note(SESSION, fresh);
        return fresh;
    }

    /** The response; in an error flow that of the error; null in request flows. */
    @Nullable
    Object response() {
        if (flow.error() != null) {
            return wrapped(flow.error());
        }
        if (flow.state().phase().isRequest() && flow.response() == null) {
            return null;
        }
        return wrapped(flow.state().phase() == Phase.POST_CLIENT ? flow.response() : flow.message());
    }

    private @Nullable Object wrapped(@Nullable Message message) {
        return message == null ? null : new ScriptMessage(getParentScope(), message, flow);
    }
}
