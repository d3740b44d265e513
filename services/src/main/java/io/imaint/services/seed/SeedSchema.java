package io.imaint.services.seed;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON Schema of a collection's documents, with the keywords that say how they are merged and what they refer to. */
final class SeedSchema {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode root;
    private final String keyField;
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

    Shape shape() {
        return new Node(List.of(root));
    }

    /** Takes what a document refers to. */
    interface Sink {
        /** @param collection whose document {@code key} is named at {@code pointer}; empty for a text of the interface */
        void refers(String pointer, String collection, String key);
    }

    void references(Document document, Sink sink) {
        references("", document, new Node(List.of(root)), sink);
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

    /** All schemas that speak of one place, whatever conditions they hang on. */
    private record Node(List<JsonNode> schemas) implements Shape {
        private static final List<String> BRANCHES = List.of("allOf", "anyOf", "oneOf");
        private static final List<String> CONDITIONS = List.of("if", "then", "else");

        private static Node of(Stream<JsonNode> schemas) {
            return new Node(
                    schemas.filter(JsonNode::isObject).distinct().toList());
        }

        /** The schemas with all that they are composed of. */
        private Stream<JsonNode> all() {
            var found = new ArrayList<JsonNode>();
            schemas.forEach(schema -> collect(schema, found));
            return found.stream();
        }

        private static void collect(JsonNode schema, List<JsonNode> into) {
            into.add(schema);
            for (var branch : BRANCHES) {
                schema.path(branch).values().forEach(part -> collect(part, into));
            }
            for (var condition : CONDITIONS) {
                if (schema.has(condition)) {
                    collect(schema.path(condition), into);
                }
            }
        }

        @Override
        public Node field(String name) {
            return of(all().flatMap(schema -> {
                var declared = schema.path("properties").path(name);
                var matching = schema.path("patternProperties").properties().stream()
                        .filter(pattern ->
                                Pattern.compile(pattern.getKey()).matcher(name).find())
                        .map(java.util.Map.Entry::getValue)
                        .toList();
                if (declared.isObject() || !matching.isEmpty()) {
                    return Stream.concat(Stream.of(declared), matching.stream());
                }
                return Stream.of(schema.path("additionalProperties"));
            }));
        }

        @Override
        public Node item() {
            return of(all().map(schema -> schema.path("items")));
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
            return all().map(schema -> schema.path(keyword))
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .findFirst();
        }

        boolean flag(String keyword) {
            return all().anyMatch(schema -> schema.path(keyword).booleanValue(false));
        }
    }
}
