package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.util.Optional;

/**
 * Converts JSON to XML. Names that the file leaves empty, as SAP's own template does, have Apigee's defaults.
 */
final class JSONToXML implements Policy {
    static final PolicyType TYPE = new PolicyType("JSONToXML", "jsontoxml", JSONToXML::compile);

    private final Conversion conversion;
    private final JsonAsXml.Rules rules;

    private JSONToXML(Conversion conversion, JsonAsXml.Rules rules) {
        this.conversion = conversion;
        this.rules = rules;
    }

    private static Policy compile(PolicyReader reader) {
        var options = reader.one("Options");
        var rules = new JsonAsXml.Rules(
                text(options, "ObjectRootElementName", "Root"),
                text(options, "ArrayRootElementName", "Array"),
                text(options, "ArrayItemElementName", "Item"),
                text(options, "AttributePrefix", "@"),
                text(options, "AttributeBlockName", "#attrs"),
                text(options, "TextNodeName", "#text"),
                text(options, "NamespaceBlockName", "#namespaces"),
                text(options, "DefaultNamespaceNodeName", "$default"),
                text(options, "NamespaceSeparator", ":"),
                text(options, "NullValue", "NULL"),
                text(options, "InvalidCharsReplacement", "_"),
                !options.map(one -> one.flag("OmitXmlDeclaration", false)).orElse(false));
        return new JSONToXML(Conversion.read(reader, "JSONToXML", "json2xml", "application/xml"), rules);
    }

    private static String text(Optional<PolicyReader> options, String option, String otherwise) {
        return options.flatMap(one -> one.text(option)).orElse(otherwise);
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        conversion.run(context, this::converted);
    }

    private String converted(String json) throws Conversion.Unconvertible {
        try {
            return JsonAsXml.write(JsonTexts.read(json), rules);
        } catch (JsonTexts.Malformed malformed) {
            throw new Conversion.Unconvertible(String.valueOf(malformed.getMessage()));
        }
    }
}
