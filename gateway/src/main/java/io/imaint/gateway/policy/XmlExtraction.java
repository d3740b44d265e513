package io.imaint.gateway.policy;

import io.imaint.gateway.expression.CompiledXPath;
import io.imaint.gateway.expression.XmlDocuments;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.PolicyReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.xpath.XPathExpressionException;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The element XMLPayload. A path that leads nowhere is a fault unless unresolved variables are ignored.
 *
 * @param stopsAtFirst whether the first variable with a value is the last one
 */
record XmlExtraction(List<Variable> variables, boolean stopsAtFirst) implements Extraction {
    record Variable(String name, ValueType type, CompiledXPath path) {
        static Optional<Variable> read(PolicyReader reader, Map<String, String> namespaces) {
            var name = reader.attribute("name");
            var type = reader.attribute("type").map(word -> reader.word(word, ValueType.class, ValueType.STRING));
            var path = reader.text("XPath");
            if (name.isEmpty()) {
                reader.error("MissingName: <Variable> needs a name");
            }
            if (path.isEmpty()) {
                reader.error("EmptyXPathExpression: <Variable> needs an <XPath>");
            }
            try {
                return name.isEmpty() || path.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Variable(
                                name.get(), type.orElse(ValueType.STRING), new CompiledXPath(path.get(), namespaces)));
            } catch (XPathExpressionException invalid) {
                reader.error("XPathCompilationFailed: '%s' is not XPath 1.0, or has a prefix without <Namespace>"
                        .formatted(path.get()));
                return Optional.empty();
            }
        }

        /** Whether it has a value. */
        boolean extract(Node document, Work work) throws Fault, XPathExpressionException {
            var found = path.evaluate(document);
            if (found.isEmpty()) {
                if (!work.ignoreUnresolved()) {
                    throw work.faults().unresolved(name);
                }
                return false;
            }
            var result = found.get();
            var value = type == ValueType.NODESET ? result.fragment() : type.parse(result.text());
            if (value == null) {
                throw work.faults().notCast(name, type);
            }
            work.set(name, value);
            return true;
        }
    }

    XmlExtraction {
        variables = List.copyOf(variables);
    }

    static Extraction read(PolicyReader reader) {
        var namespaces = namespaces(reader);
        var all = reader.all("Variable");
        if (all.isEmpty()) {
            reader.error("NoXPathsToEvaluate: <XMLPayload> needs a <Variable>");
        }
        var variables = new ArrayList<Variable>();
        all.forEach(one -> Variable.read(one, namespaces).ifPresent(variables::add));
        return new XmlExtraction(variables, reader.attributeFlag("stopPayloadProcessing", false));
    }

    private static Map<String, String> namespaces(PolicyReader reader) {
        var namespaces = new HashMap<String, String>();
        reader.one("Namespaces").stream()
                .flatMap(list -> list.all("Namespace").stream())
                .forEach(one -> {
                    var prefix = one.attribute("prefix").orElse("");
                    var uri = one.text().orElse("");
                    if (!prefix.isEmpty() && uri.isEmpty()) {
                        one.error("NONEmptyPrefixMappedToEmptyURI: prefix '%s' needs a namespace".formatted(prefix));
                    }
                    if (namespaces.put(prefix, uri) != null) {
                        one.error("DuplicatePrefix: prefix '%s' has two namespaces".formatted(prefix));
                    }
                });
        return namespaces;
    }

    /** Only XML is looked at; other messages pass by. */
    @Override
    public void extract(Work work) throws Fault {
        if (!work.hasType(type -> type.equals("text/xml") || type.equals("application/xml") || type.endsWith("+xml"))) {
            return;
        }
        try {
            var document = XmlDocuments.parse(work.text());
            for (var variable : variables) {
                if (variable.extract(document, work) && stopsAtFirst) {
                    return;
                }
            }
        } catch (SAXException | XPathExpressionException malformed) {
            throw work.faults().executionFailed();
        }
    }
}
