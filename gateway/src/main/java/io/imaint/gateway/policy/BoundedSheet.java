package io.imaint.gateway.policy;

import io.imaint.gateway.expression.XmlDocuments;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.transform.ErrorListener;
import javax.xml.transform.Source;
import javax.xml.transform.Templates;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A compiled style sheet that stops when it takes too long or too much memory.
 *
 * <p>The processor asks nobody while it runs. So every few instructions get another one before them, which needs the text of a parameter; that
 * parameter is an object of ours, and its text is asked for from the limits. Texts are kept in variables only, so each is measured behind its
 * definition: an expression then makes no more of it than its commas and braces allow.
 *
 * @param growth how many times longer than its parts the text of an expression may become
 */
record BoundedSheet(Templates templates, int growth) {
    private static final String XSL = "http://www.w3.org/1999/XSL/Transform";

    /** Instructions in a row for which one check is enough: each makes a text of limited length, and nothing runs again. */
    private static final int CHECKED_EACH = 4;

    /** The name of the parameter; nobody can guess it. */
    private static final String LIMIT = "limit-" + UUID.randomUUID();

    /** The name of the parameter whose text nobody gets: it says that a text is too long. */
    private static final String STOP = "stop-" + UUID.randomUUID();

    /** What looks at the limits. */
    private static final String CHECK = "string($%s)=''".formatted(LIMIT);

    /** What must stand first in its parent, or belongs to another instruction. */
    private static final Set<String> PARTS =
            Set.of("param", "sort", "with-param", "when", "otherwise", "fallback", "variable", "text", "attribute-set");

    /** Attributes of instructions that are expressions; the others are texts, which may have expressions in braces. */
    private static final Set<String> EXPRESSIONS = Set.of("select", "test", "match", "use", "count", "from", "value");

    /** Characters that an expression may make; a variable holds so many divided by the growth. */
    private static final long TEXT_MAX = Runtime.getRuntime().maxMemory() / 32;

    /**
     * Compiles a style sheet.
     *
     * @throws TransformerException saying what is wrong, and where
     */
    static BoundedSheet compile(String sheet) throws TransformerException {
        var problems = new Problems();
        var compiled =
                compiled(new StreamSource(new StringReader(sheet)), problems, false); // So errors have their lines.
        if (!problems.all.isEmpty() || compiled == null) {
            throw new TransformerConfigurationException(
                    problems.all.isEmpty() ? "it is none" : problems.all.getFirst());
        }
        var read = new DOMResult();
        XmlDocuments.transformers().newTransformer().transform(new StreamSource(new StringReader(sheet)), read);
        var document = (Document) read.getNode();
        var root = root(document);
        int growth = Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) growth(root) * globals(root)));
        instrument(root, growth);
        var bounded = compiled(new DOMSource(document), problems, true);
        if (!problems.all.isEmpty() || bounded == null) {
            throw new TransformerConfigurationException("it can't be bounded: " + problems.all);
        }
        return new BoundedSheet(bounded, growth);
    }

    /** The style sheet itself; a simplified one, which is the content of a template alone, gets the rest around it. */
    private static Element root(Document document) {
        var given = document.getDocumentElement();
        if (XSL.equals(given.getNamespaceURI())) {
            return given;
        }
        var sheet = document.createElementNS(XSL, "xsl:stylesheet");
        sheet.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:xsl", XSL);
        sheet.setAttribute("version", given.getAttributeNS(XSL, "version"));
        var template = document.createElementNS(XSL, "xsl:template");
        template.setAttribute("match", "/");
        document.replaceChild(sheet, given);
        sheet.appendChild(template);
        template.appendChild(given);
        return sheet;
    }

    private static Templates compiled(Source source, Problems problems, boolean checks) throws TransformerException {
        var factory = XmlDocuments.transformers();
        if (checks) { // Which count as well; without them the sheet is within the limit.
            factory.setAttribute("jdk.xml.xpathTotalOpLimit", "0");
        }
        factory.setErrorListener(problems);
        factory.setURIResolver((href, base) -> {
            throw new TransformerException("style sheets include nothing: " + href);
        });
        try {
            return factory.newTemplates(source);
        } catch (TransformerConfigurationException invalid) {
            problems.all.add(String.valueOf(invalid.getMessage()));
            throw new TransformerConfigurationException(problems.all.getFirst());
        }
    }

    /** The transformer of one run under its limits; for sources of so many characters. */
    Transformer transformer(ScriptLimits limits, int length) throws TransformerException {
        if ((long) length * growth > TEXT_MAX) {
            throw new TransformerException("the source is too long for this style sheet");
        }
        var made = templates.newTransformer();
        made.setErrorListener(new Problems());
        made.setParameter(STOP, new Object() {
            @Override
            public String toString() {
                throw new ScriptStopped(ScriptStopped.Limit.MEMORY);
            }
        });
        made.setParameter(LIMIT, new Object() {
            @Override
            public String toString() {
                limits.check();
                return "on";
            }
        });
        return made;
    }

    private static int growth(Element element) {
        int most = 1;
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            var attribute = element.getAttributes().item(i);
            boolean expression = XSL.equals(element.getNamespaceURI()) && EXPRESSIONS.contains(attribute.getNodeName());
            most = Math.max(most, 1 + arguments(attribute.getNodeValue(), expression));
        }
        for (var child : elements(element)) {
            most = Math.max(most, growth(child));
        }
        return most;
    }

    /** How many arguments an expression, or the expressions in the braces of a text, put together; what stands in quotes is none. */
    private static int arguments(String value, boolean expression) {
        int count = 0;
        char quote = 0;
        boolean inside = expression;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (inside && (c == '\'' || c == '"')) {
                quote = c;
            } else if (!expression && (c == '{' || c == '}')) {
                inside = c == '{';
                count += inside ? 1 : 0;
            } else if (inside && c == ',') {
                count++;
            }
        }
        return count;
    }

    /** How many times longer global variables become, which nobody measures: all of them are made before the first instruction. */
    private static int globals(Element root) {
        int product = 1;
        for (var one : elements(root)) {
            if (is(one, "variable", "param") && one.getAttribute("select").contains("concat")) {
                product = Math.toIntExact(Math.min(1_000_000, (long) product * growth(one)));
            }
        }
        return product;
    }

    private static List<Element> elements(Element parent) {
        var all = new ArrayList<Element>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                all.add(element);
            }
        }
        return all;
    }

    private static void instrument(Element root, int growth) {
        var top = elements(root);
        for (var name : List.of(LIMIT, STOP)) {
            var parameter = root.getOwnerDocument().createElementNS(XSL, "xsl:param");
            parameter.setAttribute("name", name);
            parameter.setAttribute("select", "'off'");
            root.insertBefore(parameter, root.getFirstChild());
        }
        for (var element : top) {
            if (is(element, "template", "variable", "param")) {
                bound(element, growth);
            } else if (is(element, "attribute-set")) { // It holds nothing but attributes.
                elements(element).forEach(attribute -> bound(attribute, growth));
            }
        }
    }

    private static boolean is(Element element, String... names) {
        return XSL.equals(element.getNamespaceURI()) && List.of(names).contains(element.getLocalName());
    }

    /** Puts checks into the content of an element. */
    private static void bound(Element parent, int growth) {
        int count = 0;
        for (var child : elements(parent)) {
            boolean part = XSL.equals(child.getNamespaceURI()) && PARTS.contains(child.getLocalName());
            if (!part && count++ % CHECKED_EACH == 0) {
                parent.insertBefore(check(parent, CHECK), child);
            }
            if (is(child, "variable")) {
                measured(parent, child, growth);
            }
            bound(child, growth);
        }
        if (is(parent, "template")) {
            elements(parent).stream().filter(one -> is(one, "param")).forEach(one -> measured(parent, one, growth));
        }
        if (is(parent, "template", "for-each")) {
            parent.insertBefore(check(parent, CHECK), first(parent));
        }
    }

    /** What comes behind the parameters or sort keys of an element; null for nothing. */
    private static @Nullable Node first(Element parent) {
        Node first = parent.getFirstChild();
        for (var child : elements(parent)) {
            if (is(child, "param", "sort")) {
                first = child.getNextSibling();
            }
        }
        return first;
    }

    /** Measures a variable behind its definition, or a parameter behind all of them. */
    private static void measured(Element parent, Element variable, int growth) {
        var check = check(
                parent,
                "string-length($%s) > %d and string($%s)=''"
                        .formatted(variable.getAttribute("name"), TEXT_MAX / growth, STOP));
        parent.insertBefore(check, is(variable, "param") ? first(parent) : variable.getNextSibling());
    }

    private static Element check(Element parent, String test) {
        var check = parent.getOwnerDocument().createElementNS(XSL, "xsl:if");
        check.setAttribute("test", test);
        return check;
    }

    /** Keeps what the processor would print. */
    private static final class Problems implements ErrorListener {
        private final List<String> all = new ArrayList<>();

        @Override
        public void warning(TransformerException warning) {}

        @Override
        public void error(TransformerException error) {
            all.add(error.getMessageAndLocation());
        }

        @Override
        public void fatalError(TransformerException error) {
            all.add(error.getMessageAndLocation());
        }
    }
}
