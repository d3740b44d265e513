package io.imaint.services.settings;

import io.imaint.store.Document;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Values of documents whose form is data, between the API and the store. */
public final class KeptJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .addModule(new SimpleModule().addSerializer(Document.class, new ValueSerializer<>() {
                @Override
                public void serialize(Document document, JsonGenerator json, SerializationContext context) {
                    context.writeValue(json, document.fields());
                }
            }))
            .build();

    private KeptJson() {}

    /** JSON as a document keeps it; not null. */
    public static Object kept(JsonNode node) {
        var holder = new Document().put("value", JSON.treeToValue(node, Object.class));
        return Objects.requireNonNull(holder.get("value"));
    }

    /** The JSON of a kept value. */
    public static JsonNode json(Object kept) {
        return JSON.valueToTree(kept);
    }
}
