package io.imaint.gateway.expression;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathNodes;
import org.w3c.dom.Node;

/** An XPath 1.0 expression, ready for use by many requests. The Java runtime's own serve one at a time, so that a few are kept. */
public final class CompiledXPath {
    /** Requests that evaluate the expression at the same time; more compile it anew. */
    private static final int KEPT_MAX = 8;

    private final String expression;
    private final Map<String, String> namespaces;
    private final ArrayBlockingQueue<XPathExpression> idle = new ArrayBlockingQueue<>(KEPT_MAX);

    /**
     * @param namespaces by prefix
     * @throws XPathExpressionException when it is none, or has a prefix without namespace
     */
    public CompiledXPath(String expression, Map<String, String> namespaces) throws XPathExpressionException {
        this.expression = expression;
        this.namespaces = Map.copyOf(namespaces);
        idle.offer(compile());
    }

    private XPathExpression compile() throws XPathExpressionException {
        var xpath = XPathFactory.newDefaultInstance().newXPath();
        xpath.setNamespaceContext(new Prefixes(namespaces));
        return xpath.compile(expression);
    }

    /** What an expression leads to. */
    public record Result(String text, String fragment) {}

    /** The text of the first node, and all nodes as XML; empty when it leads nowhere. */
    public Optional<Result> evaluate(Node document) throws XPathExpressionException {
        var idling = idle.poll();
        var compiled = idling == null ? compile() : idling;
        var value = compiled.evaluateExpression(document).value();
        idle.offer(compiled);
        if (!(value instanceof XPathNodes nodes)) {
            return Optional.of(new Result(text(value), text(value)));
        }
        var first = nodes.iterator();
        if (!first.hasNext()) {
            return Optional.empty();
        }
        var fragment = new StringBuilder();
        for (var node : nodes) {
            fragment.append(
                    node.getNodeType() == Node.ELEMENT_NODE || node.getNodeType() == Node.DOCUMENT_NODE
                            ? XmlDocuments.write(node)
                            : node.getNodeValue());
        }
        return Optional.of(new Result(first.next().getTextContent(), fragment.toString()));
    }

    /** A number without the fraction that every number of XPath has. */
    private static String text(Object value) {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf(number.longValue())
                : value.toString();
    }

    /** The prefixes of an expression. */
    record Prefixes(Map<String, String> namespaces) implements NamespaceContext {
        @Override
        public String getNamespaceURI(String prefix) {
            return namespaces.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
        }

        @Override
        public String getPrefix(String namespace) {
            throw new UnsupportedOperationException(namespace);
        }

        @Override
        public Iterator<String> getPrefixes(String namespace) {
            throw new UnsupportedOperationException(namespace);
        }
    }
}
