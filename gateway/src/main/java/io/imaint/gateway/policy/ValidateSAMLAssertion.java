package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.CertificateStore;
import io.imaint.gateway.registry.Registry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Lets only messages pass with a SAML assertion that is signed by somebody trusted, and is valid now. What it says becomes
 * variables, read from the signed element only.
 *
 * <p>Assumptions: SAP names one fault only, with its spelling; the others are named like it. Their status is 401 where the
 * assertion is refused, and 500 where there is none to look at.
 */
final class ValidateSAMLAssertion implements Policy {
    static final PolicyType TYPE =
            new PolicyType("ValidateSAMLAssertion", "ValidateSAMLAssertion", ValidateSAMLAssertion::compile);

    private final String policy;
    private final String source;
    private final SamlXml.Path assertionPath;
    private final SamlXml.Path signedPath;
    private final Value trustStore;
    private final boolean removing;
    private final boolean anyType;
    private final Registry registry;

    private ValidateSAMLAssertion(
            PolicyReader reader, String source, SamlXml.Path assertionPath, SamlXml.Path signedPath) {
        this.policy = reader.policy();
        this.source = source;
        this.assertionPath = assertionPath;
        this.signedPath = signedPath;
        this.trustStore = reader.value("TrustStore");
        this.removing = reader.flag("RemoveAssertion", false);
        this.anyType = reader.attributeFlag("ignoreContentType", false);
        this.registry = reader.parts().registry();
    }

    private static Policy compile(PolicyReader reader) {
        var source = reader.one("Source");
        if (source.isEmpty()) {
            reader.error("<Source> is missing");
        }
        var old = source.map(from -> SamlXml.Path.of(from, "XPath")).orElse(new SamlXml.Path("", Map.of()));
        var path = source.map(from -> SamlXml.Path.of(from, "AssertionXPath")).orElse(old);
        var signed =
                source.map(from -> SamlXml.Path.of(from, "SignedElementXPath")).orElse(old);
        var assertion = path.expression().isEmpty() ? old : path;
        if (source.isPresent()
                && (assertion.expression().isEmpty() || assertion.namespaces().isEmpty())) {
            reader.error("<Source> needs <Namespaces> and an <XPath> of the assertion");
        }
        var compiled = new ValidateSAMLAssertion(
                reader, source.flatMap(from -> from.attribute("name")).orElse("message"), assertion, signed);
        if (!compiled.trustStore.isGiven()) {
            reader.error("<TrustStore> must name a store of certificates");
        } else if (compiled.trustStore.ref() == null
                && compiled.registry
                        .certificates(String.valueOf(compiled.trustStore.literal()))
                        .isEmpty()) {
            reader.missing("there is no store of certificates '%s'".formatted(compiled.trustStore.literal()));
        }
        return compiled;
    }

    private Fault fault(int status, String code, String text) {
        return new Fault(
                status, "steps.saml.validate." + code, "ValidateSAMLAssertion[%s]: %s".formatted(policy, text));
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        context.note("saml.valid", false);
        var message = context.messageOf(source);
        if (message == null || (!anyType && !SamlXml.isXml(message))) {
            throw fault(500, "InvalidMediaTpe", "Invalid media type");
        }
        try {
            var document = SamlXml.parsed(message.content());
            var found = assertionPath.elements(document);
            if (found.size() != 1 || !isAssertion(found.getFirst())) {
                throw fault(401, "AssertionNotFound", "There is not exactly one assertion at the XPath");
            }
            var assertion = found.getFirst();
            var now = context.state().clock().instant();
            if (!isSigned(
                    assertion,
                    signedPath.expression().isEmpty() ? found : signedPath.elements(document),
                    store(context),
                    now)) {
                throw fault(401, "InvalidSignature", "The signature of the assertion is not valid");
            }
            checkTimes(assertion, now);
            note(context, assertion);
            if (removing) {
                remove(message, assertion);
            }
        } catch (SAXException invalid) {
            throw fault(500, "ParseFailed", "The message is no XML");
        }
        context.note("saml.valid", true);
    }

    private static boolean isAssertion(Element element) {
        return SamlXml.SAML2.equals(element.getNamespaceURI()) && "Assertion".equals(element.getLocalName());
    }

    private CertificateStore store(FlowContext context) throws Fault {
        var name = trustStore.text(context);
        var store = name == null ? null : registry.certificates(name).orElse(null);
        if (store == null) {
            throw fault(500, "TrustStoreNotFound", "There is no trust store " + name);
        }
        return store;
    }

    /** Whether the assertion itself is signed, or one element around it. */
    private static boolean isSigned(Element assertion, List<Element> signed, CertificateStore store, Instant now) {
        if (signed.size() != 1) {
            return false;
        }
        var element = signed.getFirst();
        for (org.w3c.dom.Node around = assertion; around != null; around = around.getParentNode()) {
            if (around.isSameNode(element)) {
                return SamlSignature.isValid(element, store, now);
            }
        }
        return false;
    }

    private void checkTimes(Element assertion, Instant now) throws Fault {
        var conditions = SamlXml.child(assertion, SamlXml.SAML2, "Conditions");
        if (conditions != null) {
            checkLimits(conditions, now);
        }
        var data = SamlXml.child(assertion, SamlXml.SAML2, "Subject", "SubjectConfirmation", "SubjectConfirmationData");
        if (data != null) {
            checkLimits(data, now);
        }
    }

    private void checkLimits(Element limited, Instant now) throws Fault {
        var begin = time(limited, "NotBefore");
        if (begin != null && now.isBefore(begin)) {
            throw fault(401, "AssertionNotYetValid", "The assertion is not yet valid");
        }
        var end = time(limited, "NotOnOrAfter");
        if (end != null && !now.isBefore(end)) {
            throw fault(401, "AssertionExpired", "The assertion has expired");
        }
    }

    private @Nullable Instant time(Element element, String attribute) throws Fault {
        if (!element.hasAttribute(attribute)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(element.getAttribute(attribute).strip()).toInstant();
        } catch (DateTimeException invalid) {
            throw fault(401, "InvalidTime", "A time of the assertion can't be read");
        }
    }

    private static void note(FlowContext context, Element assertion) {
        context.note("saml.id", assertion.getAttribute("ID"));
        context.note("saml.issueInstant", assertion.getAttribute("IssueInstant"));
        noteText(context, "saml.issuer", SamlXml.child(assertion, SamlXml.SAML2, "Issuer"));
        var subject = SamlXml.child(assertion, SamlXml.SAML2, "Subject");
        var nameId = SamlXml.child(subject, SamlXml.SAML2, "NameID");
        noteText(context, "saml.subject", nameId);
        noteAttribute(context, "saml.subjectFormat", nameId, "Format");
        var confirmation = SamlXml.child(subject, SamlXml.SAML2, "SubjectConfirmation");
        noteAttribute(context, "saml.scmethod", confirmation, "Method");
        var data = SamlXml.child(confirmation, SamlXml.SAML2, "SubjectConfirmationData");
        noteAttribute(context, "saml.scdaddress", data, "Address");
        noteAttribute(context, "saml.scdinresponse", data, "InResponseTo");
        noteAttribute(context, "saml.scdrcpt", data, "Recipient");
        var authentication = SamlXml.child(assertion, SamlXml.SAML2, "AuthnStatement");
        noteAttribute(context, "saml.authnSnooa", authentication, "SessionNotOnOrAfter");
        noteAttribute(context, "saml.authnInstant", authentication, "AuthnInstant");
        noteAttribute(context, "saml.authnSessionIndex", authentication, "SessionIndex");
        noteText(
                context,
                "saml.authnContextClassRef",
                SamlXml.child(authentication, SamlXml.SAML2, "AuthnContext", "AuthnContextClassRef"));
        var statement = SamlXml.child(assertion, SamlXml.SAML2, "AttributeStatement");
        var attributes =
                statement == null ? List.<Element>of() : SamlXml.children(statement, SamlXml.SAML2, "Attribute");
        for (var attribute : attributes) {
            var values = SamlXml.children(attribute, SamlXml.SAML2, "AttributeValue").stream()
                    .map(value -> value.getTextContent().strip())
                    .toList();
            context.note(
                    "saml.attribute." + attribute.getAttribute("Name"),
                    values.size() == 1 ? values.getFirst() : values);
        }
        context.note(
                "saml.attributeNames",
                attributes.stream()
                        .map(attribute -> attribute.getAttribute("Name"))
                        .collect(Collectors.joining(",")));
    }

    private static void noteText(FlowContext context, String name, @Nullable Element element) {
        if (element != null) {
            context.note(name, element.getTextContent().strip());
        }
    }

    private static void noteAttribute(FlowContext context, String name, @Nullable Element element, String attribute) {
        if (element != null && element.hasAttribute(attribute)) {
            context.note(name, element.getAttribute(attribute));
        }
    }

    private static void remove(Message message, Element assertion) {
        var document = assertion.getOwnerDocument();
        assertion.getParentNode().removeChild(assertion);
        message.content(SamlXml.text(document));
    }
}
