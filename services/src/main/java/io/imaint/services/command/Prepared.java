package io.imaint.services.command;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.replica.Replicas;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command that was checked.
 *
 * @param anchorType the collection of the object whose commands keep their order
 * @param anchor its number, or the id of the item that creates it; null where this command creates it
 * @param key the id of the document that is changed or acted on; null where one is created
 */
public record Prepared(
        Command command,
        CollectionType<Document> anchorType,
        @Nullable String anchor,
        @Nullable String plant,
        @Nullable String key,
        Document values,
        Document base,
        Map<String, String> references) {
    public Prepared {
        references = Map.copyOf(references);
    }

    /** A command that creates an object of its own. */
    public static Prepared creation(Command command, @Nullable String plant, Document values) {
        return new Prepared(command, command.collection(), null, plant, null, values, new Document(), Map.of());
    }

    /** A command about an object: a step in its life, or something that hangs on it. */
    public static Prepared about(Command command, Expected object, @Nullable String key, Document values) {
        return new Prepared(
                command,
                object.type(),
                object.anchor(),
                object.document().text(Replicas.PLANT).orElse(null),
                key,
                values,
                new Document(),
                Map.of());
    }

    public Prepared base(Document seen) {
        return new Prepared(command, anchorType, anchor, plant, key, values, seen, references);
    }

    /** The command, whose field is the number that SAP gives to what an object's item creates, where it has none yet. */
    public Prepared referring(String field, Expected object) {
        if (object.numbered()) {
            return this;
        }
        var more = new HashMap<>(references);
        more.put(field, object.anchor());
        return new Prepared(command, anchorType, anchor, plant, key, values, base, more);
    }

    Draft draft(String id, String digest) {
        return new Draft(id, command, anchorType.name(), anchor, plant, key, values, base, references, digest);
    }
}
