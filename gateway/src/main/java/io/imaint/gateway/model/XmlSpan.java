package io.imaint.gateway.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an element stands in a text.
 *
 * @param name without prefix
 * @param prefix empty for none
 * @param start of the first tag
 * @param inner behind the first tag; {@code end} where the tag closes itself
 * @param innerEnd before the last tag
 * @param end behind the last tag
 */
public record XmlSpan(String name, String prefix, int start, int inner, int innerEnd, int end, List<XmlSpan> children) {
    /** The children of a name. */
    public Stream<XmlSpan> all(String child) {
        return children.stream().filter(one -> one.name.equals(child));
    }

    /** The first child of a name. */
    public Optional<XmlSpan> child(String child) {
        return all(child).findFirst();
    }

    /** The root element of a text that {@link Xml#read} has accepted. */
    public static XmlSpan root(String text) throws XmlInvalid {
        return XmlSpans.root(text);
    }

    public boolean closesItself() {
        return inner == end;
    }
}
