package io.imaint.gateway.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of a file of a bundle.
 *
 * @param name without prefix
 * @param namespace empty for none
 * @param attributes by name, in their order; declarations of namespaces are not attributes
 * @param text the characters directly within, without those of children, as they stand in the file
 * @param inner what is between the tags, as it stands in the file: for payloads that hold XML
 * @param line where the element begins, from 1
 * @param namespaces the prefixes declared here, by prefix
 */
public record XmlElement(
        String name,
        String namespace,
        Map<String, String> attributes,
        List<XmlElement> children,
        String text,
        String inner,
        int line,
        Map<String, String> namespaces) {
    /** The text without blanks around it. */
    public String trimmed() {
        return text.strip();
    }

    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** The children of a name, in their order. */
    public Stream<XmlElement> all(String child) {
        return children.stream().filter(one -> one.name.equals(child));
    }

    /** The first child of a name. */
    public Optional<XmlElement> child(String child) {
        return all(child).findFirst();
    }

    /** The text of the first child of a name; empty where there is none, and where it is blank. */
    public Optional<String> childText(String child) {
        return child(child).map(XmlElement::trimmed).filter(text -> !text.isEmpty());
    }
}
