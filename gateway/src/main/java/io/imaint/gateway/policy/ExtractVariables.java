package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.util.ArrayList;
import java.util.List;

/** Sets variables to parts of a message. A source may also be a text, such as what AccessEntity has found. */
final class ExtractVariables implements Policy {
    static final PolicyType TYPE = new PolicyType("ExtractVariables", "extractvariables", ExtractVariables::compile);

    private final String source;
    private final boolean clearsPayload;
    private final String variablePrefix;
    private final boolean ignoreUnresolved;
    private final List<Extraction> extractions;
    private final Extraction.Faults faults;

    private ExtractVariables(PolicyReader reader, List<Extraction> extractions) {
        this.source = reader.text("Source").orElse("message");
        this.clearsPayload = reader.one("Source")
                .map(one -> one.attributeFlag("clearPayload", false))
                .orElse(false);
        this.variablePrefix =
                reader.text("VariablePrefix").map(prefix -> prefix + ".").orElse("");
        this.ignoreUnresolved = reader.flag("IgnoreUnresolvedVariables", false);
        this.extractions = List.copyOf(extractions);
        this.faults = new Extraction.Faults(reader.policy());
    }

    private static Policy compile(PolicyReader reader) {
        var extractions = new ArrayList<Extraction>();
        for (var kind : PatternExtraction.Source.values()) {
            reader.all(kind.element())
                    .forEach(one -> PatternExtraction.read(one, kind).ifPresent(extractions::add));
        }
        reader.all("JSONPayload").forEach(one -> extractions.add(JsonExtraction.read(one)));
        reader.all("XMLPayload").forEach(one -> extractions.add(XmlExtraction.read(one)));
        if (extractions.isEmpty() && reader.findings().isEmpty()) {
            reader.error("NothingToExtract: it needs one of URIPath, QueryParam, Header, FormParam, Variable, "
                    + "JSONPayload, XMLPayload");
        }
        return new ExtractVariables(reader, extractions);
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var found = context.get(source);
        if (found == null) {
            throw faults.sourceMissing(source);
        }
        var message = found instanceof Message one ? one : null;
        var work = new Extraction.Work(context, message, found, variablePrefix, ignoreUnresolved, faults);
        for (var extraction : extractions) {
            extraction.extract(work);
        }
        if (clearsPayload && message != null) {
            message.body(Body.EMPTY);
        }
    }
}
