package io.imaint.store.outbox;

import io.imaint.store.Document;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A command that a service has checked, to be accepted.
 *
 * @param id a UUID, the same when the request is repeated
 * @param anchor the number of the object whose commands keep their order, or the id of the item that creates it; null
 *     where this command creates it
 * @param anchorCollection the name of the anchor's collection
 * @param plant of the object
 * @param key as {@link OutboxItem.Request#key}
 * @param digest of what was asked for, by which a repeated request is known: what is derived may differ the next time
 */
public record Draft(
        String id,
        Command command,
        String anchorCollection,
        @Nullable String anchor,
        @Nullable String plant,
        @Nullable String key,
        Document values,
        Document base,
        Map<String, String> references,
        String digest) {
    public Draft {
        references = Map.copyOf(references);
    }

    /** A draft that repeats another where all its content is the same. */
    public Draft(
            String id,
            Command command,
            String anchorCollection,
            @Nullable String anchor,
            @Nullable String plant,
            @Nullable String key,
            Document values,
            Document base,
            Map<String, String> references) {
        this(
                id,
                command,
                anchorCollection,
                anchor,
                plant,
                key,
                values,
                base,
                references,
                new Document()
                        .put("command", command)
                        .put("object", anchor == null ? null : anchorCollection + "/" + anchor)
                        .put("key", key)
                        .put("values", values)
                        .put("base", base)
                        .put("references", new TreeMap<>(references))
                        .digest());
    }

    String object() {
        return anchorCollection + "/" + (anchor == null ? id : anchor);
    }
}
