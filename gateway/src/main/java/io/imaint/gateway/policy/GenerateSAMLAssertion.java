package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Template;
import io.imaint.gateway.expression.UnresolvedVariable;
import io.imaint.gateway.expression.Variables;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Texts;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.CertificateStore;
import io.imaint.gateway.registry.Pem;
import io.imaint.gateway.registry.Registry;
import java.security.GeneralSecurityException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.XMLSignatureException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Makes a signed SAML assertion, for a variable or for a place in a message.
 *
 * <p>Values of variables in the template are escaped, so that nobody writes elements into an assertion that we sign. The
 * variables {@code saml.id}, {@code saml.issueInstant}, {@code saml.issuer} and {@code saml.subject} have values within the
 * template also where no policy has set them. Assumptions: the type of a message matters only where the assertion goes into
 * one; faults are named like the one that SAP names, with its spelling.
 */
final class GenerateSAMLAssertion implements Policy {
    static final PolicyType TYPE =
            new PolicyType("GenerateSAMLAssertion", "GenerateSAMLAssertion", GenerateSAMLAssertion::compile);

    private static final String DEFAULT = """
            <saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="{saml.id}" \
            IssueInstant="{saml.issueInstant}" Version="2.0"><saml2:Issuer>{saml.issuer}</saml2:Issuer>\
            <saml2:Subject><saml2:NameID>{saml.subject}</saml2:NameID></saml2:Subject></saml2:Assertion>""";

    /**
     * Where the assertion goes.
     *
     * @param variable empty for none
     * @param message the variable of a message; empty for none
     * @param parent the element of the message that takes it
     */
    private record Output(String variable, String message, SamlXml.Path parent) {}

    private record KeyStore(Value name, Value alias) {}

    private enum Digest {
        SHA1,
        SHA256
    }

    private final String policy;
    private final Value issuer;
    private final Value subject;
    private final KeyStore keyStore;
    private final Output output;
    private final Template template;
    private final boolean ignoring;
    private final Digest digest;
    private final boolean anyType;
    private final Registry registry;
    private final RandomGenerator random;

    private GenerateSAMLAssertion(PolicyReader reader, KeyStore keyStore, Output output) {
        this.policy = reader.policy();
        this.issuer = reader.value("Issuer");
        this.subject = reader.value("Subject");
        this.keyStore = keyStore;
        this.output = output;
        var written = reader.one("Template");
        this.template = reader.template(written.flatMap(PolicyReader::text).orElse(DEFAULT), "{", "}");
        this.ignoring = written.map(one -> one.attributeFlag("ignoreUnresolvedVariables", false))
                .orElse(false);
        this.digest = reader.choice("SignatureAlgorithm", Digest.class, Digest.SHA256);
        this.anyType = reader.attributeFlag("ignoreContentType", false);
        this.registry = reader.parts().registry();
        this.random = reader.parts().random();
    }

    private static Policy compile(PolicyReader reader) {
        // Exclusive canonicalization is the only one that SAML knows.
        reader.one("CanonicalizationAlgorithm");
        var store = reader.one("KeyStore");
        var keyStore = new KeyStore(
                store.map(one -> one.value("Name")).orElse(Value.NONE),
                store.map(one -> one.value("Alias")).orElse(Value.NONE));
        if (!keyStore.name.isGiven() || !keyStore.alias.isGiven()) {
            reader.error("<KeyStore> needs a <Name> and an <Alias>");
        }
        var output = reader.one("OutputVariable");
        var message = output.flatMap(one -> one.one("Message"));
        var compiled = new GenerateSAMLAssertion(
                reader,
                keyStore,
                new Output(
                        output.flatMap(one -> one.text("FlowVariable")).orElse(""),
                        message.map(one -> one.attribute("name").orElse("message"))
                                .orElse(""),
                        message.map(one -> SamlXml.Path.of(one, "XPath")).orElse(new SamlXml.Path("", Map.of()))));
        if (!compiled.issuer.isGiven()) {
            reader.error("<Issuer> is missing");
        }
        if (compiled.output.variable.isEmpty() && compiled.output.message.isEmpty()) {
            reader.error("<OutputVariable> needs a <FlowVariable> or a <Message>");
        }
        if (!compiled.output.message.isEmpty()
                && compiled.output.parent.expression().isEmpty()) {
            reader.error("<Message> needs an <XPath>");
        }
        return compiled;
    }

    private Fault fault(String code, String text) {
        return new Fault(500, "steps.saml.generate." + code, "GenerateSAMLAssertion[%s]: %s".formatted(policy, text));
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var message = output.message.isEmpty() ? null : context.messageOf(output.message);
        if (!output.message.isEmpty() && (message == null || (!anyType && !SamlXml.isXml(message)))) {
            throw fault("InvalidMediaTpe", "Invalid media type");
        }
        var assertion = signed(context);
        if (!output.variable.isEmpty() && !context.set(output.variable, SamlXml.text(assertion))) {
            throw fault("SetVariableFailed", "Failed to set variable " + output.variable);
        }
        if (message != null) {
            try {
                var document = SamlXml.parsed(message.content());
                var parents = output.parent.elements(document);
                if (parents.size() != 1) {
                    throw fault("ElementNotFound", "There is not exactly one element at the XPath");
                }
                parents.getFirst().appendChild(document.importNode(assertion, true));
                message.content(SamlXml.text(document));
            } catch (SAXException invalid) {
                throw fault("ParseFailed", "The message is no XML");
            }
        }
    }

    private Element signed(FlowContext context) throws Fault {
        try {
            var text = template.render(values(context), ignoring).strip();
            var assertion = SamlXml.parsed(text).getDocumentElement();
            if (assertion.getAttribute("ID").isEmpty()) {
                throw fault("InvalidTemplate", "The assertion has no ID");
            }
            var pair = key(context);
            var issued = SamlXml.child(assertion, SamlXml.SAML2, "Issuer");
            var before =
                    Optional.ofNullable(issued).map(Element::getNextSibling).orElse(null);
            while (before != null && !(before instanceof Element)) {
                before = before.getNextSibling();
            }
            SamlSignature.sign(
                    assertion,
                    Pem.privateKey(pair.privateKey().reveal()),
                    Pem.certificates(pair.chain()),
                    digest == Digest.SHA1,
                    (Element) before);
            return assertion;
        } catch (UnresolvedVariable unresolved) {
            throw fault("UnresolvedVariable", "unable to resolve variable " + unresolved.variable());
        } catch (SAXException invalid) {
            throw fault("InvalidTemplate", "The assertion is no XML");
        } catch (GeneralSecurityException
                | IllegalArgumentException
                | MarshalException
                | XMLSignatureException failed) {
            throw fault("SigningFailed", "The assertion can't be signed by the key of the key store");
        }
    }

    private CertificateStore.KeyPair key(FlowContext context) throws Fault {
        var name = keyStore.name.text(context);
        var alias = keyStore.alias.text(context);
        var store = name == null ? null : registry.certificates(name).orElse(null);
        var pair = store == null || alias == null ? null : store.keys().get(alias);
        if (pair == null) {
            throw fault("KeyNotFound", "There is no key %s in a key store %s".formatted(alias, name));
        }
        return pair;
    }

    /** What the template reads: escaped, and with values for what every assertion needs. */
    private Variables values(FlowContext context) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        // An ID of XML does not begin with a digit.
        var id = "_" + HexFormat.of().formatHex(bytes);
        var now =
                context.state().clock().instant().truncatedTo(ChronoUnit.MILLIS).toString();
        return name -> {
            var own = switch (name) {
                case "saml.issuer" -> issuer.resolve(context);
                case "saml.subject" -> subject.resolve(context);
                default -> null;
            };
            var value = own == null ? context.get(name) : own;
            if (value == null) {
                value = switch (name) {
                    case "saml.id" -> id;
                    case "saml.issueInstant" -> now;
                    default -> null;
                };
            }
            return value == null ? null : SamlXml.escaped(Texts.of(value));
        };
    }
}
