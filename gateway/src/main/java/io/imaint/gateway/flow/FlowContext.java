package io.imaint.gateway.flow;

import io.imaint.gateway.expression.Variables;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request on its way: its messages and variables. Used by one thread at a time. */
public final class FlowContext implements Variables {
    /** A policy is about to wait on a thread that must not; the engine begins it anew on another one. */
    static final class WouldWait extends RuntimeException {
        private static final long serialVersionUID = 1;

        WouldWait() {
            super("a policy waits", null, false, false);
        }
    }

    @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack trace, and every request may need it.
    private static final WouldWait WOULD_WAIT = new WouldWait();

    /** Of a request with an application, which policies describe in some 30 variables; the map never grows for them. */
    private static final int VARIABLES_USUAL = 64;

    private final Place place;
    private final Client client;
    private final Map<String, Object> values = new HashMap<>(VARIABLES_USUAL);
    private Message request;
    private @Nullable Message response;
    private @Nullable Message error;
    private @Nullable Message answer;
    private boolean waiting;

    /** Whether a variable has a message of its own, such as a callout's answer, so that names may begin with it. */
    private boolean keepsMessages;

    private final FlowState state;

    public FlowContext(Place place, Client client, Message request, FlowState state) {
        this.place = place;
        this.client = client;
        this.request = request;
        this.state = state;
    }

    /**
     * Where a request came in.
     *
     * @param basePath of the proxy endpoint
     * @param suffix of the path, behind the base path
     */
    public record Place(String proxy, String revision, String endpoint, String basePath, String suffix, String url) {}

    public Place place() {
        return place;
    }

    public Client client() {
        return client;
    }

    public Message request() {
        return request;
    }

    void request(Message replacing) {
        request = replacing;
    }

    /** The response; null before there is one. */
    public @Nullable Message response() {
        return response;
    }

    public void response(@Nullable Message replacing) {
        response = replacing;
    }

    /** The message of the error flow; null outside it. */
    public @Nullable Message error() {
        return error;
    }

    void error(@Nullable Message replacing) {
        error = replacing;
    }

    /** What {@code message} means now: the request, the response, or in the error flow the error. */
    public Message message() {
        if (error != null) {
            return error;
        }
        if (state.phase().isRequest()) {
            return request;
        }
        if (response == null) {
            response = Message.response(200, "OK");
        }
        return response;
    }

    /** How far the request is, and the clock. */
    public FlowState state() {
        return state;
    }

    /**
     * Answers in a request flow without the target: no later step of a request flow runs, and the flow goes on with the response
     * flow, where this is the response.
     */
    public void answerNow(Message response) {
        answer = response;
    }

    /** What a policy answers without the target; null while none does. */
    public @Nullable Message answer() {
        return answer;
    }

    /** Announces that what follows may wait. */
    public void mayWait() {
        if (!waiting) {
            throw WOULD_WAIT;
        }
    }

    void waiting(boolean allowed) {
        waiting = allowed;
    }

    @Override
    public @Nullable Object get(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return root(name);
        }
        var message = named(name, dot);
        if (message != null) {
            return MessageVariable.of(name, dot).read(message);
        }
        if (dot == 5 && name.startsWith("error")) {
            return null; // Outside the error flow.
        }
        var own = values.get(name);
        if (own != null) {
            return own;
        }
        for (int at = keepsMessages ? dot : -1; at > 0; at = name.indexOf('.', at + 1)) {
            if (values.get(name.substring(0, at)) instanceof Message kept) {
                return MessageVariable.of(name.substring(at + 1)).read(kept);
            }
        }
        return SystemVariables.read(this, name);
    }

    private @Nullable Object root(String name) {
        return switch (name) {
            case "request" -> request;
            case "response" -> response;
            case "error" -> error;
            case "message" -> message();
            case "messageid" -> state.messageId();
            default -> values.get(name);
        };
    }

    /** The message that a name begins with: {@code request.verb}. */
    private @Nullable Message named(String name, int dot) {
        return switch (dot) {
            case 5 -> name.startsWith("error") ? error : null;
            case 7 -> name.startsWith("request") ? request : name.startsWith("message") ? message() : null;
            case 8 -> name.startsWith("response") ? response : null;
            default -> null;
        };
    }

    /** The message of a variable's name, such as {@code request} or one that a callout was given; null for none. */
    public @Nullable Message messageOf(String name) {
        return get(name) instanceof Message message ? message : null;
    }

    /**
     * Sets a variable; null takes it away.
     *
     * @return false when it can't be changed
     */
    public boolean set(String name, @Nullable Object value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return replace(name, value);
        }
        var message = named(name, dot);
        if (message == null && dot == 8 && name.startsWith("response")) {
            response = Message.response(200, "OK");
            message = response;
        }
        if (message != null) {
            return MessageVariable.of(name, dot).write(message, value);
        }
        for (int at = keepsMessages ? dot : -1; at > 0; at = name.indexOf('.', at + 1)) {
            if (values.get(name.substring(0, at)) instanceof Message kept) {
                return MessageVariable.of(name.substring(at + 1)).write(kept, value);
            }
        }
        if (SystemVariables.isReadOnly(name)) {
            return false;
        }
        put(name, value);
        return true;
    }

    private boolean replace(String name, @Nullable Object value) {
        switch (name) {
            case "request" -> {
                if (!(value instanceof Message message) || !message.isRequest()) {
                    return false;
                }
                request = message;
            }
            case "response" -> {
                if (!(value instanceof Message message) || message.isRequest()) {
                    return false;
                }
                response = message;
            }
            case "message", "error", "messageid" -> {
                return false;
            }
            default -> put(name, value);
        }
        return true;
    }

    private void put(String name, @Nullable Object value) {
        if (value == null) {
            values.remove(name);
        } else {
            note(name, value);
        }
    }

    /** Sets a variable that only policies set, such as {@code oauthV2.failed}. */
    public void note(String name, Object value) {
        keepsMessages |= value instanceof Message;
        values.put(name, value);
    }

    @Override
    public @Nullable String text(String name) {
        var value = get(name);
        return value == null ? null : Texts.of(value);
    }

    /** The variables that policies set, for a trace. Values of names that begin with {@code private.} must not be shown. */
    public Map<String, Object> noted() {
        return Collections.unmodifiableMap(values);
    }

    /** Whether a variable is true, as far as it is a boolean or its text. */
    public boolean isTrue(String name) {
        return Objects.toString(get(name), "").toLowerCase(Locale.ROOT).equals("true");
    }
}
