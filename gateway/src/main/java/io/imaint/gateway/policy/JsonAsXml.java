package io.imaint.gateway.policy;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as XML. A property becomes an element, an array so many elements of its name. Some properties have another meaning,
 * which the rules say.
 */
final class JsonAsXml {
    /**
     * The names of what is not an element.
     *
     * @param objectRoot the root element of an object with several properties
     * @param arrayRoot the root element of an array, whose values are {@code arrayItem}
     * @param attributePrefix of properties that become attributes
     * @param attributeBlock the property whose properties become attributes
     * @param textNode the property that becomes text
     * @param namespaceBlock the property whose properties declare namespaces, by prefix
     * @param defaultNamespace the one of these without prefix
     * @param namespaceSeparator between prefix and name
     * @param nullValue the string that means null
     * @param replacement for characters that XML can't have
     * @param declaration whether the XML begins with one
     */
    record Rules(
            String objectRoot,
            String arrayRoot,
            String arrayItem,
            String attributePrefix,
            String attributeBlock,
            String textNode,
            String namespaceBlock,
            String defaultNamespace,
            String namespaceSeparator,
            String nullValue,
            String replacement,
            boolean declaration) {}

    private final Rules rules;
    private final StringBuilder written = new StringBuilder();

    private JsonAsXml(Rules rules) {
        this.rules = rules;
    }

    /** The XML of a JSON value. */
    static String write(@Nullable Object value, Rules rules) {
        var writer = new JsonAsXml(rules);
        if (rules.declaration) {
            writer.written.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        }
        writer.root(value);
        return writer.written.toString();
    }

    private void root(@Nullable Object value) {
        if (value instanceof List<?> list) {
            element(rules.arrayRoot, list, Map.of());
            return;
        }
        if (value instanceof Map<?, ?> object && object.size() == 1) {
            var only = object.entrySet().iterator().next();
            var name = (String) only.getKey();
            if (!(only.getValue() instanceof List) && isElement(name, only.getValue())) {
                element(name, only.getValue(), Map.of());
                return;
            }
        }
        element(rules.objectRoot, value, Map.of());
    }

    private boolean isElement(String name, @Nullable Object value) {
        return !isAttribute(name, value)
                && !name.equals(rules.textNode)
                && !(value instanceof Map && (name.equals(rules.attributeBlock) || name.equals(rules.namespaceBlock)));
    }

    private boolean isAttribute(String name, @Nullable Object value) {
        return name.length() > rules.attributePrefix.length()
                && name.startsWith(rules.attributePrefix)
                && !(value instanceof Map)
                && !(value instanceof List);
    }

    /**
     * @param scope the namespaces that are declared around it, by prefix
     */
    private void element(String name, @Nullable Object value, Map<String, String> scope) {
        var inner = value instanceof Map<?, ?> object ? scope(object, scope) : scope;
        var tag = qualified(name, inner);
        written.append('<').append(tag);
        if (value instanceof Map<?, ?> object) {
            declarations(object);
            attributes(object, inner);
        }
        written.append('>');
        switch (value) {
            case Map<?, ?> object -> object.forEach((key, one) -> property((String) key, one, inner));
            case List<?> list -> list.forEach(one -> element(rules.arrayItem, one, inner));
            case null -> {}
            default -> text(value);
        }
        written.append("</").append(tag).append('>');
    }

    private void property(String name, @Nullable Object value, Map<String, String> scope) {
        if (name.equals(rules.textNode)) {
            (value instanceof List<?> list ? list : Collections.singletonList(value)).forEach(this::text);
        } else if (isElement(name, value)) {
            if (value instanceof List<?> list) {
                list.forEach(one -> element(name, one, scope));
            } else {
                element(name, value, scope);
            }
        }
    }

    private void text(@Nullable Object value) {
        if (value != null && !value.equals(rules.nullValue)) {
            written.append(XmlNames.escaped(JsonTexts.plain(value), rules.replacement));
        }
    }

    private Map<String, String> scope(Map<?, ?> object, Map<String, String> around) {
        if (!(object.get(rules.namespaceBlock) instanceof Map<?, ?> block)) {
            return around;
        }
        var scope = new HashMap<>(around);
        block.forEach((key, uri) -> {
            var prefix = prefix((String) key);
            if (!prefix.isEmpty()) {
                scope.put(prefix, String.valueOf(uri));
            }
        });
        return Map.copyOf(scope);
    }

    /** The prefix that a property of the block declares; empty for the default one. */
    private String prefix(String key) {
        if (key.equals(rules.defaultNamespace)) {
            return "";
        }
        return XmlNames.name(key.startsWith("xmlns:") ? key.substring("xmlns:".length()) : key, rules.replacement);
    }

    private void declarations(Map<?, ?> object) {
        if (object.get(rules.namespaceBlock) instanceof Map<?, ?> block) {
            var declared = block.entrySet().stream()
                    .collect(Collectors.toMap(
                            one -> prefix((String) one.getKey()),
                            one -> String.valueOf(one.getValue()),
                            (first, second) -> second,
                            LinkedHashMap::new));
            declared.forEach((prefix, uri) -> attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, uri));
        }
    }

    private void attributes(Map<?, ?> object, Map<String, String> scope) {
        var attributes = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((key, value) -> {
            var name = (String) key;
            if (isAttribute(name, value)) {
                attributes.put(qualified(name.substring(rules.attributePrefix.length()), scope), value);
            } else if (name.equals(rules.attributeBlock) && value instanceof Map<?, ?> block) {
                block.forEach((inner, one) -> attributes.put(qualified((String) inner, scope), one));
            }
        });
        attributes.forEach((name, value) ->
                attribute(name, value == null || value.equals(rules.nullValue) ? "" : JsonTexts.plain(value)));
    }

    private void attribute(String name, String value) {
        written.append(' ')
                .append(name)
                .append("=\"")
                .append(XmlNames.escaped(value, rules.replacement)
                        .replace("\n", "&#10;")
                        .replace("\t", "&#9;"))
                .append('"');
    }

    /** A name with its prefix, where that is declared. */
    private String qualified(String name, Map<String, String> scope) {
        int at = name.indexOf(rules.namespaceSeparator);
        if (at > 0) {
            var prefix = name.substring(0, at);
            var local = name.substring(at + rules.namespaceSeparator.length());
            if (scope.containsKey(prefix) && !local.isEmpty()) {
                return prefix + ":" + XmlNames.name(local, rules.replacement);
            }
        }
        return XmlNames.name(name, rules.replacement);
    }
}
