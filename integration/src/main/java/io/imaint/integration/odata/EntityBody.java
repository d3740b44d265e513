package io.imaint.integration.odata;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the one entity of a body. Function imports wrap it once more: {@code {"d":{"ReleaseOrder":{…}}}}; queries answer a
 * collection of one.
 */
final class EntityBody {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonFactory FACTORY = PageReader.factory(ODataSettings.Limits.DEFAULT);

    private EntityBody() {}

    /**
     * The entity; empty where the body has none.
     *
     * @param etag the header of this name; empty when the answer had none
     */
    static Optional<Entity> read(byte[] body, EntityType type, String etag) {
        if (body.length == 0) {
            return Optional.empty();
        }
        JsonNode entity;
        try {
            entity = entity(JSON.readTree(body).path("d"), type);
        } catch (JacksonException malformed) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                    "the body is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
        if (entity == null) {
            return Optional.empty();
        }
        var version = etag.isEmpty() ? entity.path("__metadata").path("etag").asString("") : etag;
        var found = new Row[1];
        var one = JSON.writeValueAsBytes(JSON.createObjectNode().set("d", entity));
        PageReader.read(FACTORY, new ByteArrayInputStream(one), type, row -> found[0] = row.copy());
        return Optional.ofNullable(found[0]).map(row -> new Entity(row, version));
    }

    private static @Nullable JsonNode entity(JsonNode data, EntityType type) {
        var content = data.path("results").isArray() ? data.path("results") : data;
        if (content.isArray()) {
            return content.isEmpty() ? null : content.get(0);
        }
        if (!content.isObject()) {
            return null;
        }
        boolean itself = type.keys().stream().anyMatch(content::has);
        if (itself || content.size() != 1) {
            return content;
        }
        var wrapped = content.iterator().next();
        return wrapped.isObject() || wrapped.isArray() ? entity(wrapped, type) : content;
    }
}
