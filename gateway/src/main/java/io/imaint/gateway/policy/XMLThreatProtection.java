package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Objects;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Refuses XML that is malformed, has a document type, or exceeds limits. It looks only at bodies whose {@code Content-Type} is XML,
 * as documented.
 *
 * <p>Assumption: no document shows the texts of the limits; they are formed like those of JSON.
 */
final class XMLThreatProtection implements Policy {
    static final PolicyType TYPE = new PolicyType("XMLThreatProtection", "xmlattack", XMLThreatProtection::compile);

    private static final XMLInputFactory FACTORY = factory();

    /** Lengths of names; negative for no limit. */
    private record Names(long element, long attribute, long prefix, long instruction) {}

    /** How much of what; negative for no limit. */
    private record Structure(long depth, long attributes, long namespaces, long children, Counted counted) {}

    /** What counts as a child. */
    private record Counted(boolean comments, boolean elements, boolean instructions, boolean text) {}

    /** Lengths of values; negative for no limit. */
    private record Values(long text, long attribute, long namespace, long comment, long instruction) {}

    private final ThreatSource source;
    private final Names names;
    private final Structure structure;
    private final Values values;

    private XMLThreatProtection(PolicyReader reader) {
        source = ThreatSource.read(reader, "XMLThreatProtection", "steps.xmlthreatprotection.", "SourceUnavailable");
        names = reader.one("NameLimits")
                .map(one -> new Names(
                        one.number("Element", -1),
                        one.number("Attribute", -1),
                        one.number("NamespacePrefix", -1),
                        one.number("ProcessingInstructionTarget", -1)))
                .orElse(new Names(-1, -1, -1, -1));
        structure = structure(reader);
        values = reader.one("ValueLimits")
                .map(one -> new Values(
                        one.number("Text", -1),
                        one.number("Attribute", -1),
                        one.number("NamespaceURI", -1),
                        one.number("Comment", -1),
                        one.number("ProcessingInstructionData", -1)))
                .orElse(new Values(-1, -1, -1, -1, -1));
    }

    private static Policy compile(PolicyReader reader) {
        return new XMLThreatProtection(reader);
    }

    private static Structure structure(PolicyReader policy) {
        var limits = policy.one("StructureLimits");
        var counted = limits.flatMap(one -> one.one("ChildCount"))
                .map(one -> new Counted(
                        one.attributeFlag("includeComment", true),
                        one.attributeFlag("includeElement", true),
                        one.attributeFlag("includeProcessingInstruction", true),
                        one.attributeFlag("includeText", true)))
                .orElse(new Counted(true, true, true, true));
        return limits.map(one -> new Structure(
                        one.number("NodeDepth", -1),
                        one.number("AttributeCountPerElement", -1),
                        one.number("NamespaceCountPerElement", -1),
                        one.number("ChildCount", -1),
                        counted))
                .orElse(new Structure(-1, -1, -1, -1, counted));
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true); // A text is measured as a whole.
        factory.setXMLResolver((publicId, systemId, base, name) -> {
            throw new XMLStreamException("nothing is fetched: " + systemId);
        });
        return factory;
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var message = source.message(context);
        if (!ThreatSource.isOf(message, "xml") || message.bytes().length == 0) {
            return;
        }
        try {
            var reader = FACTORY.createXMLStreamReader(new StringReader(message.content()));
            try {
                new Check(reader).all();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException malformed) {
            throw failed("Malformed XML", malformed.getLocation());
        }
    }

    private Fault failed(String reason, @Nullable Location at) {
        int line = at == null ? 1 : Math.max(1, at.getLineNumber());
        return source.failed("%s: %s at line %d".formatted(source.name(), reason, line));
    }

    /** Checks one document. */
    private final class Check {
        private final XMLStreamReader reader;

        /** How many children each open element has. */
        private final ArrayDeque<Long> open = new ArrayDeque<>();

        Check(XMLStreamReader reader) {
            this.reader = reader;
        }

        void all() throws XMLStreamException, Fault {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> element();
                    case XMLStreamConstants.END_ELEMENT -> open.pop();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        limit(reader.getTextLength(), values.text, "text length");
                        child(structure.counted.text && !reader.isWhiteSpace());
                    }
                    case XMLStreamConstants.COMMENT -> {
                        limit(reader.getTextLength(), values.comment, "comment length");
                        child(structure.counted.comments);
                    }
                    case XMLStreamConstants.PROCESSING_INSTRUCTION -> {
                        limit(length(reader.getPITarget()), names.instruction, "processing instruction target length");
                        limit(length(reader.getPIData()), values.instruction, "processing instruction data length");
                        child(structure.counted.instructions);
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw failed("Document types are not allowed", reader.getLocation());
                    default -> {
                        // The end of the document.
                    }
                }
            }
        }

        private void element() throws Fault {
            child(structure.counted.elements);
            open.push(0L);
            limit(open.size(), structure.depth, "node depth");
            limit(reader.getLocalName().length(), names.element, "element name length");
            limit(length(reader.getPrefix()), names.prefix, "namespace prefix length");
            limit(reader.getAttributeCount(), structure.attributes, "attribute count");
            limit(reader.getNamespaceCount(), structure.namespaces, "namespace count");
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                limit(reader.getAttributeLocalName(i).length(), names.attribute, "attribute name length");
                limit(length(reader.getAttributePrefix(i)), names.prefix, "namespace prefix length");
                limit(length(reader.getAttributeValue(i)), values.attribute, "attribute value length");
            }
            for (int i = 0; i < reader.getNamespaceCount(); i++) {
                limit(length(reader.getNamespacePrefix(i)), names.prefix, "namespace prefix length");
                limit(length(reader.getNamespaceURI(i)), values.namespace, "namespace URI length");
            }
        }

        private static int length(@Nullable String text) {
            return Objects.requireNonNullElse(text, "").length();
        }

        private void child(boolean counts) throws Fault {
            if (counts && !open.isEmpty()) {
                long count = open.pop() + 1;
                open.push(count);
                limit(count, structure.children, "child count");
            }
        }

        private void limit(long count, long limit, String what) throws Fault {
            if (limit >= 0 && count > limit) {
                throw failed("Exceeded " + what, reader.getLocation());
            }
        }
    }
}
