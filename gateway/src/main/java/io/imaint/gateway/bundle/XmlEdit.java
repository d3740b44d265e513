package io.imaint.gateway.bundle;

import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlInvalid;
import io.imaint.gateway.model.XmlSpan;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Changes single elements of an XML file and leaves every other character as it is: comments, blanks, line ends, the byte order
 * mark. After a change the spans that were found before are void.
 */
final class XmlEdit {
    private static final String INDENTATION = "    ";

    private final String path;
    private final String newline;
    private final String unit;
    private String text;
    private XmlSpan root;

    private XmlEdit(String path, String text) throws BundleInvalid {
        this.path = path;
        this.text = text;
        this.root = find(path, text);
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
        this.unit = root.children().stream()
                .flatMap(child -> indentation(child.start()).stream())
                .findFirst()
                .filter(first -> !first.isEmpty())
                .orElse(INDENTATION);
    }

    static XmlEdit of(String path, byte[] file) throws BundleInvalid {
        try {
            Xml.read(file);
            return new XmlEdit(
                    path,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(file))
                            .toString());
        } catch (XmlInvalid invalid) {
            throw new BundleInvalid(
                    "%s can't be changed, line %d: %s".formatted(path, invalid.line(), invalid.getMessage()));
        } catch (CharacterCodingException other) {
            throw new BundleInvalid(path + " can't be changed: it is not in UTF-8");
        }
    }

    XmlSpan root() {
        return root;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text of an element without children, unescaped and without blanks around it. */
    String text(XmlSpan element) throws BundleInvalid {
        if (element.closesItself()) {
            return "";
        }
        try {
            return Xml.read("<x>" + text.substring(element.inner(), element.innerEnd()) + "</x>")
                    .trimmed();
        } catch (XmlInvalid prefixed) { // Children with prefixes that are declared outside.
            throw new BundleInvalid("%s: <%s> is not text".formatted(path, element.name()));
        }
    }

    Optional<String> childText(XmlSpan element, String child) throws BundleInvalid {
        var found = element.child(child);
        return found.isEmpty() ? Optional.empty() : Optional.of(text(found.get()));
    }

    /** Replaces the text of an element. */
    void setText(XmlSpan element, String value) throws BundleInvalid {
        var escaped = Fragment.escaped(value);
        if (element.closesItself()) {
            open(element, escaped);
        } else {
            replace(element.inner(), element.innerEnd(), escaped);
        }
    }

    /** Writes an element into another one. */
    void insert(XmlSpan parent, Fragment fragment, int index) throws BundleInvalid {
        var children = parent.children();
        var outer = indentation(parent.start());
        var inner = children.isEmpty()
                ? outer.map(known -> known + unit)
                : indentation(children.getFirst().start());
        var between = inner.filter(known -> text.indexOf('\n') >= 0)
                .map(known -> newline + known)
                .orElse("");
        var written = fragment.written(parent.prefix().isEmpty() ? "" : parent.prefix() + ":", between, unit);
        var last = between.isEmpty() ? "" : newline + outer.orElse("");
        if (parent.closesItself()) {
            open(parent, between + written + last);
        } else if (children.isEmpty()
                && text.substring(parent.inner(), parent.innerEnd()).isBlank()) {
            replace(parent.inner(), parent.innerEnd(), between + written + last);
        } else if (children.isEmpty()) { // Only comments are in it.
            int end = parent.innerEnd();
            while (Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            replace(end, end, between + written);
        } else if (index <= 0) {
            replace(children.getFirst().start(), children.getFirst().start(), written + between);
        } else {
            int end = children.get(Math.min(index, children.size()) - 1).end();
            replace(end, end, between + written);
        }
    }

    /**
     * Writes an element into another one, at its place among those that are there.
     *
     * @param order the names in the order in which they are written
     */
    void insertInOrder(XmlSpan parent, Fragment fragment, List<String> order) throws BundleInvalid {
        int own = order.indexOf(fragment.name());
        int index = 0;
        while (index < parent.children().size()
                && order.indexOf(parent.children().get(index).name()) <= own) {
            index++;
        }
        insert(parent, fragment, index);
    }

    /** Takes an element away, with its line where it stands alone. */
    void remove(XmlSpan element) throws BundleInvalid {
        int start = element.start();
        if (indentation(start).isPresent()) {
            int line = text.lastIndexOf('\n', start - 1);
            start = line > 0 && text.charAt(line - 1) == '\r' ? line - 1 : line;
        }
        replace(Math.max(0, start), element.end(), "");
    }

    /** Gives an element that closes itself a content. */
    private void open(XmlSpan element, String content) throws BundleInvalid {
        int slash = element.end() - 2;
        while (Character.isWhitespace(text.charAt(slash - 1))) {
            slash--;
        }
        var name = element.prefix().isEmpty() ? element.name() : element.prefix() + ":" + element.name();
        replace(slash, element.end(), ">" + content + "</" + name + ">");
    }

    private void replace(int from, int to, String with) throws BundleInvalid {
        text = text.substring(0, from) + with + text.substring(to);
        root = find(path, text);
    }

    private static XmlSpan find(String path, String text) throws BundleInvalid {
        try {
            return XmlSpan.root(text);
        } catch (XmlInvalid invalid) {
            throw new BundleInvalid("%s can't be changed: %s".formatted(path, invalid.getMessage()));
        }
    }

    /** The blanks before a tag; empty when something else stands before it in its line. */
    private Optional<String> indentation(int start) {
        int line = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
        var before = text.substring(Math.min(line, start), start);
        return before.isBlank() ? Optional.of(before) : Optional.empty();
    }
}
