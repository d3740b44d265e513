package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Documents with SAML assertions: read without document types and entities, searched, written. */
final class SamlXml {
    static final String SAML2 = "urn:oasis:names:tc:SAML:2.0:assertion";
    static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

    /** Characters of a document; an assertion has some thousand. */
    static final int CHARACTERS_MAX = 1024 * 1024;

    private static final Pattern XML_TYPE = Pattern.compile("(text|application)/(.*\\+)?xml");

    private SamlXml() {}

    /** A path with the prefixes that it uses. */
    record Path(String expression, Map<String, String> namespaces) {
        static Path of(PolicyReader reader, String element) {
            var namespaces = new HashMap<String, String>();
            reader.one("Namespaces").ifPresent(all -> {
                for (var namespace : all.all("Namespace")) {
                    namespaces.put(
                            namespace.attribute("prefix").orElse(""),
                            namespace.text().orElse(""));
                }
            });
            var path = new Path(reader.text(element).orElse(""), Map.copyOf(namespaces));
            if (!path.expression.isEmpty()) {
                try {
                    path.compiled();
                } catch (XPathExpressionException invalid) {
                    reader.error("<%s> is no XPath: %s".formatted(element, path.expression));
                }
            }
            return path;
        }

        /** An expression is used by one thread at a time, so each call has its own. */
        private javax.xml.xpath.XPathExpression compiled() throws XPathExpressionException {
            var xpath = XPathFactory.newDefaultInstance().newXPath();
            xpath.setNamespaceContext(new Prefixes(namespaces));
            return xpath.compile(expression);
        }

        /** The elements at the path. */
        List<Element> elements(Document document) throws SAXException {
            try {
                var nodes = (NodeList) compiled().evaluate(document, XPathConstants.NODESET);
                var found = new ArrayList<Element>();
                for (int i = 0; i < nodes.getLength(); i++) {
                    if (nodes.item(i) instanceof Element element) {
                        found.add(element);
                    }
                }
                return found;
            } catch (XPathExpressionException invalid) {
                throw new SAXException(invalid);
            }
        }
    }

    private record Prefixes(Map<String, String> namespaces) implements NamespaceContext {
        @Override
        public String getNamespaceURI(String prefix) {
            return namespaces.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
        }

        @Override
        public @Nullable String getPrefix(String uri) {
            return null;
        }

        @Override
        public Iterator<String> getPrefixes(String uri) {
            return List.<String>of().iterator();
        }
    }

    static boolean isXml(Message message) {
        var type = message.headers().line("content-type");
        return type != null
                && XML_TYPE.matcher(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                        .matches();
    }

    static Document parsed(String text) throws SAXException {
        if (text.length() > CHARACTERS_MAX) {
            throw new SAXException("more than %d characters".formatted(CHARACTERS_MAX));
        }
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException
                | IOException impossible) { // The JDK's parser knows these; there is no I/O.
            throw new AssertionError(impossible);
        }
    }

    static String text(Node node) {
        try {
            var factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var transformer = factory.newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            var text = new StringWriter();
            transformer.transform(new DOMSource(node), new StreamResult(text));
            return text.toString();
        } catch (TransformerException impossible) { // Copying a document to a text does not fail.
            throw new AssertionError(impossible);
        }
    }

    /** The child elements of a name, whatever their prefix. */
    static List<Element> children(Element parent, String namespace, String name) {
        var found = new ArrayList<Element>();
        for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element
                    && name.equals(element.getLocalName())
                    && namespace.equals(element.getNamespaceURI())) {
                found.add(element);
            }
        }
        return found;
    }

    /** The first child element at a path of names in one namespace; null for none. */
    static @Nullable Element child(@Nullable Element parent, String namespace, String... names) {
        var found = parent;
        for (var name : names) {
            if (found == null) {
                return null;
            }
            found = children(found, namespace, name).stream().findFirst().orElse(null);
        }
        return found;
    }

    /** A text as content of an element or of an attribute. */
    static String escaped(Object value) {
        return Objects.toString(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }
}
