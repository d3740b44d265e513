package io.imaint.gateway.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Finds the elements of a text that is well-formed XML without a document type. */
final class XmlSpans {
    private record Open(String name, int start, int inner, List<XmlSpan> children) {}

    private final String text;
    private final ArrayDeque<Open> open = new ArrayDeque<>();
    private int at;

    private XmlSpans(String text) {
        this.text = text;
    }

    /** The root element. */
    static XmlSpan root(String text) throws XmlInvalid {
        return new XmlSpans(text).find();
    }

    private XmlSpan find() throws XmlInvalid {
        for (at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
            if (text.startsWith("<!--", at)) {
                at = behind("-->", at + 4);
            } else if (text.startsWith("<![CDATA[", at)) {
                at = behind("]]>", at);
            } else if (text.startsWith("<?", at)) {
                at = behind("?>", at);
            } else if (text.startsWith("</", at)) {
                var closed = close();
                if (open.isEmpty()) {
                    return closed;
                }
                open.getLast().children.add(closed);
            } else {
                var alone = begin();
                if (alone != null && open.isEmpty()) {
                    return alone;
                } else if (alone != null) {
                    open.getLast().children.add(alone);
                }
            }
        }
        throw new XmlInvalid("an element has no end", 1);
    }

    private int behind(String mark, int from) throws XmlInvalid {
        int found = text.indexOf(mark, from);
        if (found < 0) {
            throw new XmlInvalid("'%s' is missing".formatted(mark), 1);
        }
        return found + mark.length();
    }

    /** Reads a first tag; the element when it closes itself, else null. */
    private @org.jspecify.annotations.Nullable XmlSpan begin() throws XmlInvalid {
        int start = at;
        int nameEnd = at + 1;
        while (nameEnd < text.length() && " \t\r\n/>".indexOf(text.charAt(nameEnd)) < 0) {
            nameEnd++;
        }
        var name = text.substring(at + 1, nameEnd);
        at = nameEnd;
        while (at < text.length() && text.charAt(at) != '>') {
            char quote = text.charAt(at);
            at = quote == '"' || quote == '\'' ? behind(String.valueOf(quote), at + 1) : at + 1;
        }
        if (at >= text.length()) {
            throw new XmlInvalid("a tag has no end", 1);
        }
        at++;
        if (text.charAt(at - 2) == '/') {
            return span(new Open(name, start, at, List.of()), at, at);
        }
        open.add(new Open(name, start, at, new ArrayList<>()));
        return null;
    }

    private XmlSpan close() throws XmlInvalid {
        if (open.isEmpty()) {
            throw new XmlInvalid("an element ends that has not begun", 1);
        }
        int innerEnd = at;
        at = behind(">", at);
        return span(open.removeLast(), innerEnd, at);
    }

    private static XmlSpan span(Open element, int innerEnd, int end) {
        int colon = element.name.indexOf(':');
        return new XmlSpan(
                element.name.substring(colon + 1),
                colon < 0 ? "" : element.name.substring(0, colon),
                element.start,
                element.inner,
                innerEnd,
                end,
                List.copyOf(element.children));
    }
}
