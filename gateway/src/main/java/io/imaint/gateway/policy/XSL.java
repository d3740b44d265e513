package io.imaint.gateway.policy;

import io.imaint.gateway.expression.XmlDocuments;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Texts;
import io.imaint.gateway.flow.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * Transforms XML by a style sheet of XSLT 1.0, which is compiled once. Style sheets fetch nothing and call no Java; {@code xsl:include}
 * and {@code xsl:import} are not supported, as SAP says.
 *
 * <p>A message that is replaced has the type of what the style sheet writes: an assumption.
 */
final class XSL implements Policy {
    static final PolicyType TYPE = new PolicyType("XSL", "xsl", XSL::compile);

    /** Characters of an output; a style sheet can make much of little. As much as a body that is held in memory. */
    static final int OUTPUT_MAX = 10 * 1024 * 1024;

    /** How long a transformation may take; the exchange may have less time left. */
    private static final Duration TIME_MAX = Duration.ofSeconds(10);

    private final String policy;
    private final String source;
    private final Optional<String> output;
    private final @Nullable BoundedSheet sheet;
    private final List<Parameter> parameters;
    private final boolean ignoreUnresolved;

    /** A parameter of the style sheet. */
    private record Parameter(String name, Value value) {
        static Optional<Parameter> read(PolicyReader reader) {
            var name = reader.attribute("name");
            if (name.isEmpty()) {
                reader.error("<Parameter> needs a name");
            }
            var value = new Value(
                    reader.attribute("ref").orElse(null),
                    reader.attribute("value").orElse(null));
            if (!value.isGiven()) {
                reader.error("<Parameter> needs a value or a ref");
            }
            return name.map(given -> new Parameter(given, value));
        }
    }

    private XSL(PolicyReader reader, @Nullable BoundedSheet sheet) {
        this.policy = reader.policy();
        this.source = reader.text("Source").orElse("message");
        this.output = reader.text("OutputVariable");
        this.sheet = sheet;
        var list = reader.one("Parameters");
        this.parameters = list.stream()
                .flatMap(all -> all.all("Parameter").stream())
                .map(Parameter::read)
                .flatMap(Optional::stream)
                .toList();
        this.ignoreUnresolved = list.map(all -> all.attributeFlag("ignoreUnresolvedVariables", false))
                .orElse(false);
    }

    private static Policy compile(PolicyReader reader) {
        var url = reader.one("ResourceURL");
        var text = url.flatMap(PolicyReader::text);
        if (text.isEmpty()) {
            reader.error("XSLEmptyResourceUrl: <ResourceURL> must name a style sheet, such as xsl://orders.xsl");
        } else if (!text.get().startsWith("xsl://")) {
            reader.error("XSLInvalidResourceType: '%s' must begin with xsl://".formatted(text.get()));
        } else {
            return new XSL(
                    reader,
                    url.get()
                            .resourceAt(text.get())
                            .flatMap(found -> compiled(reader, found.text()))
                            .orElse(null));
        }
        return new XSL(reader, null);
    }

    private static Optional<BoundedSheet> compiled(PolicyReader reader, String sheet) {
        try {
            return Optional.of(BoundedSheet.compile(sheet.strip()));
        } catch (TransformerException invalid) {
            reader.error("the style sheet is not valid: " + invalid.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        context.mayWait();
        var found = context.get(source);
        if (found == null) {
            throw fault(
                    "XSLSourceMessageNotAvailable",
                    "%s message is not available for XSL: %s".formatted(source, policy));
        }
        if (sheet == null) {
            throw evaluationFailed("the style sheet is missing");
        }
        var written = transformed(context, Texts.of(found), sheet);
        if (output.isPresent()) {
            if (!context.set(output.get(), written)) {
                throw evaluationFailed("variable %s can't be set".formatted(output.get()));
            }
        } else if (found instanceof Message message) {
            message.headers().set("Content-Type", contentType(sheet));
            message.content(written);
        } else if (!context.set(source, written)) {
            throw evaluationFailed("variable %s can't be set".formatted(source));
        }
    }

    private static String contentType(BoundedSheet sheet) {
        var properties = sheet.templates().getOutputProperties();
        // Without defaults: that of XML is text/xml, which nobody has chosen.
        if (properties.get(OutputKeys.MEDIA_TYPE) instanceof String media) {
            return media;
        }
        return switch (properties.getProperty(OutputKeys.METHOD, "xml")) {
            case "html" -> "text/html";
            case "text" -> "text/plain";
            default -> "application/xml";
        };
    }

    private String transformed(FlowContext context, String xml, BoundedSheet compiled) throws Fault {
        var given = new LinkedHashMap<String, String>();
        for (var parameter : parameters) {
            var value = parameter.value.text(context);
            if (value == null && !ignoreUnresolved) {
                throw fault("XSLVariableResolutionFailed", "Failed to resolve variable " + parameter.value.ref());
            }
            given.put(parameter.name, value == null ? "" : value);
        }
        var run = new Run(compiled, xml, given, context.state().within(TIME_MAX));
        try {
            return ScriptThreads.run(
                    context.place().proxy(), run, context.state().within(ScriptThreads.QUEUE_TIME_MAX));
        } catch (ScriptStopped stopped) {
            throw evaluationFailed(
                    switch (stopped.limit()) {
                        case TIME -> "it takes too long";
                        case MEMORY -> "it needs too much memory";
                        case QUEUE -> "too many of the proxy run or wait";
                    });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw evaluationFailed("the gateway stops");
        } catch (ExecutionException failed) {
            throw switch (failed.getCause()) {
                case TransformerException invalid -> evaluationFailed(String.valueOf(invalid.getMessage()));
                case SAXException invalid -> evaluationFailed(String.valueOf(invalid.getMessage()));
                case ScriptStopped stopped
                when stopped.limit() == ScriptStopped.Limit.TIME -> evaluationFailed("it takes too long");
                case ScriptStopped stopped -> evaluationFailed("it needs too much memory");
                case StackOverflowError deep -> evaluationFailed("its templates call each other too deeply");
                case null, default -> throw new IllegalStateException(failed.getCause());
            };
        }
    }

    /** One transformation on a thread of the scripts, whose limits hold for it too. */
    private static final class Run extends ScriptThreads.Run<String> {
        private final BoundedSheet sheet;
        private final String xml;
        private final Map<String, String> parameters;
        private final Duration time;

        Run(BoundedSheet sheet, String xml, Map<String, String> parameters, Duration time) {
            this.sheet = sheet;
            this.xml = xml;
            this.parameters = parameters;
            this.time = time;
        }

        @Override
        public String call() throws TransformerException, SAXException {
            var begun = begin(time.toMillis());
            try {
                ScriptLimits.xml(xml);
                var transformer = sheet.transformer(begun, xml.length());
                parameters.forEach(transformer::setParameter);
                var written = new StringWriter();
                transformer.transform(new DOMSource(XmlDocuments.parse(xml)), new StreamResult(new Limited(written)));
                return written.toString();
            } finally {
                begun.end();
            }
        }
    }

    private Fault evaluationFailed(String reason) {
        return fault(
                "XSLEvaluationFailed", "Evaluation of XSL %s failed with reason: \"%s\"".formatted(policy, reason));
    }

    private static Fault fault(String name, String text) {
        return new Fault(500, "steps.xsl." + name, text);
    }

    /** Takes so much and no more. */
    private static final class Limited extends Writer {
        private final StringWriter kept;

        Limited(StringWriter kept) {
            this.kept = kept;
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            if (kept.getBuffer().length() + length > OUTPUT_MAX) {
                throw new IOException("the output has more than %d characters".formatted(OUTPUT_MAX));
            }
            kept.write(characters, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
