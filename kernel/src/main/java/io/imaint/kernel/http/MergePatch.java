package io.imaint.kernel.http;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes to some fields of a record: a field that is absent stays, null removes it, a list is replaced as a whole.
 * Source: RFC 7396, JSON Merge Patch.
 *
 * @param <R> the record that is changed, in the form in which a client would send it whole
 */
public final class MergePatch<R extends Record> {
    static final String MEDIA_TYPE = "application/merge-patch+json";

    private final Class<R> type;
    private final ObjectNode patch;

    /** Changes that come another way than as the body of a request. */
    public MergePatch(Class<R> type, JsonNode patch) {
        if (!(patch instanceof ObjectNode object)) {
            throw JsonBody.refused("must be an object");
        }
        this.type = type;
        this.patch = object;
    }

    /**
     * The record with the changes, checked as a whole.
     *
     * @throws io.imaint.kernel.problem.Failure {@link HttpProblem#BODY_INVALID} with everything that is wrong; a field
     *     that is required cannot be removed
     */
    public R apply(R current) {
        return JsonBody.read(type, merged(Json.tree(current), patch));
    }

    /** The changes alone, checked as a whole: a field that is absent or removed is null. */
    public R changes() {
        return JsonBody.read(type, patch);
    }

    /** The names of the fields that it sets or removes, in the order in which they were sent. */
    public List<String> fields() {
        return List.copyOf(patch.propertyNames());
    }

    @Override
    public String toString() {
        return patch.toString();
    }

    /** The target with the patch applied, as the RFC defines it. Neither argument is changed. */
    static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        var merged = target instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (var change : changes.properties()) {
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
            } else {
                var before = merged.get(change.getKey());
                merged.set(
                        change.getKey(),
                        merged(before == null ? JsonNodeFactory.instance.nullNode() : before, change.getValue()));
            }
        }
        return merged;
    }
}
