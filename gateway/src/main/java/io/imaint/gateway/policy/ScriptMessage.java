package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;

/** A request or a response as scripts see it. */
final class ScriptMessage extends HostObject {
    private static final long serialVersionUID = 1;

    private final transient Message message;

    /** The flow whose message it is; null for one that the script has made or got. */
    private final transient @Nullable FlowContext flow;

    private String url = "";

    ScriptMessage(Scriptable scope, Message message, @Nullable FlowContext flow) {
        super(scope, message.isRequest() ? "Request" : "Response");
        this.message = message;
        this.flow = flow;
    }

    /** A request of a script's own. */
    static ScriptMessage request(Scriptable scope, Object[] arguments) {
        var made = new ScriptMessage(scope, Message.request("GET", "/", ""), null);
        if (HostFunction.isGiven(arguments, 0)) {
            made.url = ScriptValues.text(arguments[0]);
        }
        if (HostFunction.isGiven(arguments, 1)) {
            made.write("method", arguments[1]);
        }
        if (HostFunction.isGiven(arguments, 2)) {
            made.write("headers", arguments[2]);
        }
        if (HostFunction.isGiven(arguments, 3)) {
            made.write("body", arguments[3]);
        }
        return made;
    }

    Message message() {
        return message;
    }

    String url() {
        return url;
    }

    @Override
    List<String> names() {
        return message.isRequest()
                ? List.of("method", "url", "headers", "queryParams", "body", "content")
                : List.of("status", "headers", "body", "content");
    }

    @Override
    @Nullable
    Object read(String name) {
        var scope = getParentScope();
        return switch (name) {
            case "headers" -> new ScriptFields(scope, ScriptFields.Kind.HEADERS, message);
            case "queryParams" ->
                message.isRequest() ? new ScriptFields(scope, ScriptFields.Kind.QUERY, message) : NOT_FOUND;
            case "formParams" ->
                message.isRequest() ? new ScriptFields(scope, ScriptFields.Kind.FORM, message) : NOT_FOUND;
            case "body", "content" -> new ScriptBody(scope, message);
            case "method", "verb" -> message.isRequest() ? message.verb() : NOT_FOUND;
            case "url" -> message.isRequest() ? readUrl() : NOT_FOUND;
            case "uri" -> message.isRequest() ? message.uri() : NOT_FOUND;
            case "status" -> message.isRequest() ? NOT_FOUND : new Status(scope);
            default -> NOT_FOUND;
        };
    }

    /** The target's URL once it is known, before that the client's. */
    private String readUrl() {
        if (flow == null) {
            return url;
        }
        var target = flow.text("target.url");
        return target == null ? flow.place().url() : target;
    }

    @Override
    boolean write(String name, @Nullable Object value) {
        switch (name) {
            case "body", "content" -> message.content(ScriptValues.text(value));
            case "method", "verb" -> message.verb(ScriptValues.text(value));
            case "url" -> {
                url = ScriptValues.text(value);
                if (flow != null) {
                    flow.set("target.url", url);
                }
            }
            case "headers" -> new ScriptFields(getParentScope(), ScriptFields.Kind.HEADERS, message).copy(value);
            case "queryParams" -> new ScriptFields(getParentScope(), ScriptFields.Kind.QUERY, message).copy(value);
            default -> {
                return super.write(name, value);
            }
        }
        return true;
    }

    /** {@code status.code} and {@code status.message}. */
    private final class Status extends HostObject {
        private static final long serialVersionUID = 1;

        Status(Scriptable scope) {
            super(scope, "Status");
        }

        @Override
        List<String> names() {
            return List.of("code", "message");
        }

        @Override
        Object read(String name) {
            return switch (name) {
                case "code" -> message.status();
                case "message" -> message.reason();
                default -> NOT_FOUND;
            };
        }

        @Override
        boolean write(String name, @Nullable Object value) {
            if (name.equals("code")) {
                double code = Context.toNumber(value);
                if (code >= 100 && code < 600) {
                    message.status((int) code, message.reason());
                }
                return true;
            }
            if (name.equals("message")) {
                message.reason(ScriptValues.text(value));
                return true;
            }
            return false;
        }

        @Override
        public Object getDefaultValue(Class<?> hint) {
            return Integer.toString(message.status());
        }
    }
}
