package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.expression.XmlDocuments;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

class JSONToXMLTest {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private final PolicyRig rig = new PolicyRig();

    private static String policy(String inner) {
        return "<JSONToXML xmlns='http://www.sap.com/apimgmt'>%s</JSONToXML>".formatted(inner);
    }

    private Message converted(String json, String options) throws Fault, UnknownHostException {
        rig.request.content(json);
        return rig.run(JSONToXML.TYPE, policy("<Options>" + options + "</Options>"))
                .request();
    }

    private String xml(String json, String options) throws Fault, UnknownHostException {
        var xml = converted(json, options).content();
        assertThat(xml).startsWith(DECLARATION);
        return xml.substring(DECLARATION.length());
    }

    private static Fault fault(FlowContext context, String inner) {
        var policy = new PolicyRig().compile(JSONToXML.TYPE, policy(inner));
        return Objects.requireNonNull(catchThrowableOfType(Fault.class, () -> policy.execute(context)));
    }

    @Test
    @Covers({"JSONToXML/Options/ObjectRootElementName", "JSONToXML/Options"})
    void namesTheRootWhereTheObjectDoesNot() throws Exception {
        assertThat(xml("{\"person\":{\"name\":\"Adam\"}}", "")).isEqualTo("<person><name>Adam</name></person>");
        assertThat(xml("{\"xyz\":\"123\",\"abc\":234}", "<ObjectRootElementName>R</ObjectRootElementName>"))
                .isEqualTo("<R><xyz>123</xyz><abc>234</abc></R>");
        assertThat(xml("{\"a\":[1,2]}", "")).isEqualTo("<Root><a>1</a><a>2</a></Root>");
        assertThat(xml("true", "")).isEqualTo("<Root>true</Root>");
        assertThat(converted("{}", "").headers().line("Content-Type")).isEqualTo("application/xml");
    }

    @Test
    @Covers({"JSONToXML/Options/ArrayRootElementName", "JSONToXML/Options/ArrayItemElementName"})
    void namesTheItemsOfArrays() throws Exception {
        assertThat(xml(
                        "[\"Doctor\",{\"occupation\":\"Engineer\"},[1]]",
                        "<ArrayRootElementName>L</ArrayRootElementName><ArrayItemElementName>I</ArrayItemElementName>"))
                .isEqualTo("<L><I>Doctor</I><I><occupation>Engineer</occupation></I><I><I>1</I></I></L>");
    }

    @Test
    @Covers({"JSONToXML/Options/AttributePrefix", "JSONToXML/Options/AttributeBlockName"})
    void makesAttributesOfMarkedProperties() throws Exception {
        assertThat(xml(
                        "{\"person\":{\"#first\":\"A\\\"\\n\",\"location\":\"C\"}}",
                        "<AttributePrefix>#</AttributePrefix>"))
                .isEqualTo("<person first=\"A&quot;&#10;\"><location>C</location></person>");
        assertThat(xml("{\"p\":{\"B\":{\"x\":1,\"y\":null},\"z\":2}}", "<AttributeBlockName>B</AttributeBlockName>"))
                .isEqualTo("<p x=\"1\" y=\"\"><z>2</z></p>");
        assertThat(xml("{\"p\":{\"@x\":1}}", "<AttributePrefix/>")).isEqualTo("<p x=\"1\"></p>");
    }

    @Test
    @Covers("JSONToXML/Options/TextNodeName")
    void makesTextOfOneProperty() throws Exception {
        assertThat(xml("{\"p\":{\"f\":\"A\",\"age\":30,\"l\":\"B\"}}", "<TextNodeName>age</TextNodeName>"))
                .isEqualTo("<p><f>A</f>30<l>B</l></p>");
        assertThat(xml("{\"p\":{\"#text\":[\"a\",\"b\"]}}", "")).isEqualTo("<p>ab</p>");
    }

    @Test
    @Covers("JSONToXML/Options/NullValue")
    void leavesNullEmpty() throws Exception {
        assertThat(xml("{\"p\":{\"a\":null,\"b\":\"NONE\",\"c\":\"NULL\"}}", "<NullValue>NONE</NullValue>"))
                .isEqualTo("<p><a></a><b></b><c>NULL</c></p>");
    }

    @Test
    @Covers("JSONToXML/Options/InvalidCharsReplacement")
    void replacesWhatXmlCanNotHave() throws Exception {
        assertThat(xml("{\"First%%%Name\":\"a\\u0001<&\"}", "<InvalidCharsReplacement>_</InvalidCharsReplacement>"))
                .isEqualTo("<First_Name>a_&lt;&amp;</First_Name>");
        assertThat(xml("{\"1 a\":\"x\"}", "<InvalidCharsReplacement>-</InvalidCharsReplacement>"))
                .isEqualTo("<_1_a>x</_1_a>");
        assertThat(xml("{\"a:b\":1}", "")).isEqualTo("<a_b>1</a_b>");
    }

    @Test
    @Covers({
        "JSONToXML/Options/NamespaceBlockName",
        "JSONToXML/Options/DefaultNamespaceNodeName",
        "JSONToXML/Options/NamespaceSeparator"
    })
    void declaresNamespacesOfABlock() throws Exception {
        var options = "<NamespaceBlockName>#namespaceblock</NamespaceBlockName>"
                + "<DefaultNamespaceNodeName>$default</DefaultNamespaceNodeName><NamespaceSeparator>::</NamespaceSeparator>";

        assertThat(xml(
                        "{\"v\":{\"#namespaceblock\":{\"$default\":\"urn:a\",\"xmlns:m\":\"urn:b\",\"n\":\"urn:c\"},"
                                + "\"name\":\"Car\",\"m::x\":1,\"n::y\":{\"m::z\":2},\"o::p\":3}}",
                        options))
                .isEqualTo("<v xmlns=\"urn:a\" xmlns:m=\"urn:b\" xmlns:n=\"urn:c\"><name>Car</name><m:x>1</m:x>"
                        + "<n:y><m:z>2</m:z></n:y><o_p>3</o_p></v>");
    }

    @Test
    @Covers("JSONToXML/Options/OmitXmlDeclaration")
    void leavesTheDeclarationOutWhenTold() throws Exception {
        assertThat(converted("{\"a\":1}", "<OmitXmlDeclaration>true</OmitXmlDeclaration>")
                        .content())
                .isEqualTo("<a>1</a>");
    }

    @Test
    @Covers({"JSONToXML/Source", "JSONToXML/OutputVariable"})
    void convertsMessagesIntoMessagesAndTextsIntoTexts() throws Exception {
        var context = rig.context();
        rig.request.content("{\"a\":1}");
        context.note("text", "{\"b\":2}");

        rig.compile(JSONToXML.TYPE, policy("<OutputVariable>copy</OutputVariable>"))
                .execute(context);
        rig.compile(JSONToXML.TYPE, policy("<Source>text</Source><OutputVariable>out</OutputVariable>"))
                .execute(context);

        assertThat(context.get("copy.content")).isEqualTo(DECLARATION + "<a>1</a>");
        assertThat(context.request().content()).isEqualTo("{\"a\":1}");
        assertThat(context.get("out")).isEqualTo(DECLARATION + "<b>2</b>");
    }

    @Test
    @Covers({
        "JSONToXML!steps.json2xml.SourceUnavailable",
        "JSONToXML!steps.json2xml.InvalidSourceType",
        "JSONToXML!steps.json2xml.OutputVariableIsNotAvailable",
        "JSONToXML!steps.json2xml.InCompatibleTypes"
    })
    void needsASourceAndAnOutputThatFits() throws Exception {
        var context = rig.context();
        rig.request.content("{\"a\":1}");
        context.note("text", "{}");

        assertThat(fault(context, "<Source>abc</Source>"))
                .hasMessage("steps.json2xml.SourceUnavailable: JSONToXML[P]: Source abc is not available");
        assertThat(fault(context, "<Source>client.port</Source>").code()).isEqualTo("steps.json2xml.InvalidSourceType");
        assertThat(fault(context, "<Source>text</Source>").code())
                .isEqualTo("steps.json2xml.OutputVariableIsNotAvailable");
        assertThat(fault(context, "<Source>text</Source><OutputVariable>request</OutputVariable>")
                        .code())
                .isEqualTo("steps.json2xml.InCompatibleTypes");
        assertThat(fault(context, "<OutputVariable>response</OutputVariable>").code())
                .isEqualTo("steps.json2xml.InCompatibleTypes");
    }

    @Test
    @Covers("JSONToXML!steps.json2xml.ExecutionFailed")
    void failsForWhatIsNotJson() throws Exception {
        var context = rig.context();

        assertThat(fault(context, ""))
                .hasMessage("steps.json2xml.ExecutionFailed: "
                        + "JSONToXML[P]: Execution failed due to reason: it is empty");
        rig.request.content("{\"a\":");
        assertThat(fault(context, "").code()).isEqualTo("steps.json2xml.ExecutionFailed");
        rig.request.content("[".repeat(100_000) + "]".repeat(100_000));
        assertThat(fault(context, "").code()).isEqualTo("steps.json2xml.ExecutionFailed");
    }

    @Property(tries = 100)
    void alwaysWritesXml(@ForAll String name, @ForAll String value) throws Fault, UnknownHostException, SAXException {
        var json = JsonTexts.write(Map.of(name, value, "other", Map.of(name, List.of(value, 1))));

        var document = XmlDocuments.parse(converted(json, "").content());

        assertThat(document.getDocumentElement().getTagName()).isNotEmpty();
    }
}
