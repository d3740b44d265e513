package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The element Copy.
 *
 * @param source the name of a message's variable
 * @param ignoreMissing whether a source that is not there is passed over: a sample of SAP has {@code IgnoreUnresolvedVariables} here
 */
record MessageCopy(
        String source, boolean ignoreMissing, List<FieldSelection> fields, Set<Part> parts, ChangeFaults faults)
        implements MessageChanges.Change {
    /** What a message has one of. */
    enum Part {
        PAYLOAD("Payload"),
        VERB("Verb"),
        PATH("Path"),
        VERSION("Version"),
        STATUS_CODE("StatusCode"),
        REASON_PHRASE("ReasonPhrase");

        private final String element;

        Part(String element) {
            this.element = element;
        }

        private void copy(Message source, Message message) {
            boolean requests = source.isRequest() && message.isRequest();
            boolean responses = !source.isRequest() && !message.isRequest();
            switch (this) {
                case PAYLOAD -> payload(source, message);
                case VERSION -> message.version(source.version());
                case VERB -> when(requests, () -> message.verb(source.verb()));
                case PATH -> when(requests, () -> message.path(source.path()));
                case STATUS_CODE -> when(responses, () -> message.status(source.status(), message.reason()));
                case REASON_PHRASE -> when(responses, () -> message.reason(source.reason()));
            }
        }

        private static void when(boolean fits, Runnable copy) {
            if (fits) {
                copy.run();
            }
        }

        /** The body with its type, without which it could not be read. */
        private static void payload(Message source, Message message) {
            var type = source.headers().line("Content-Type");
            if (type != null) {
                message.headers().set("Content-Type", type);
            }
            message.body(source.body());
        }
    }

    static MessageCopy read(PolicyReader reader, ChangeFaults faults) {
        var parts = EnumSet.noneOf(Part.class);
        for (var part : Part.values()) {
            if (reader.flag(part.element, false)) {
                parts.add(part);
            }
        }
        return new MessageCopy(
                reader.attribute("source").orElse("message"),
                reader.flag("IgnoreUnresolvedVariables", false),
                FieldSelection.read(reader),
                parts,
                faults);
    }

    @Override
    public void apply(MessageChanges.Target target) throws Fault {
        var found = target.context().get(source);
        if (found == null) {
            if (ignoreMissing || target.ignoreUnresolved()) {
                return;
            }
            throw faults.unresolved(source);
        }
        if (!(found instanceof Message message)) {
            throw faults.notMessage();
        }
        parts.forEach(part -> part.copy(message, target.message()));
        fields.forEach(field -> field.copy(message, target.message()));
    }
}
