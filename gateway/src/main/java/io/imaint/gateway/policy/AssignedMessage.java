package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The element AssignTo: which message a policy changes.
 *
 * <p>Without a name it is the request or the response, as the type says; without a type, that of the flow. In the error flow
 * the response is the error's message, which clients will see: an assumption, since fault rules are written that way.
 *
 * @param variable empty for the message of the flow
 * @param creation whether a new message is made always, never, or when there is none
 */
record AssignedMessage(String variable, Kind kind, Creation creation, ChangeFaults faults) {
    /** What is made. */
    enum Kind {
        REQUEST,
        RESPONSE,
        /** That of the flow. */
        AMBIENT
    }

    /** When it is made. */
    enum Creation {
        ALWAYS,
        NEVER,
        WHEN_MISSING
    }

    static AssignedMessage read(PolicyReader root) {
        var faults = ChangeFaults.of(root, "AssignMessage");
        return root.one("AssignTo")
                .map(reader -> read(reader, faults))
                .orElse(new AssignedMessage("", Kind.AMBIENT, Creation.NEVER, faults));
    }

    private static AssignedMessage read(PolicyReader reader, ChangeFaults faults) {
        reader.attribute("transport")
                .filter(transport -> !transport.equalsIgnoreCase("http"))
                .ifPresent(transport -> reader.error("transport '%s' must be http".formatted(transport)));
        var kind = reader.attribute("type").map(type -> kind(reader, type)).orElse(Kind.AMBIENT);
        var creation = reader.attribute("createNew").isEmpty()
                ? Creation.WHEN_MISSING
                : reader.attributeFlag("createNew", false) ? Creation.ALWAYS : Creation.NEVER;
        return new AssignedMessage(reader.text().orElse(""), kind, creation, faults);
    }

    /** A sample of SAP has the type of a form here; it means a request. */
    private static Kind kind(PolicyReader reader, String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "request", "application/x-www-form-urlencoded" -> Kind.REQUEST;
            case "response" -> Kind.RESPONSE;
            default -> {
                reader.error("type '%s' must be request or response".formatted(type));
                yield Kind.REQUEST;
            }
        };
    }

    /** The message to change; a new one is kept nowhere yet. */
    Message find(FlowContext context) throws Fault {
        if (creation == Creation.ALWAYS) {
            return created(context);
        }
        if (variable.isEmpty()) {
            var present = present(context);
            return present == null ? created(context) : present;
        }
        var found = context.get(variable);
        if (found instanceof Message message) {
            return message;
        }
        if (creation == Creation.WHEN_MISSING) {
            return created(context);
        }
        throw found == null ? faults.unresolved(variable) : faults.notMessage();
    }

    private @Nullable Message present(FlowContext context) {
        return switch (kind) {
            case REQUEST -> context.request();
            case RESPONSE -> context.error() == null ? context.response() : context.error();
            case AMBIENT -> context.message();
        };
    }

    private Message created(FlowContext context) {
        boolean request = switch (kind) {
            case REQUEST -> true;
            case RESPONSE -> false;
            // A name of one's own is for a callout, which SAP's default suits.
            case AMBIENT -> !variable.isEmpty() || context.message().isRequest();
        };
        return request ? Message.request("GET", "/", "") : Message.response(200, "OK");
    }

    /** Gives the variable its message, where it does not have it yet. */
    void keep(FlowContext context, Message message) throws Fault {
        var name = variable.isEmpty() ? message.isRequest() ? "request" : "response" : variable;
        if (message == context.error() || message == context.get(name)) {
            return;
        }
        var error = context.error();
        if (error != null && name.equals("response")) {
            error.headers(message.headers());
            error.body(message.body());
            error.status(message.status(), message.reason());
        } else if (!context.set(name, message)) {
            throw faults.notSet(name);
        }
    }
}
