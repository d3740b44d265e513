package io.imaint.gateway.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.namespace.QName;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFactoryConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An XPath 1.0 on a text of XML that somebody sent: no document types, no entities, nothing fetched. */
final class XPathQuery {
    private static final Map<String, QName> TYPES = Map.of(
            "string", XPathConstants.STRING,
            "number", XPathConstants.NUMBER,
            "boolean", XPathConstants.BOOLEAN,
            "node", XPathConstants.NODE,
            "nodeset", XPathConstants.NODESET);

    private XPathQuery() {}

    /**
     * What an expression finds, as text: elements as XML; empty where nothing matches or something is invalid.
     *
     * @param options the type of the result, and namespaces as {@code prefix:uri}, both in any order
     */
    static String evaluate(String expression, String xml, List<String> options) {
        var type = options.stream()
                .filter(option -> option.indexOf(':') < 0)
                .findFirst()
                .map(option -> TYPES.get(option.toLowerCase(Locale.ROOT)))
                .orElse(XPathConstants.NODESET);
        if (expression.isBlank() || xml.isBlank()) {
            return "";
        }
        try {
            var factory = XPathFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var path = factory.newXPath();
            path.setNamespaceContext(namespaces(options));
            return text(path.evaluate(expression, XmlDocuments.parse(xml), type));
        } catch (XPathExpressionException | XPathFactoryConfigurationException | SAXException invalid) {
            return "";
        }
    }

    private static String text(@Nullable Object found) {
        return switch (found) {
            case null -> "";
            case Double number ->
                number % 1 == 0 && Math.abs(number) < 1e15 ? Long.toString(number.longValue()) : number.toString();
            case Node node -> markup(node); // First, because the JDK's nodes are lists of nodes as well.
            case NodeList nodes -> {
                var all = new StringBuilder();
                for (int i = 0; i < nodes.getLength(); i++) {
                    all.append(markup(nodes.item(i)));
                }
                yield all.toString();
            }
            default -> found.toString();
        };
    }

    /** An element as XML; an attribute or a text as its value. */
    private static String markup(Node node) {
        if (node.getNodeType() != Node.ELEMENT_NODE && node.getNodeType() != Node.DOCUMENT_NODE) {
            return String.valueOf(node.getNodeValue());
        }
        return XmlDocuments.write(node);
    }

    private static NamespaceContext namespaces(List<String> options) {
        var uris = new HashMap<String, String>();
        for (var option : options) {
            int colon = option.indexOf(':');
            if (colon > 0) {
                uris.put(option.substring(0, colon), option.substring(colon + 1));
            }
        }
        return new CompiledXPath.Prefixes(Map.copyOf(uris));
    }
}
