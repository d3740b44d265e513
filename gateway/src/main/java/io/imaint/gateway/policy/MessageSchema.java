package io.imaint.gateway.policy;

import io.imaint.gateway.expression.XmlDocuments;
import io.imaint.gateway.model.Resource;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/**
 * What the elements of messages look like: a schema, or the schemas in a WSDL definition. Both may import other resources of the
 * same proxy by their names, and nothing else.
 */
final class MessageSchema {
    /** Schemas that import each other, as SAP limits them. */
    private static final int IMPORT_DEPTH_MAX = 10;

    private static final DOMImplementationLS INPUTS = inputs();

    private final Schema schema;
    private final boolean definesElements;

    private MessageSchema(Schema schema, boolean definesElements) {
        this.schema = schema;
        this.definesElements = definesElements;
    }

    private static DOMImplementationLS inputs() {
        try {
            return (DOMImplementationLS) Objects.requireNonNull(
                    DOMImplementationRegistry.newInstance().getDOMImplementation("LS"));
        } catch (ReflectiveOperationException impossible) { // The Java runtime has one.
            throw new LinkageError("no DOM", impossible);
        }
    }

    /**
     * Compiles a resource.
     *
     * @param resources those of the proxy, by URL
     * @throws SAXException when it is not valid, or imports what is not there
     */
    static MessageSchema compile(Resource resource, Map<String, Resource> resources) throws SAXException {
        var root = XmlDocuments.parse(resource.text()).getDocumentElement();
        var found = new ArrayList<Element>();
        collect(root, found);
        if (found.isEmpty()) {
            throw new SAXException("it has no schema");
        }
        var factory = SchemaFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setErrorHandler(XmlDocuments.Throwing.ALL);
        factory.setResourceResolver((type, namespace, publicId, systemId, base) -> input(systemId, base, resources));
        var sources = found.stream().map(MessageSchema::source).toArray(Source[]::new);
        return new MessageSchema(factory.newSchema(sources), found.stream().anyMatch(MessageSchema::hasElement));
    }

    /** The schemas of a document: itself, or those within a WSDL definition. */
    private static void collect(Element element, List<Element> found) {
        if (isSchema(element)) {
            found.add(element);
            return;
        }
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collect(inner, found);
            }
        }
    }

    private static boolean isSchema(Node node) {
        return XMLConstants.W3C_XML_SCHEMA_NS_URI.equals(node.getNamespaceURI())
                && "schema".equals(node.getLocalName());
    }

    /** A schema within a WSDL definition uses prefixes that are declared around it, so that it is written with them. */
    private static Source source(Element schema) {
        var source = new StreamSource(new StringReader(XmlDocuments.write(withNamespaces(schema))));
        source.setSystemId("0/schema.xsd");
        return source;
    }

    private static Element withNamespaces(Element schema) {
        for (var node = schema.getParentNode(); node instanceof Element around; node = node.getParentNode()) {
            var attributes = around.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                var attribute = attributes.item(i);
                if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())
                        && !schema.hasAttribute(attribute.getNodeName())) {
                    schema.setAttributeNS(
                            XMLConstants.XMLNS_ATTRIBUTE_NS_URI, attribute.getNodeName(), attribute.getNodeValue());
                }
            }
        }
        return schema;
    }

    private static boolean hasElement(Element schema) {
        for (var child = schema.getFirstChild(); child != null; child = child.getNextSibling()) {
            if ("element".equals(child.getLocalName())
                    || "include".equals(child.getLocalName())
                    || "import".equals(child.getLocalName())) {
                return true;
            }
        }
        return false;
    }

    /** The resource of a name; the depth of imports is kept in the system id of each. */
    private static @Nullable LSInput input(
            @Nullable String systemId, @Nullable String base, Map<String, Resource> all) {
        if (systemId == null) {
            return null; // Of a namespace whose schema is in the same WSDL definition.
        }
        var name = systemId.substring(systemId.lastIndexOf('/') + 1);
        int depth = depth(base) + 1;
        var resource = all.get("xsd://" + name);
        var input = INPUTS.createLSInput();
        input.setSystemId(depth + "/" + name);
        // What is not there, or too deep, can't be read, which fails the compilation.
        input.setStringData(resource == null || depth > IMPORT_DEPTH_MAX ? "?" : resource.text());
        return input;
    }

    private static int depth(@Nullable String base) {
        if (base == null) {
            return 0;
        }
        var parts = base.split("/", -1);
        return parts.length < 2 || !parts[parts.length - 2].matches("[0-9]{1,3}")
                ? 0
                : Integer.parseInt(parts[parts.length - 2]);
    }

    boolean definesElements() {
        return definesElements;
    }

    /**
     * Validates an element.
     *
     * @throws SAXException when it is not valid; the message says why
     */
    void validate(Node element) throws SAXException {
        var validator = schema.newValidator();
        validator.setErrorHandler(XmlDocuments.Throwing.ALL);
        try {
            validator.validate(new DOMSource(element));
        } catch (IOException impossible) { // It is in memory.
            throw new AssertionError(impossible);
        }
    }
}
