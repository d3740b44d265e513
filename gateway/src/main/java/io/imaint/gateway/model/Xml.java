package io.imaint.gateway.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML of files that somebody sent: no document types, no entities, nothing fetched, limited depth and size. */
public final class Xml {
    /** No policy nests deeper; more is an attack on the stack. */
    static final int DEPTH_MAX = 100;

    /** Elements of one file; SAP's largest have some thousand. */
    static final int ELEMENTS_MAX = 100_000;

    private static final XMLInputFactory FACTORY = factory();

    private Xml() {}

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, name) -> {
            throw new XMLStreamException("nothing is fetched: " + systemId);
        });
        return factory;
    }

    /** The root element of a file; a byte order mark and blanks before it are passed over. */
    public static XmlElement read(byte[] file) throws XmlInvalid {
        return read(new String(file, StandardCharsets.UTF_8));
    }

    public static XmlElement read(String file) throws XmlInvalid {
        var text = file.replaceFirst("^[\\uFEFF\\s]+", "");
        // The lines that were passed over count.
        int before = (int) file.substring(0, file.length() - text.length())
                .chars()
                .filter(c -> c == '\n')
                .count();
        try {
            var bytes = text.replaceFirst("^(<\\?xml[^>]*?)\\s+encoding\\s*=\\s*(\"[^\"]*\"|'[^']*')", "$1")
                    .getBytes(StandardCharsets.UTF_8);
            var reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes), "UTF-8");
            return new Tree(text, before).read(reader);
        } catch (XMLStreamException invalid) {
            throw new XmlInvalid(reason(invalid), line(invalid.getLocation()) + before);
        }
    }

    private static int line(Location location) {
        return location == null ? 1 : Math.max(1, location.getLineNumber());
    }

    /** What the parser says, without its own prefix of position. */
    private static String reason(XMLStreamException invalid) {
        var message = Objects.requireNonNullElse(invalid.getMessage(), "it is not well-formed XML");
        int at = message.indexOf("Message: ");
        return (at < 0 ? message : message.substring(at + "Message: ".length())).strip();
    }

    /** Builds the tree of one file. */
    private static final class Tree {
        private final String text;
        private final int before;
        private final ArrayDeque<Open> open = new ArrayDeque<>();
        private final List<XmlSpan> spans = new ArrayList<>();
        private int elements;

        Tree(String text, int before) {
            this.text = text;
            this.before = before;
        }

        XmlElement read(XMLStreamReader reader) throws XMLStreamException, XmlInvalid {
            findSpans();
            XmlElement root = null;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> begin(reader);
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (!open.isEmpty()) {
                            open.getLast().text.append(reader.getText());
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> root = end(reader);
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new XmlInvalid(
                                "document types and entities are not read", line(reader.getLocation()) + before);
                    default -> {
                        // Comments, processing instructions, the end of the document.
                    }
                }
            }
            if (root == null) {
                throw new XmlInvalid("it has no element", 1 + before);
            }
            return root;
        }

        /** Of what is not well-formed nothing is found; the parser then says why. */
        private void findSpans() {
            try {
                collect(XmlSpan.root(text), 0);
            } catch (XmlInvalid invalid) {
                spans.clear();
            }
        }

        /** In the order in which elements begin. Elements that are too deep are refused by the parser. */
        private void collect(XmlSpan span, int depth) {
            spans.add(span);
            if (depth <= DEPTH_MAX) {
                span.children().forEach(child -> collect(child, depth + 1));
            }
        }

        private String inner(int element) {
            if (element >= spans.size() || spans.get(element).closesItself()) {
                return "";
            }
            return text.substring(spans.get(element).inner(), spans.get(element).innerEnd());
        }

        private void begin(XMLStreamReader reader) throws XmlInvalid {
            int line = line(reader.getLocation()) + before;
            if (open.size() >= DEPTH_MAX || ++elements > ELEMENTS_MAX) {
                throw new XmlInvalid(
                        "it has more than %d levels or %d elements".formatted(DEPTH_MAX, ELEMENTS_MAX), line);
            }
            SequencedMap<String, String> attributes = new LinkedHashMap<>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            SequencedMap<String, String> namespaces = new LinkedHashMap<>();
            for (int i = 0; i < reader.getNamespaceCount(); i++) {
                namespaces.put(
                        Objects.requireNonNullElse(reader.getNamespacePrefix(i), ""),
                        Objects.requireNonNullElse(reader.getNamespaceURI(i), ""));
            }
            open.add(new Open(attributes, namespaces, line, elements - 1));
        }

        /** What closes is a child of what is open around it; the last one is the root. */
        private XmlElement end(XMLStreamReader reader) {
            var done = open.removeLast();
            var element = new XmlElement(
                    reader.getLocalName(),
                    Objects.requireNonNullElse(reader.getNamespaceURI(), ""),
                    Map.copyOf(done.attributes),
                    List.copyOf(done.children),
                    done.text.toString(),
                    inner(done.index),
                    done.line,
                    Map.copyOf(done.namespaces));
            if (!open.isEmpty()) {
                open.getLast().children.add(element);
            }
            return element;
        }
    }

    /** An element whose end has not been read. */
    private record Open(
            SequencedMap<String, String> attributes,
            SequencedMap<String, String> namespaces,
            int line,
            int index,
            StringBuilder text,
            List<XmlElement> children) {
        Open(SequencedMap<String, String> attributes, SequencedMap<String, String> namespaces, int line, int index) {
            this(attributes, namespaces, line, index, new StringBuilder(), new ArrayList<>());
        }
    }
}
