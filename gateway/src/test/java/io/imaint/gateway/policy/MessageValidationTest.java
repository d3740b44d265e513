package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.Resource;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageValidationTest {
    private static final String XSD = "<ResourceURL>xsd://order.xsd</ResourceURL>";
    private static final String WSDL = "<ResourceURL>wsdl://order.wsdl</ResourceURL>";
    private static final String SCHEMA = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:o='urn:o'"
            + " targetNamespace='urn:o' elementFormDefault='qualified'>%s"
            + "<xs:element name='order'><xs:complexType><xs:sequence><xs:element name='n' type='%s'/></xs:sequence>"
            + "</xs:complexType></xs:element></xs:schema>";
    private static final String ORDER = "<order xmlns='urn:o'><n>%s</n></order>";

    private final PolicyRig rig = new PolicyRig();

    @BeforeEach
    void begin() {
        resource("xsd", "order.xsd", SCHEMA.formatted("", "xs:int"));
        resource(
                "wsdl",
                "order.wsdl",
                "<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' xmlns:t='urn:t'><w:types>"
                        + "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'>"
                        + "<xs:simpleType name='number'><xs:restriction base='xs:int'/></xs:simpleType></xs:schema>"
                        + SCHEMA.formatted("<xs:import namespace='urn:t'/>", "t:number")
                        + "</w:types></w:definitions>");
    }

    private void resource(String scheme, String name, String text) {
        rig.resources.put(scheme + "://" + name, new Resource(scheme, name, "APIProxy/FileResource/" + name, text));
    }

    private static String policy(String inner) {
        return "<MessageValidation xmlns='http://www.sap.com/apimgmt'>%s</MessageValidation>".formatted(inner);
    }

    private @Nullable Fault fault(String inner, String type, String content) throws UnknownHostException {
        rig.request.headers().set("Content-Type", type);
        rig.request.content(content);
        var policy = rig.compile(MessageValidation.TYPE, policy(inner));
        var context = rig.context();
        return catchThrowableOfType(Fault.class, () -> policy.execute(context));
    }

    private String reason(String inner) {
        return rig.findings(MessageValidation.TYPE, policy(inner)).stream()
                .map(BundleFinding::reason)
                .findFirst()
                .orElse("");
    }

    private static String soap(String namespace, String body) {
        return "<s:Envelope xmlns:s='%s'><s:Header/><s:Body>%s</s:Body></s:Envelope>".formatted(namespace, body);
    }

    @Test
    @Covers({"MessageValidation", "MessageValidation!steps.messagevalidation.Failed"})
    void wantsWellFormedTextsWithoutASchema() throws Exception {
        assertThat(fault("", "application/json", "{\"a\":1}")).isNull();
        assertThat(fault("", "application/xml", "<a/>")).isNull();
        assertThat(fault("", "text/plain", "{")).isNull();

        assertThat(fault("", "application/json", "{")).isNotNull().satisfies(fault -> {
            assertThat(fault.code()).isEqualTo("steps.messagevalidation.Failed");
            assertThat(fault.status()).isEqualTo(500);
            assertThat(fault.text()).startsWith("MessageValidation P failed with reason: \"");
        });
        assertThat(fault("", "text/xml", "<a>")).isNotNull();
        assertThat(fault("", "text/xml", "<!DOCTYPE a><a/>")).isNotNull();
    }

    @Test
    @Covers("MessageValidation/ResourceURL")
    void validatesAgainstASchema() throws Exception {
        assertThat(fault(XSD, "text/xml", ORDER.formatted("1"))).isNull();
        assertThat(fault(XSD, "text/xml", ORDER.formatted("x"))).isNotNull();
        assertThat(fault(XSD, "text/xml", "<other/>")).isNotNull();
        assertThat(fault(XSD, "text/xml", "")).isNotNull();
    }

    @Test
    @Covers("MessageValidation/ResourceURL")
    void importsOtherSchemasOfTheProxyAndNothingElse() {
        resource("xsd", "order.xsd", SCHEMA.formatted("<xs:include schemaLocation='types.xsd'/>", "o:number"));
        assertThat(reason(XSD)).startsWith("ResourceCompileFailed: ");

        resource(
                "xsd",
                "types.xsd",
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:o'>"
                        + "<xs:simpleType name='number'><xs:restriction base='xs:int'/></xs:simpleType></xs:schema>");
        assertThat(reason(XSD)).isEmpty();

        resource("xsd", "order.xsd", SCHEMA.formatted("<xs:include schemaLocation='file:///etc/hostname'/>", "xs:int"));
        assertThat(reason(XSD)).startsWith("ResourceCompileFailed: ");
    }

    @Test
    void importsNoDeeperThanSapDoes() {
        for (int i = 0; i < 12; i++) {
            resource(
                    "xsd",
                    i + ".xsd",
                    SCHEMA.formatted("<xs:include schemaLocation='%d.xsd'/>".formatted(i + 1), "xs:int")
                            .replace("name='order'", "name='order" + i + "'"));
        }
        resource("xsd", "12.xsd", SCHEMA.formatted("", "xs:int"));

        assertThat(reason("<ResourceURL>xsd://4.xsd</ResourceURL>")).isEmpty();
        assertThat(reason("<ResourceURL>xsd://0.xsd</ResourceURL>")).startsWith("ResourceCompileFailed: ");
    }

    @Test
    @Covers({"MessageValidation/ResourceURL", "MessageValidation/SOAPMessage@version"})
    void validatesTheBodyOfAnEnvelope() throws Exception {
        var old = SoapVersion.SOAP_1_1.namespace();
        var recent = SoapVersion.SOAP_1_2.namespace();

        assertThat(fault(WSDL, "text/xml", soap(old, ORDER.formatted("1")))).isNull();
        assertThat(fault(WSDL, "text/xml", soap(recent, ORDER.formatted("1")))).isNull();
        assertThat(fault(WSDL, "text/xml", soap(old, ORDER.formatted("x")))).isNotNull();
        assertThat(fault(WSDL, "text/xml", soap(old, "<s:Fault/>"))).isNull();
        assertThat(fault(WSDL, "text/xml", ORDER.formatted("1"))).isNotNull();
        assertThat(fault(WSDL, "text/xml", "<s:Envelope xmlns:s='%s'/>".formatted(old)))
                .isNotNull();

        var only = "<SOAPMessage version='1.2'/>" + WSDL;
        assertThat(fault(only, "text/xml", soap(recent, ORDER.formatted("1")))).isNull();
        assertThat(fault(only, "text/xml", soap(old, ORDER.formatted("1")))).isNotNull();
        assertThat(fault("<SOAPMessage version='1.1/1.2'/>" + XSD, "text/xml", soap(old, ORDER.formatted("1"))))
                .isNull();
    }

    @Test
    @Covers({"MessageValidation/Element", "MessageValidation/Element@namespace"})
    void takesTheElementsThatAreListed() throws Exception {
        var order = "<Element namespace='urn:o'>order</Element>";

        assertThat(fault(order + XSD, "text/xml", ORDER.formatted("1"))).isNull();
        assertThat(fault("<Element namespace='urn:p'>order</Element>" + order, "text/xml", ORDER.formatted("1")))
                .isNull();
        assertThat(fault("<Element>order</Element>" + XSD, "text/xml", ORDER.formatted("1")))
                .isNotNull()
                .hasMessageContaining("element {urn:o}order is not expected");
        assertThat(fault("<Element namespace=''>a</Element>", "text/xml", "<a/>"))
                .isNull();
    }

    @Test
    @Covers({
        "MessageValidation/Source",
        "MessageValidation!steps.messagevalidation.SourceMessageNotAvailable",
        "MessageValidation!steps.messagevalidation.NonMessageVariable"
    })
    void needsAMessage() throws Exception {
        assertThat(fault("<Source>response</Source>", "text/xml", "<a/>"))
                .hasMessage("steps.messagevalidation.SourceMessageNotAvailable: "
                        + "response message is not available for MessageValidation: P");
        assertThat(fault("<Source>request.verb</Source>", "text/xml", "<a/>"))
                .hasMessage("steps.messagevalidation.NonMessageVariable: "
                        + "Variable request.verb does not resolve to a Message");
    }

    @Test
    @Covers({
        "MessageValidation!InvalidResourceType",
        "MessageValidation!ResourceCompileFailed",
        "MessageValidation!NoElements",
        "MessageValidation!RootElementNameUnspecified",
        "MessageValidation!InvalidRootElementName"
    })
    void refusesWhatCanNotWorkWhenTheBundleIsRead() {
        assertThat(reason("<ResourceURL>jsc://a.js</ResourceURL>")).startsWith("InvalidResourceType: ");
        assertThat(reason("<Element/>")).startsWith("RootElementNameUnspecified: ");
        assertThat(reason("<Element>a b</Element>")).startsWith("InvalidRootElementName: ");
        assertThat(reason("<SOAPMessage version='1.3'/>")).contains("1.3");
        resource("xsd", "order.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>");
        assertThat(reason(XSD)).startsWith("NoElements: ");
        resource("xsd", "order.xsd", "<a/>");
        assertThat(reason(XSD)).startsWith("ResourceCompileFailed: ");
    }
}
