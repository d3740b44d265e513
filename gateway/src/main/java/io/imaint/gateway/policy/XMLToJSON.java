package io.imaint.gateway.policy;

import io.imaint.gateway.expression.XmlDocuments;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.policy.XmlAsJson.NamespaceRules;
import io.imaint.gateway.policy.XmlAsJson.Rules;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xml.sax.SAXException;

/**
 * Converts XML to JSON, by options or in one of the known formats. Assumptions: the formats take all values as text, attributes are
 * recognized like text, and {@code NullValue} counts where null is recognized.
 */
final class XMLToJSON implements Policy {
    static final PolicyType TYPE = new PolicyType("XMLToJSON", "xmltojson", XMLToJSON::compile);

    private static final Rules XML_COM = format("@", "#text", false, true, Optional.empty());
    private static final Rules YAHOO = format("", "content", false, true, Optional.empty());
    private static final Rules GOOGLE = format("", "$t", true, false, Optional.of(new NamespaceRules("$", "", "")));
    private static final Rules BADGER_FISH =
            format("@", "$", true, false, Optional.of(new NamespaceRules(":", "@xmlns", "$")));

    private final Conversion conversion;
    private final Rules rules;
    private final String prefix;
    private final String suffix;

    private XMLToJSON(Conversion conversion, Rules rules, String prefix, String suffix) {
        this.conversion = conversion;
        this.rules = rules;
        this.prefix = prefix;
        this.suffix = suffix;
    }

    private static Rules format(
            String attributePrefix,
            String textNode,
            boolean textAlways,
            boolean recognizesNull,
            Optional<NamespaceRules> namespaces) {
        return new Rules(
                attributePrefix,
                "",
                textNode,
                textAlways,
                namespaces,
                "",
                recognizesNull,
                false,
                false,
                Set.of(),
                Set.of());
    }

    private static Policy compile(PolicyReader reader) {
        var options = reader.one("Options");
        var format = reader.one("Format");
        if (options.isPresent() == format.isPresent()) {
            reader.error("EitherOptionOrFormat: either <Options> or <Format> must be there");
        }
        return new XMLToJSON(
                Conversion.read(reader, "XMLToJSON", "xml2json", "application/json"),
                format.map(XMLToJSON::known)
                        .or(() -> options.map(XMLToJSON::rules))
                        .orElse(XML_COM),
                options.flatMap(one -> one.text("OutputPrefix")).orElse(""),
                options.flatMap(one -> one.text("OutputSuffix")).orElse(""));
    }

    private static Rules known(PolicyReader format) {
        var name = format.text().orElse("");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "xml.com" -> XML_COM;
            case "yahoo" -> YAHOO;
            case "google" -> GOOGLE;
            case "badgerfish" -> BADGER_FISH;
            case "" -> {
                format.error("FormatUnavailable: <Format> is empty");
                yield XML_COM;
            }
            default -> {
                format.error("UnknownFormat: '%s' must be one of xml.com, yahoo, google, badgerFish".formatted(name));
                yield XML_COM;
            }
        };
    }

    private static Rules rules(PolicyReader options) {
        return new Rules(
                options.text("AttributePrefix").orElse(""),
                options.text("AttributeBlockName").orElse(""),
                options.text("TextNodeName").orElse("#text"),
                options.flag("TextAlwaysAsProperty", false),
                namespaces(options),
                options.text("NullValue").orElse("NULL"),
                options.flag("RecognizeNull", false),
                options.flag("RecognizeNumber", true),
                options.flag("RecognizeBoolean", true),
                paths(options, false),
                paths(options, true));
    }

    /** Names have prefixes where all three options say how. */
    private static Optional<NamespaceRules> namespaces(PolicyReader options) {
        var separator = options.text("NamespaceSeparator");
        var block = options.text("NamespaceBlockName");
        var defaultName = options.text("DefaultNamespaceNodeName");
        return separator.isEmpty() || block.isEmpty() || defaultName.isEmpty()
                ? Optional.empty()
                : Optional.of(new NamespaceRules(separator.get(), block.get(), defaultName.get()));
    }

    private static Set<String> paths(PolicyReader options, boolean unwrapped) {
        return options.one("TreatAsArray").stream()
                .flatMap(list -> list.all("Path").stream())
                .filter(path -> path.attributeFlag("unwrap", false) || !unwrapped)
                .flatMap(path -> path.text().stream())
                .map(path -> path.replaceAll("^/+|/+$", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        conversion.run(context, this::converted);
    }

    private String converted(String xml) throws Conversion.Unconvertible {
        try {
            var root = XmlDocuments.parse(xml).getDocumentElement();
            return prefix + JsonTexts.write(XmlAsJson.read(root, rules)) + suffix;
        } catch (SAXException malformed) {
            throw new Conversion.Unconvertible(String.valueOf(malformed.getMessage()));
        }
    }
}
