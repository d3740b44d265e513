package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.registry.CertificateStore;
import io.imaint.kernel.settings.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SamlAssertionTest {
    private static final KeyPair AUTHORITY = pair();
    private static final KeyPair SIGNER = pair();
    private static final KeyPair STRANGER = pair();
    private static final String ENVELOPE =
            "<env:Envelope xmlns:env='http://schemas.xmlsoap.org/soap/envelope/'><env:Header/><env:Body>b</env:Body></env:Envelope>";
    private static final String NAMESPACES = "<Namespaces>"
            + "<Namespace prefix='env'>http://schemas.xmlsoap.org/soap/envelope/</Namespace>"
            + "<Namespace prefix='saml2'>urn:oasis:names:tc:SAML:2.0:assertion</Namespace></Namespaces>";
    private static final String TEMPLATE = "<Template><![CDATA[\n"
            + "<saml2:Assertion xmlns:saml2='urn:oasis:names:tc:SAML:2.0:assertion' ID='{saml.id}' IssueInstant='{saml.issueInstant}' Version='2.0'>"
            + "<saml2:Issuer>{saml.issuer}</saml2:Issuer><saml2:Subject><saml2:NameID Format='f'>{saml.subject}</saml2:NameID>"
            + "<saml2:SubjectConfirmation Method='bearer'><saml2:SubjectConfirmationData Recipient='r' NotOnOrAfter='2026-11-30T10:05:00Z'/>"
            + "</saml2:SubjectConfirmation></saml2:Subject>"
            + "<saml2:Conditions NotBefore='2026-11-30T09:59:00Z' NotOnOrAfter='2026-11-30T10:10:00Z'/>"
            + "<saml2:AuthnStatement AuthnInstant='2026-11-30T10:00:00Z' SessionIndex='s'><saml2:AuthnContext>"
            + "<saml2:AuthnContextClassRef>urn:none</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>"
            + "<saml2:AttributeStatement><saml2:Attribute Name='plant'><saml2:AttributeValue>1000</saml2:AttributeValue></saml2:Attribute>"
            + "<saml2:Attribute Name='role'><saml2:AttributeValue>a</saml2:AttributeValue><saml2:AttributeValue>b</saml2:AttributeValue>"
            + "</saml2:Attribute></saml2:AttributeStatement></saml2:Assertion>]]></Template>";

    private final PolicyRig rig = new PolicyRig();
    private final Subscribers subscribers = new Subscribers();

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static CertificateStore store(
            String name, Map<String, X509Certificate> trusted, KeyPair key, X509Certificate own)
            throws GeneralSecurityException {
        return new CertificateStore(
                name,
                trusted,
                Map.of(
                        "k",
                        new CertificateStore.KeyPair(
                                new Secret(Certificates.pem(
                                        "PRIVATE KEY", key.getPrivate().getEncoded())),
                                Certificates.pem("CERTIFICATE", own.getEncoded()))));
    }

    @BeforeEach
    void keepKeys() throws Exception {
        var authority = Certificates.issued("CA", AUTHORITY.getPrivate(), "CA", AUTHORITY.getPublic(), true);
        var signer = Certificates.issued("CA", AUTHORITY.getPrivate(), "signer", SIGNER.getPublic(), false);
        var stranger = Certificates.issued("signer", SIGNER.getPrivate(), "stranger", STRANGER.getPublic(), false);
        subscribers.certificates = List.of(
                store("ours", Map.of("ca", authority), SIGNER, signer),
                store("direct", Map.of("signer", signer), SIGNER, signer),
                store("theirs", Map.of("stranger", stranger), STRANGER, stranger));
        rig.contents = subscribers.contents();
        rig.request = soap();
    }

    private static Message soap() {
        var message = Message.request("POST", "/demo/orders", "");
        message.headers().set("Content-Type", "text/xml; charset=utf-8");
        message.content(ENVELOPE);
        return message;
    }

    private static String generate(String store, String more) {
        return "<GenerateSAMLAssertion ignoreContentType='false'><CanonicalizationAlgorithm/><Issuer ref='none'>us</Issuer>"
                + "<KeyStore><Name>" + store + "</Name><Alias>k</Alias></KeyStore><Subject ref='user'>nobody</Subject>"
                + more
                + "</GenerateSAMLAssertion>";
    }

    private static String intoMessage() {
        return "<OutputVariable><FlowVariable>assertion</FlowVariable><Message name='request'>" + NAMESPACES
                + "<XPath>/env:Envelope/env:Header</XPath></Message></OutputVariable>";
    }

    private static String validate(String store, String path, boolean removing) {
        return "<ValidateSAMLAssertion ignoreContentType='false'><Source name='request'>" + NAMESPACES + "<XPath>"
                + path
                + "</XPath></Source><TrustStore>" + store + "</TrustStore><RemoveAssertion>" + removing
                + "</RemoveAssertion></ValidateSAMLAssertion>";
    }

    private static final String IN_HEADER = "/env:Envelope/env:Header/saml2:Assertion";

    private FlowContext generated(String store) throws Exception {
        var context = rig.context();
        context.set("user", "Jo & Co");
        rig.compile(GenerateSAMLAssertion.TYPE, generate(store, intoMessage() + TEMPLATE))
                .execute(context);
        return context;
    }

    private Fault refusal(String store, String path) {
        return catchThrowableOfType(
                Fault.class, () -> rig.run(ValidateSAMLAssertion.TYPE, validate(store, path, false)));
    }

    @Test
    @Covers({
        "GenerateSAMLAssertion/Issuer",
        "GenerateSAMLAssertion/Subject@ref",
        "GenerateSAMLAssertion/KeyStore/Name",
        "GenerateSAMLAssertion/KeyStore/Alias",
        "GenerateSAMLAssertion/OutputVariable/FlowVariable",
        "GenerateSAMLAssertion/OutputVariable/Message@name",
        "GenerateSAMLAssertion/OutputVariable/Message/XPath",
        "GenerateSAMLAssertion/Template",
        "ValidateSAMLAssertion/Source@name",
        "ValidateSAMLAssertion/Source/XPath",
        "ValidateSAMLAssertion/Source/Namespaces/Namespace@prefix",
        "ValidateSAMLAssertion/TrustStore"
    })
    void validatesWhatItGenerates() throws Exception {
        assertThat(generated("ours").text("assertion"))
                .startsWith("<saml2:Assertion")
                .contains("Jo &amp; Co");
        for (var store : List.of("ours", "direct")) {
            var context = rig.run(ValidateSAMLAssertion.TYPE, validate(store, IN_HEADER, false));
            assertThat(context.get("saml.valid")).isEqualTo(true);
            assertThat(context.text("saml.issuer")).isEqualTo("us");
            assertThat(context.text("saml.subject")).isEqualTo("Jo & Co");
            assertThat(context.text("saml.subjectFormat")).isEqualTo("f");
            assertThat(context.text("saml.id")).matches("_[0-9a-f]{32}");
            assertThat(context.text("saml.issueInstant")).isEqualTo("2026-11-30T10:00:00Z");
            assertThat(context.text("saml.scmethod")).isEqualTo("bearer");
            assertThat(context.text("saml.scdrcpt")).isEqualTo("r");
            assertThat(context.text("saml.authnContextClassRef")).isEqualTo("urn:none");
            assertThat(context.text("saml.authnSessionIndex")).isEqualTo("s");
            assertThat(context.text("saml.attribute.plant")).isEqualTo("1000");
            assertThat(context.get("saml.attribute.role")).isEqualTo(List.of("a", "b"));
            assertThat(context.text("saml.attributeNames")).isEqualTo("plant,role");
        }
    }

    @Test
    @Covers("ValidateSAMLAssertion/RemoveAssertion")
    void removesTheAssertionBeforeTheMessageGoesOn() throws Exception {
        generated("ours");
        rig.run(ValidateSAMLAssertion.TYPE, validate("ours", IN_HEADER, true));
        assertThat(rig.request.content()).doesNotContain("Assertion").contains("<env:Body>b</env:Body>");
    }

    @Test
    @Covers("ValidateSAMLAssertion!InvalidSignature")
    void refusesSignersWhomNobodyTrusts() throws Exception {
        generated("theirs");
        // The signer is no authority, though it has signed the stranger's certificate.
        for (var store : List.of("ours", "direct")) {
            var fault = refusal(store, IN_HEADER);
            assertThat(fault.status()).isEqualTo(401);
            assertThat(fault.code()).isEqualTo("steps.saml.validate.InvalidSignature");
            assertThat(fault.text()).startsWith("ValidateSAMLAssertion[P]: ");
        }
    }

    @Test
    void refusesAnAssertionThatWasChanged() throws Exception {
        generated("ours");
        rig.request.content(rig.request.content().replace("Jo &amp; Co", "admin"));
        assertThat(refusal("ours", IN_HEADER).name()).isEqualTo("InvalidSignature");
        rig.request.content(rig.request.content().replaceAll("<ds:Signature .*</ds:Signature>", ""));
        assertThat(refusal("ours", IN_HEADER).name()).isEqualTo("InvalidSignature");
    }

    @Test
    void refusesWrappedSignatures() throws Exception {
        var signed = generated("ours").text("assertion");
        assertThat(signed).isNotNull();
        var signature = signed.replaceAll("(?s).*(<ds:Signature .*</ds:Signature>).*", "$1");
        var id = signed.replaceAll("(?s).* ID=\"([^\"]*)\".*", "$1");
        var evil =
                "<saml2:Assertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"%s\" Version=\"2.0\"><saml2:Issuer>us</saml2:Issuer>%s<saml2:Subject><saml2:NameID>admin</saml2:NameID></saml2:Subject>%s</saml2:Assertion>";
        var attacks = List.of(
                // The signed assertion within the evil one, which has the signature as well.
                evil.formatted("evil", signature, "<saml2:Advice>" + signed + "</saml2:Advice>"),
                // Twice the same ID.
                evil.formatted(id, signature, "") + "<x>" + signed + "</x>",
                // The signed assertion within the signature.
                evil.formatted(
                        "evil",
                        signature.replace("</ds:Signature>", "<ds:Object>" + signed + "</ds:Object></ds:Signature>"),
                        ""),
                // Two signatures.
                evil.formatted("evil", signature + signature, ""));
        for (var attack : attacks) {
            rig.request.content(ENVELOPE.replace("<env:Header/>", "<env:Header>" + attack + "</env:Header>"));
            assertThat(refusal("ours", IN_HEADER).name()).as(attack).isEqualTo("InvalidSignature");
        }
    }

    @Test
    @Covers("ValidateSAMLAssertion!AssertionNotFound")
    void wantsExactlyOneAssertionAtThePath() throws Exception {
        var signed = generated("ours").text("assertion");
        rig.request.content(ENVELOPE.replace("<env:Header/>", "<env:Header>" + signed + signed + "</env:Header>"));
        assertThat(refusal("ours", IN_HEADER).name()).isEqualTo("AssertionNotFound");
        rig.request.content(ENVELOPE);
        assertThat(refusal("ours", IN_HEADER).name()).isEqualTo("AssertionNotFound");
        assertThat(refusal("ours", "/env:Envelope").name()).isEqualTo("AssertionNotFound");
    }

    @Test
    void readsTextsOfTheWholeElementInSpiteOfComments() throws Exception {
        var context = rig.context();
        context.set("user", "jo@example.com.evil.example");
        rig.compile(GenerateSAMLAssertion.TYPE, generate("ours", intoMessage() + TEMPLATE))
                .execute(context);
        rig.request.content(rig.request.content().replace("example.com.evil", "example.com<!-- -->.evil"));
        var validated = rig.run(ValidateSAMLAssertion.TYPE, validate("ours", IN_HEADER, false));
        assertThat(validated.text("saml.subject")).isEqualTo("jo@example.com.evil.example");
    }

    @Test
    @Covers({"ValidateSAMLAssertion!AssertionExpired", "ValidateSAMLAssertion!AssertionNotYetValid"})
    void checksTheTimesOfTheAssertion() throws Exception {
        generated("ours");
        rig.now = rig.now.minus(Duration.ofMinutes(2));
        assertThat(refusal("ours", IN_HEADER).name()).isEqualTo("AssertionNotYetValid");
        rig.now = rig.now.plus(Duration.ofMinutes(7));
        assertThat(refusal("ours", IN_HEADER).name()).isEqualTo("AssertionExpired");
    }

    @Test
    @Covers({
        "ValidateSAMLAssertion@ignoreContentType",
        "ValidateSAMLAssertion!InvalidMediaTpe",
        "ValidateSAMLAssertion!ParseFailed",
        "GenerateSAMLAssertion@ignoreContentType",
        "GenerateSAMLAssertion!InvalidMediaTpe"
    })
    void looksAtXmlOnlyUnlessItIsToIgnoreTheType() throws Exception {
        generated("ours");
        rig.request.headers().set("Content-Type", "application/json");
        assertThat(refusal("ours", IN_HEADER).code()).isEqualTo("steps.saml.validate.InvalidMediaTpe");
        var fault = catchThrowableOfType(Fault.class, () -> generated("ours"));
        assertThat(fault.code()).isEqualTo("steps.saml.generate.InvalidMediaTpe");
        assertThat(fault.text()).isEqualTo("GenerateSAMLAssertion[P]: Invalid media type");
        var xml = validate("ours", IN_HEADER, false).replace("ignoreContentType='false'", "ignoreContentType='true'");
        assertThat(rig.run(ValidateSAMLAssertion.TYPE, xml).get("saml.valid")).isEqualTo(true);
        rig.request.content("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>");
        assertThat(catchThrowableOfType(Fault.class, () -> rig.run(ValidateSAMLAssertion.TYPE, xml))
                        .name())
                .isEqualTo("ParseFailed");
    }

    @Test
    @Covers({
        "GenerateSAMLAssertion/SignatureAlgorithm",
        "ValidateSAMLAssertion/Source/AssertionXPath",
        "ValidateSAMLAssertion/Source/SignedElementXPath"
    })
    void signsWithoutTemplateAndRefusesTheHashThatIsBroken() throws Exception {
        for (var algorithm : List.of("SHA256", "SHA1")) {
            rig.request = soap();
            rig.run(
                    GenerateSAMLAssertion.TYPE,
                    generate("ours", "<SignatureAlgorithm>" + algorithm + "</SignatureAlgorithm>" + intoMessage()));
            var xml = "<ValidateSAMLAssertion><Source name='message'>" + NAMESPACES + "<AssertionXPath>" + IN_HEADER
                    + "</AssertionXPath><SignedElementXPath>" + IN_HEADER
                    + "</SignedElementXPath></Source><TrustStore>ours</TrustStore></ValidateSAMLAssertion>";
            var fault = catchThrowableOfType(Fault.class, () -> rig.run(ValidateSAMLAssertion.TYPE, xml));
            assertThat(fault == null).isEqualTo(algorithm.equals("SHA256"));
        }
    }

    @Test
    @Covers({
        "GenerateSAMLAssertion!UnresolvedVariable",
        "GenerateSAMLAssertion/Template@ignoreUnresolvedVariables",
        "GenerateSAMLAssertion!KeyNotFound",
        "GenerateSAMLAssertion!InvalidTemplate",
        "GenerateSAMLAssertion!ElementNotFound"
    })
    void saysWhyItMakesNoAssertion() {
        assertThat(nameOf(generate("none", intoMessage()))).isEqualTo("KeyNotFound");
        assertThat(nameOf(generate("ours", intoMessage() + "<Template>{x}</Template>")))
                .isEqualTo("UnresolvedVariable");
        assertThat(nameOf(
                        generate("ours", intoMessage() + "<Template ignoreUnresolvedVariables='true'>{x}</Template>")))
                .isEqualTo("InvalidTemplate");
        assertThat(nameOf(generate("ours", intoMessage()).replace("env:Header</XPath>", "env:Nothing</XPath>")))
                .isEqualTo("ElementNotFound");
    }

    private String nameOf(String xml) {
        return catchThrowableOfType(Fault.class, () -> rig.run(GenerateSAMLAssertion.TYPE, xml))
                .name();
    }

    @Test
    void nobodyWritesElementsIntoAnAssertionThatWeSign() throws Exception {
        var context = rig.context();
        context.set("user", "x</saml2:NameID><saml2:NameID>admin");
        rig.compile(GenerateSAMLAssertion.TYPE, generate("ours", intoMessage())).execute(context);
        assertThat(rig.run(ValidateSAMLAssertion.TYPE, validate("ours", IN_HEADER, false))
                        .text("saml.subject"))
                .isEqualTo("x</saml2:NameID><saml2:NameID>admin");
    }

    @Test
    void reportsWhatSapRefusesToDeploy() {
        assertThat(rig.findings(GenerateSAMLAssertion.TYPE, "<GenerateSAMLAssertion/>"))
                .extracting("reason")
                .containsExactly(
                        "<KeyStore> needs a <Name> and an <Alias>",
                        "<Issuer> is missing",
                        "<OutputVariable> needs a <FlowVariable> or a <Message>");
        assertThat(rig.findings(ValidateSAMLAssertion.TYPE, "<ValidateSAMLAssertion><Source/></ValidateSAMLAssertion>"))
                .extracting("reason")
                .containsExactly(
                        "<Source> needs <Namespaces> and an <XPath> of the assertion",
                        "<TrustStore> must name a store of certificates");
        assertThat(rig.findings(ValidateSAMLAssertion.TYPE, validate("nowhere", IN_HEADER, false)))
                .extracting("reason")
                .containsExactly("there is no store of certificates 'nowhere'");
    }
}
