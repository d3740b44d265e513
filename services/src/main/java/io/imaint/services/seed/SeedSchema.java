package io.imaint.services.seed;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON Schema of a collection's documents, with the keywords that say how they are merged and what they refer to. */
final class SeedSchema {
    /** With keywords of our own, such as {@code x-key}, which validate nothing. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialect.builder(Dialects.getDraft202012())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .build());

    private final JsonNode root;
    private final String keyField;
    private final Map<JsonNode, Schema> conditions = new ConcurrentHashMap<>();
    private @Nullable Schema compiled;

    SeedSchema(JsonNode root) {
        this.root = root;
        this.keyField = root.path("x-document-key").stringValue("id");
    }

    /** The field with a document's key. */
    String keyField() {
        return keyField;
    }

    /** The fields that seed data may have; others are the service's own. */
    Set<String> fields() {
        var names = new TreeSet<String>();
        root.path("properties").propertyNames().forEach(names::add);
        return names;
    }

    /** Everything that is wrong with a document, by its place. */
    List<SeedFinding> findings(String file, String key, JsonNode document) {
        return validator().validate(document).stream()
                .map(error -> new SeedFinding(
                        file,
                        key,
                        pointer(error.getInstanceLocation().toString(), error.getProperty()),
                        error.getMessage()))
                .distinct()
                .toList();
    }

    private static String pointer(String place, @Nullable String property) {
        return property == null ? place : place + '/' + ThreeWayMerge.escaped(property);
    }

    private synchronized Schema validator() {
        var known = compiled;
        if (known == null) {
            known = REGISTRY.getSchema(root);
            compiled = known;
        }
        return known;
    }

    /** The shape of a document; what its schema makes depend on its other fields is as in this one. */
    Shape shape(Document document) {
        return node(document);
    }

    private Node node(Document document) {
        var applying = new ArrayList<JsonNode>();
        applying(root, SeedJson.node(document), applying);
        return new Node(List.copyOf(applying));
    }

    private void applying(JsonNode schema, JsonNode document, List<JsonNode> into) {
        into.add(schema);
        schema.path("allOf").values().forEach(part -> applying(part, document, into));
        if (schema.has("if")) {
            boolean holds = conditions
                    .computeIfAbsent(schema.path("if"), REGISTRY::getSchema)
                    .validate(document)
                    .isEmpty();
            if (schema.has(holds ? "then" : "else")) {
                applying(schema.path(holds ? "then" : "else"), document, into);
            }
        }
    }

    /** Takes what a document refers to. */
    interface Sink {
        /**
         * Takes one reference.
         *
         * @param collection whose document {@code key} is named at {@code pointer}; empty for a text of the interface
         */
        void refers(String pointer, String collection, String key);
    }

    void references(Document document, Sink sink) {
        references("", document, node(document), sink);
    }

    /** The key to which a reference has to lead. */
    interface Redirection {
        String of(String collection, String key);
    }

    /** A copy of a document in which each reference to a document leads where it has to. */
    Document redirected(Document document, Redirection redirection) {
        return (Document) Objects.requireNonNull(redirected(document, node(document), redirection));
    }

    private static @Nullable Object redirected(@Nullable Object value, Node node, Redirection redirection) {
        return switch (value) {
            case Document document -> {
                var copy = new Document();
                document.forEach((name, inner) -> copy.putKept(name, redirected(inner, node.field(name), redirection)));
                yield copy;
            }
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>();
                for (var item : list) {
                    var redirected = redirected(item, node.item(), redirection);
                    if (!node.isSet() || !items.contains(redirected)) { // Both keys may have been in it.
                        items.add(redirected);
                    }
                }
                yield items;
            }
            case String text -> {
                var collection = node.word("x-references");
                yield collection.isPresent() ? redirection.of(collection.get(), text) : text;
            }
            case null -> null;
            default -> value;
        };
    }

    private static void references(String pointer, @Nullable Object value, Node node, Sink sink) {
        switch (value) {
            case Document document ->
                document.forEach((name, inner) ->
                        references(pointer + '/' + ThreeWayMerge.escaped(name), inner, node.field(name), sink));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    references(pointer + '/' + i, list.get(i), node.item(), sink);
                }
            }
            case String text -> {
                node.word("x-references").ifPresent(collection -> sink.refers(pointer, collection, text));
                if (node.flag("x-text")) {
                    sink.refers(pointer, "", text);
                }
            }
            case null -> {}
            default -> {}
        }
    }

    /** All schemas that speak of one place. */
    private record Node(List<JsonNode> schemas) implements Shape {
        private static Node of(Stream<JsonNode> schemas) {
            return new Node(schemas.filter(JsonNode::isObject).toList());
        }

        @Override
        public Node field(String name) {
            return of(schemas.stream().flatMap(schema -> {
                var declared = schema.path("properties").path(name);
                var matching = schema.path("patternProperties").properties().stream()
                        .filter(pattern ->
                                Pattern.compile(pattern.getKey()).matcher(name).find())
                        .map(Map.Entry::getValue)
                        .toList();
                if (declared.isObject() || !matching.isEmpty()) {
                    return Stream.concat(Stream.of(declared), matching.stream());
                }
                return Stream.of(schema.path("additionalProperties"));
            }));
        }

        @Override
        public Node item() {
            return of(schemas.stream().map(schema -> schema.path("items")));
        }

        @Override
        public Optional<String> itemKey() {
            return word("x-key");
        }

        @Override
        public boolean isSet() {
            return flag("x-set");
        }

        Optional<String> word(String keyword) {
            return schemas.stream()
                    .map(schema -> schema.path(keyword))
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .findFirst();
        }

        boolean flag(String keyword) {
            return schemas.stream().anyMatch(schema -> schema.path(keyword).booleanValue(false));
        }
    }
}
