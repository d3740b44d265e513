package io.imaint.integration.definition;

import io.imaint.store.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Definitions between JSON and documents. They know whole numbers only. */
public final class DocumentTree {
    private DocumentTree() {}

    /**
     * The document of a JSON object.
     *
     * @throws io.imaint.kernel.problem.Failure {@link DefinitionProblem#DEFINITION_REFUSED} for anything else
     */
    public static Document document(JsonNode node) {
        if (!node.isObject()) {
            throw DefinitionProblem.DEFINITION_REFUSED.because("a definition is a JSON object");
        }
        var document = new Document();
        node.properties().forEach(entry -> document.put(entry.getKey(), value(entry.getKey(), entry.getValue())));
        return document;
    }

    private static @Nullable Object value(String name, JsonNode node) {
        if (node.isObject()) {
            return document(node);
        } else if (node.isArray()) {
            var list = new ArrayList<@Nullable Object>();
            node.forEach(item -> list.add(value(name, item)));
            return list;
        } else if (node.isNull()) {
            return null;
        } else if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isString()) {
            return node.stringValue();
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        throw DefinitionProblem.DEFINITION_REFUSED.because(
                "'%s' is no number that a definition can hold".formatted(name));
    }

    /** A document as plain maps and lists, which any JSON library writes. */
    public static SequencedMap<String, @Nullable Object> plain(Document document) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        document.forEach((name, value) -> plain.put(name, plainValue(value)));
        return plain;
    }

    private static @Nullable Object plainValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Document document -> plain(document);
            case List<?> list -> list.stream().map(DocumentTree::plainValue).toList();
            case Map<?, ?> map -> throw new AssertionError("a document holds no map: " + map);
            default -> value;
        };
    }

    /** The documents that the product brings: a JSON array of objects beside the class that knows what they mean. */
    public static List<Document> packed(Class<?> beside, String name) {
        try (var json = beside.getResourceAsStream(name)) {
            assert json != null : name + " is not packed";
            var documents = new ArrayList<Document>();
            for (var node : JsonMapper.shared().readTree(json)) {
                documents.add(DocumentTree.document(node));
            }
            return documents;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
