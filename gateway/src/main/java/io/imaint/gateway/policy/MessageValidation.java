package io.imaint.gateway.policy;

import io.imaint.gateway.expression.XmlDocuments;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Refuses messages that are not what a schema or a WSDL definition says. Without either, JSON and XML must be well-formed; other
 * types pass.
 *
 * <p>With {@code SOAPMessage} the message must be an envelope of that version, and what is in its body is validated. Assumptions: with a
 * WSDL definition both versions are taken where none is named, SOAP faults pass, and an element counts where its name and
 * namespace are listed.
 */
final class MessageValidation implements Policy {
    static final PolicyType TYPE = new PolicyType("MessageValidation", "messagevalidation", MessageValidation::compile);

    private static final String DEFAULT_NAMESPACE = "http://sample.com";

    private final String policy;
    private final String source;
    private final @Nullable MessageSchema schema;
    private final Set<SoapVersion> soap;
    private final List<Name> roots;

    /** The name of an element. */
    private record Name(String namespace, String local) {
        boolean fits(Element element) {
            return local.equals(element.getLocalName())
                    && namespace.equals(element.getNamespaceURI() == null ? "" : element.getNamespaceURI());
        }

        static Optional<Name> read(PolicyReader reader) {
            var namespace = reader.element().attribute("namespace");
            reader.attribute("namespace");
            var local = reader.text().orElse("");
            if (local.isEmpty()) {
                reader.error("RootElementNameUnspecified: <Element> must name an element");
            } else if (!XmlNames.isName(local)) {
                reader.error("InvalidRootElementName: '%s' is not the name of an element".formatted(local));
            } else {
                return Optional.of(new Name(namespace.orElse(DEFAULT_NAMESPACE).strip(), local));
            }
            return Optional.empty();
        }
    }

    private MessageValidation(
            PolicyReader reader, @Nullable MessageSchema schema, Set<SoapVersion> soap, List<Name> roots) {
        this.policy = reader.policy();
        this.source = reader.text("Source").orElse("message");
        this.schema = schema;
        this.soap = Set.copyOf(soap);
        this.roots = List.copyOf(roots);
    }

    private static Policy compile(PolicyReader reader) {
        var url = reader.text("ResourceURL").orElse("");
        var roots = new ArrayList<Name>();
        reader.all("Element").forEach(one -> Name.read(one).ifPresent(roots::add));
        return new MessageValidation(reader, schema(reader, url), soap(reader, url), roots);
    }

    private static Set<SoapVersion> soap(PolicyReader reader, String url) {
        var element = reader.one("SOAPMessage");
        if (element.isEmpty()) {
            return url.startsWith("wsdl://") ? Set.of(SoapVersion.values()) : Set.of();
        }
        var text = element.get().attribute("version").orElse("1.1/1.2");
        var versions = SoapVersion.named(text);
        if (versions.isEmpty()) {
            reader.error("SOAP version '%s' must be 1.1, 1.2 or 1.1/1.2".formatted(text));
        }
        return versions.orElse(Set.of(SoapVersion.values()));
    }

    private static @Nullable MessageSchema schema(PolicyReader reader, String url) {
        if (url.isEmpty()) {
            return null;
        }
        if (!url.startsWith("xsd://") && !url.startsWith("wsdl://")) {
            reader.error("InvalidResourceType: '%s' must begin with xsd:// or wsdl://".formatted(url));
            return null;
        }
        var resource = reader.resourceAt(url);
        if (resource.isEmpty()) {
            return null;
        }
        try {
            var compiled = MessageSchema.compile(resource.get(), reader.proxy().resources());
            if (!compiled.definesElements()) {
                reader.error("NoElements: '%s' defines no elements".formatted(url));
            }
            return compiled;
        } catch (SAXException invalid) {
            reader.error("ResourceCompileFailed: '%s' can't be read: %s".formatted(url, invalid.getMessage()));
            return null;
        }
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var found = context.get(source);
        if (found == null) {
            throw fault(
                    "SourceMessageNotAvailable",
                    "%s message is not available for MessageValidation: %s".formatted(source, policy));
        }
        if (!(found instanceof Message message)) {
            throw fault("NonMessageVariable", "Variable %s does not resolve to a Message".formatted(source));
        }
        try {
            if (schema == null && soap.isEmpty() && roots.isEmpty()) {
                wellFormed(message);
            } else {
                validate(XmlDocuments.parse(message.content()).getDocumentElement());
            }
        } catch (SAXException | JsonTexts.Malformed invalid) {
            throw failed(String.valueOf(invalid.getMessage()));
        }
    }

    private static void wellFormed(Message message) throws SAXException, JsonTexts.Malformed {
        var line = message.headers().line("Content-Type");
        var type = line == null ? "" : line.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("application/json") || type.endsWith("+json")) {
            JsonTexts.read(message.content());
        } else if (type.equals("text/xml") || type.equals("application/xml") || type.endsWith("+xml")) {
            XmlDocuments.parse(message.content());
        }
    }

    private void validate(Element root) throws SAXException, Fault {
        for (var element : soap.isEmpty() ? List.of(root) : body(root)) {
            if (!roots.isEmpty() && roots.stream().noneMatch(name -> name.fits(element))) {
                throw failed(
                        "element {%s}%s is not expected".formatted(element.getNamespaceURI(), element.getLocalName()));
            }
            if (schema != null) {
                schema.validate(element);
            }
        }
    }

    /** The elements in the body of an envelope, but for faults. */
    private List<Element> body(Element envelope) throws Fault {
        var namespace = envelope.getNamespaceURI();
        var version = namespace == null ? Optional.<SoapVersion>empty() : SoapVersion.of(namespace);
        if (version.isEmpty() || !soap.contains(version.get()) || !"Envelope".equals(envelope.getLocalName())) {
            throw failed("the message is not a SOAP envelope of an expected version");
        }
        var name = version.get().namespace();
        var body = children(envelope).stream()
                .filter(new Name(name, "Body")::fits)
                .findFirst()
                .orElseThrow(() -> failed("the SOAP envelope has no body"));
        return children(body).stream()
                .filter(element -> !new Name(name, "Fault").fits(element))
                .toList();
    }

    private static List<Element> children(Element parent) {
        var children = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private Fault failed(String reason) {
        return fault("Failed", "MessageValidation %s failed with reason: \"%s\"".formatted(policy, reason));
    }

    private static Fault fault(String name, String text) {
        return new Fault(500, "steps.messagevalidation." + name, text);
    }
}
