package io.imaint.integration.definition;

import io.imaint.store.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Documents that the product brings: a JSON array of objects beside the class that knows what they mean. */
public final class PackedDocuments {
    private PackedDocuments() {}

    public static List<Document> of(Class<?> beside, String name) {
        try (var json = beside.getResourceAsStream(name)) {
            assert json != null : name + " is not packed";
            var documents = new ArrayList<Document>();
            for (var node : JsonMapper.shared().readTree(json)) {
                documents.add(document(node));
            }
            return documents;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Document document(JsonNode object) {
        var document = new Document();
        object.properties().forEach(entry -> document.put(entry.getKey(), value(entry.getValue())));
        return document;
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return document(node);
        }
        if (node.isArray()) {
            var list = new ArrayList<Object>();
            node.forEach(item -> list.add(value(item)));
            return list;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isIntegralNumber() ? (Object) node.longValue() : node.stringValue();
    }
}
