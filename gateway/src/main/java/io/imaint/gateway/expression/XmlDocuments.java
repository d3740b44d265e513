package io.imaint.gateway.expression;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads and writes XML that clients and targets send: no document types, nothing fetched, limited depth. */
public final class XmlDocuments {
    /** Elements within elements. XPath and the like walk the tree by recursion, which a deeper one would break. */
    public static final int DEPTH_MAX = 500;

    private static final DocumentBuilderFactory FACTORY = factory();
    private static final TransformerFactory TRANSFORMERS = transformers();

    private XmlDocuments() {}

    private static DocumentBuilderFactory factory() {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        } catch (ParserConfigurationException impossible) { // The Java runtime's own parser has them.
            throw new AssertionError(impossible);
        }
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setAttribute("jdk.xml.maxElementDepth", String.valueOf(DEPTH_MAX));
        factory.setExpandEntityReferences(false);
        return factory;
    }

    /** A factory that fetches nothing. */
    public static TransformerFactory transformers() {
        var factory = TransformerFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        } catch (TransformerException impossible) { // As above.
            throw new AssertionError(impossible);
        }
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
        return factory;
    }

    /** Reads a document, with namespaces. */
    public static Document parse(String text) throws SAXException {
        try {
            var builder = FACTORY.newDocumentBuilder();
            builder.setErrorHandler(Throwing.ALL);
            return builder.parse(new InputSource(new StringReader(text.strip())));
        } catch (ParserConfigurationException impossible) { // As above.
            throw new AssertionError(impossible);
        } catch (IOException unreadable) { // Broken surrogates.
            throw new SAXException(unreadable);
        }
    }

    /** Writes a node without declaration. */
    public static String write(Node node) {
        var written = new StringWriter();
        try {
            var transformer = TRANSFORMERS.newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.transform(new DOMSource(node), new StreamResult(written));
        } catch (TransformerException impossible) { // It is in memory.
            throw new AssertionError(impossible);
        }
        return written.toString();
    }

    /** Throws every error, where the parser would print it and go on. */
    public enum Throwing implements ErrorHandler {
        ALL;

        @Override
        public void warning(SAXParseException exception) {}

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
