package io.imaint.gateway.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.CharacterData;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads an element as JSON: what it has becomes properties, what it has several times an array. */
final class XmlAsJson {
    /** As JSON writes numbers: leading zeros, which keys have, do not pass. */
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,100})(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?");

    /**
     * How names and values are written.
     *
     * @param attributeBlock the property that holds the attributes; empty for among the others
     * @param textNode the property that holds text beside other things
     * @param textAlways whether text is always in a property
     * @param namespaces empty where names stand without prefix
     * @param nullValue the text that means null, where null is recognized
     * @param arrays paths of elements, such as {@code orders/order}, that are arrays also when there is one
     * @param unwrapped those of these that stand for the element around them
     */
    record Rules(
            String attributePrefix,
            String attributeBlock,
            String textNode,
            boolean textAlways,
            Optional<NamespaceRules> namespaces,
            String nullValue,
            boolean recognizesNull,
            boolean recognizesNumber,
            boolean recognizesBoolean,
            Set<String> arrays,
            Set<String> unwrapped) {
        Rules {
            arrays = Set.copyOf(arrays);
            unwrapped = Set.copyOf(unwrapped);
        }
    }

    /**
     * How namespaces are written.
     *
     * @param separator between prefix and name
     * @param block the property that holds the declarations; empty for among the others, with {@code xmlns} before their prefix
     * @param defaultName of the one without prefix
     */
    record NamespaceRules(String separator, String block, String defaultName) {}

    private final Rules rules;

    private XmlAsJson(Rules rules) {
        this.rules = rules;
    }

    /** An object with the root element as its property. */
    static SequencedMap<String, @Nullable Object> read(Element root, Rules rules) {
        var reader = new XmlAsJson(rules);
        var name = reader.name(root);
        var object = new LinkedHashMap<String, @Nullable Object>();
        var value = reader.value(root, name);
        object.put(name, rules.arrays.contains(name) ? Collections.singletonList(value) : value);
        return object;
    }

    private String name(Node node) {
        var local = node.getLocalName();
        var prefix = node.getPrefix();
        return prefix == null || rules.namespaces.isEmpty() ? local : prefix + rules.namespaces.get().separator + local;
    }

    private @Nullable Object value(Element element, String path) {
        var properties = new Properties();
        declarations(element, properties);
        attributes(element, properties);
        content(element, path, properties);
        return properties.value(path);
    }

    private void declarations(Element element, Properties properties) {
        if (rules.namespaces.isEmpty()) {
            return;
        }
        var namespaces = rules.namespaces.get();
        var declared = new LinkedHashMap<String, @Nullable Object>();
        for (var attribute : attributes(element)) {
            if (isDeclaration(attribute)) {
                var prefix = attribute.getPrefix() == null ? "" : attribute.getLocalName();
                var name = namespaces.block.isEmpty()
                        ? prefix.isEmpty() ? "xmlns" : "xmlns" + namespaces.separator + prefix
                        : prefix.isEmpty() ? namespaces.defaultName : prefix;
                declared.put(name, attribute.getValue());
            }
        }
        if (namespaces.block.isEmpty()) {
            declared.forEach(properties::add);
        } else if (!declared.isEmpty()) {
            properties.add(namespaces.block, declared);
        }
    }

    private void attributes(Element element, Properties properties) {
        var found = new LinkedHashMap<String, @Nullable Object>();
        for (var attribute : attributes(element)) {
            if (!isDeclaration(attribute)) {
                found.put(rules.attributePrefix + name(attribute), scalar(attribute.getValue()));
            }
        }
        if (rules.attributeBlock.isEmpty()) {
            found.forEach(properties::add);
        } else if (!found.isEmpty()) {
            properties.add(rules.attributeBlock, found);
        }
    }

    private static List<Attr> attributes(Element element) {
        var map = element.getAttributes();
        var attributes = new ArrayList<Attr>(map.getLength());
        for (int i = 0; i < map.getLength(); i++) {
            attributes.add((Attr) map.item(i));
        }
        return attributes;
    }

    private static boolean isDeclaration(Attr attribute) {
        return XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI());
    }

    private void content(Element element, String path, Properties properties) {
        var text = new StringBuilder();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                properties.text(text);
                var name = name(child);
                properties.child(name, value(child, path + "/" + name));
            } else if (node instanceof CharacterData data && node.getNodeType() != Node.COMMENT_NODE) {
                text.append(data.getData());
            }
        }
        properties.text(text);
    }

    /** A text as the value that it looks like. */
    private @Nullable Object scalar(String text) {
        if (rules.recognizesNull && text.equals(rules.nullValue)) {
            return null;
        }
        if (rules.recognizesBoolean && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        }
        return rules.recognizesNumber && NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
    }

    /** What an element has, in the order in which it came. What has the same name becomes an array. */
    private final class Properties {
        private final SequencedMap<String, List<@Nullable Object>> all = new LinkedHashMap<>();
        private int children;
        private int texts;

        void add(String name, @Nullable Object value) {
            all.computeIfAbsent(name, fresh -> new ArrayList<>()).add(value);
        }

        void child(String name, @Nullable Object value) {
            children++;
            add(name, value);
        }

        /** Takes the text before a tag; blanks between tags are none. */
        void text(StringBuilder text) {
            if (!text.toString().isBlank()) {
                texts++;
                add(rules.textNode, scalar(text.toString()));
            }
            text.setLength(0);
        }

        @Nullable
        Object value(String path) {
            if (all.isEmpty() && rules.recognizesNull) {
                return null;
            }
            if (all.size() == 1) {
                var only = all.firstEntry();
                int count = only.getValue().size();
                if (texts == 1 && count == 1 && !rules.textAlways) {
                    return only.getValue().getFirst();
                }
                if (children == count && rules.unwrapped.contains(path + "/" + only.getKey())) {
                    return only.getValue();
                }
            }
            var object = new LinkedHashMap<String, @Nullable Object>();
            all.forEach((name, values) -> object.put(
                    name,
                    values.size() == 1 && !rules.arrays.contains(path + "/" + name) ? values.getFirst() : values));
            return object;
        }
    }
}
