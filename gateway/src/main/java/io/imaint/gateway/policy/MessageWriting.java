package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Template;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The elements Add and Set. Only Set has a payload and the parts of the first line.
 *
 * <p>SAP says that queries are changed only in requests by GET. Its own recipes send them with POST, so that the verb is not looked at.
 */
record MessageWriting(List<Field> fields, Optional<Payload> payload, FirstLine firstLine, ChangeFaults faults)
        implements MessageChanges.Change {
    /** A header or a parameter. */
    record Field(MessageField kind, String name, Template value, boolean adds) {
        static Optional<Field> read(MessageField kind, boolean adds, PolicyReader reader) {
            var name = reader.attribute("name");
            if (name.isEmpty()) {
                reader.error("<%s> needs a name".formatted(kind.element()));
            }
            var value = reader.template(reader.element().trimmed(), "{", "}");
            return name.map(given -> new Field(kind, given, value, adds));
        }

        void write(MessageChanges.Target target) throws Fault {
            if (kind == MessageField.FORM_PARAMETER && !target.message().isForm()) {
                target.message().form(target.message().form()); // Its type changes, its body goes.
            }
            if (!kind.isIn(target.message())) {
                return;
            }
            var text = target.text(value);
            if (adds) {
                kind.add(target.message(), name, text);
            } else {
                kind.put(target.message(), name, List.of(text));
            }
        }
    }

    /** The body and its type. */
    record Payload(Template text, Optional<Template> contentType) {
        static Payload read(PolicyReader reader) {
            var prefix = reader.attribute("variablePrefix").orElse("{");
            var suffix = reader.attribute("variableSuffix").orElse("}");
            var type = reader.attribute("contentType").map(text -> reader.template(text, "{", "}"));
            return new Payload(reader.template(written(reader), prefix, suffix), type);
        }

        /** XML stands in the file as such; anything else is text, as it is, blanks included. */
        private static String written(PolicyReader reader) {
            var element = reader.element();
            if (!element.children().isEmpty()) {
                return element.inner();
            }
            return element.inner().isBlank() ? "" : element.text();
        }

        void write(MessageChanges.Target target) throws Fault {
            Message message = target.message();
            if (contentType.isPresent()) {
                message.headers().set("Content-Type", target.text(contentType.get()));
            }
            message.content(target.text(text));
        }
    }

    MessageWriting {
        fields = List.copyOf(fields);
    }

    static MessageWriting adding(PolicyReader reader, ChangeFaults faults) {
        return new MessageWriting(fields(reader, true), Optional.empty(), FirstLine.NONE, faults);
    }

    static MessageWriting setting(PolicyReader reader, ChangeFaults faults) {
        return new MessageWriting(
                fields(reader, false), reader.one("Payload").map(Payload::read), FirstLine.read(reader), faults);
    }

    private static List<Field> fields(PolicyReader reader, boolean adds) {
        var fields = new ArrayList<Field>();
        for (var kind : MessageField.values()) {
            reader.one(kind.list()).stream()
                    .flatMap(list -> list.all(kind.element()).stream())
                    .map(one -> Field.read(kind, adds, one))
                    .flatMap(Optional::stream)
                    .forEach(fields::add);
        }
        return fields;
    }

    @Override
    public void apply(MessageChanges.Target target) throws Fault {
        for (var field : fields) {
            try {
                field.write(target);
            } catch (IllegalArgumentException broken) { // The name or the value would begin another header.
                throw faults.notSet(field.name);
            }
        }
        if (payload.isPresent()) {
            try {
                payload.get().write(target);
            } catch (IllegalArgumentException broken) {
                throw faults.notSet("Content-Type");
            }
        }
        firstLine.write(target, faults);
    }
}
