package io.imaint.gateway.policy;

import io.imaint.gateway.flow.PolicyReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Reads XPath expressions in documents.
 *
 * @param namespaces by prefix
 */
record XmlPaths(Map<String, String> namespaces) {
    /** A text is no XML, or an expression can't be read in it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable() {
            super("unreadable", null, false, false);
        }
    }

    static XmlPaths read(Optional<PolicyReader> payload) {
        return new XmlPaths(payload.stream()
                .flatMap(one -> one.one("Namespaces").stream())
                .flatMap(one -> one.all("Namespace").stream())
                .collect(Collectors.toUnmodifiableMap(
                        one -> one.attribute("prefix").orElse(""),
                        one -> one.text().orElse(""),
                        (first, second) -> first)));
    }

    /** Reports an expression that is none. */
    void check(PolicyReader reader, String expression) {
        try {
            xpath().compile(expression);
        } catch (XPathExpressionException invalid) {
            reader.error("Invalid XPath %s".formatted(expression));
        }
    }

    /** A document without document type; nothing is fetched. */
    static Document parse(String text) throws Unreadable {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(text)));
        } catch (SAXException | IOException malformed) {
            throw new Unreadable();
        } catch (ParserConfigurationException impossible) { // Every Java runtime has these features.
            throw new AssertionError(impossible);
        }
    }

    /** What an expression gives. The compiled forms of XPath can't be shared by threads, so each call makes its own. */
    List<String> read(Object document, String expression, boolean nodes) throws Unreadable {
        try {
            var compiled = xpath().compile(expression);
            if (!nodes) {
                return List.of((String) compiled.evaluate(document, XPathConstants.STRING));
            }
            var found = (NodeList) compiled.evaluate(document, XPathConstants.NODESET);
            var texts = new ArrayList<String>();
            for (int i = 0; i < found.getLength(); i++) {
                var text = found.item(i).getTextContent();
                texts.add(text == null ? "" : text);
            }
            return texts;
        } catch (XPathExpressionException invalid) {
            throw new Unreadable();
        }
    }

    private XPath xpath() {
        var xpath = XPathFactory.newDefaultInstance().newXPath();
        xpath.setNamespaceContext(new Prefixes(namespaces));
        return xpath;
    }

    private record Prefixes(Map<String, String> uris) implements NamespaceContext {
        @Override
        public String getNamespaceURI(String prefix) {
            return uris.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
        }

        @Override
        public @Nullable String getPrefix(String uri) {
            return uris.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(uri))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Iterator<String> getPrefixes(String uri) {
            var prefix = getPrefix(uri);
            return (prefix == null ? List.<String>of() : List.of(prefix)).iterator();
        }
    }
}
