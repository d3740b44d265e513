package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.expression.XmlDocuments;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.BundleFinding;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class XMLToJSONTest {
    private static final String EMPLOYERS = "<employers>\n<employername><name>employer1</name>"
            + "<employees><name>emp1</name></employees></employername></employers>";

    private final PolicyRig rig = new PolicyRig();

    private static String policy(String inner) {
        return "<XMLToJSON xmlns='http://www.sap.com/apimgmt'>%s</XMLToJSON>".formatted(inner);
    }

    private Message run(String xml, String inner) throws Fault, UnknownHostException {
        rig.request.content(xml);
        return rig.run(XMLToJSON.TYPE, policy(inner)).request();
    }

    private String json(String xml, String options) throws Fault, UnknownHostException {
        return run(xml, "<Options>" + options + "</Options>").content();
    }

    private String formatted(String xml, String format) throws Fault, UnknownHostException {
        return run(xml, "<Format>" + format + "</Format>").content();
    }

    private Fault fault(String inner) throws UnknownHostException {
        var policy = rig.compile(XMLToJSON.TYPE, policy(inner));
        var context = rig.context();
        context.note("text", "<a/>");
        return Objects.requireNonNull(catchThrowableOfType(Fault.class, () -> policy.execute(context)));
    }

    @Test
    @Covers({"XMLToJSON/Options/RecognizeBoolean", "XMLToJSON/Options/RecognizeNumber"})
    void recognizesNumbersAndBooleansUnlessTold() throws Exception {
        var xml = "<x><y>false</y><n>999</n><d>1.50</d><z>value</z><k>007</k></x>";

        assertThat(json(xml, "")).isEqualTo("{\"x\":{\"y\":false,\"n\":999,\"d\":1.50,\"z\":\"value\",\"k\":\"007\"}}");
        assertThat(json(xml, "<RecognizeBoolean>false</RecognizeBoolean><RecognizeNumber>false</RecognizeNumber>"))
                .isEqualTo("{\"x\":{\"y\":\"false\",\"n\":\"999\",\"d\":\"1.50\",\"z\":\"value\",\"k\":\"007\"}}");
    }

    @Test
    @Covers({"XMLToJSON/Options/RecognizeNull", "XMLToJSON/Options/NullValue"})
    void recognizesNullWhenTold() throws Exception {
        var xml = "<x><y></y><z>NULL</z><a>NIL</a></x>";

        assertThat(json(xml, "")).isEqualTo("{\"x\":{\"y\":{},\"z\":\"NULL\",\"a\":\"NIL\"}}");
        assertThat(json(xml, "<RecognizeNull>true</RecognizeNull>"))
                .isEqualTo("{\"x\":{\"y\":null,\"z\":null,\"a\":\"NIL\"}}");
        assertThat(json(xml, "<RecognizeNull>true</RecognizeNull><NullValue>NIL</NullValue>"))
                .isEqualTo("{\"x\":{\"y\":null,\"z\":\"NULL\",\"a\":null}}");
    }

    @Test
    @Covers({"XMLToJSON/Options/AttributeBlockName", "XMLToJSON/Options/AttributePrefix"})
    void writesAttributesAsProperties() throws Exception {
        var xml = "<a att1='value1' att2='value2'/>";
        var block = "<AttributeBlockName>FOO_BLOCK</AttributeBlockName>";
        var prefix = "<AttributePrefix>BAR_</AttributePrefix>";

        assertThat(json(xml, block + prefix))
                .isEqualTo("{\"a\":{\"FOO_BLOCK\":{\"BAR_att1\":\"value1\",\"BAR_att2\":\"value2\"}}}");
        assertThat(json(xml, block)).isEqualTo("{\"a\":{\"FOO_BLOCK\":{\"att1\":\"value1\",\"att2\":\"value2\"}}}");
        assertThat(json(xml, prefix)).isEqualTo("{\"a\":{\"BAR_att1\":\"value1\",\"BAR_att2\":\"value2\"}}");
        assertThat(json(xml, "")).isEqualTo("{\"a\":{\"att1\":\"value1\",\"att2\":\"value2\"}}");
        assertThat(json("<a b='1'><b>2</b></a>", "")).isEqualTo("{\"a\":{\"b\":[1,2]}}");
    }

    @Test
    @Covers({"XMLToJSON/Options/TextAlwaysAsProperty", "XMLToJSON/Options/TextNodeName"})
    void writesTextAsAProperty() throws Exception {
        var xml = "<a>\n  <b>value1</b>\n  <c>value2<d>value3</d>value4<!-- no --></c>\n</a>";

        assertThat(json(xml, "<TextNodeName>TEXT</TextNodeName><TextAlwaysAsProperty>true</TextAlwaysAsProperty>"))
                .isEqualTo("{\"a\":{\"b\":{\"TEXT\":\"value1\"},"
                        + "\"c\":{\"TEXT\":[\"value2\",\"value4\"],\"d\":{\"TEXT\":\"value3\"}}}}");
        assertThat(json(xml, "<TextNodeName>TEXT</TextNodeName>"))
                .isEqualTo("{\"a\":{\"b\":\"value1\",\"c\":{\"TEXT\":[\"value2\",\"value4\"],\"d\":\"value3\"}}}");
        assertThat(json("<a x='1'><![CDATA[<t>]]></a>", "")).isEqualTo("{\"a\":{\"x\":1,\"#text\":\"<t>\"}}");
    }

    @Test
    @Covers({
        "XMLToJSON/Options/NamespaceSeparator",
        "XMLToJSON/Options/NamespaceBlockName",
        "XMLToJSON/Options/DefaultNamespaceNodeName"
    })
    void writesNamespacesWhereAllOptionsSayHow() throws Exception {
        var xml = "<x xmlns='http://abc.com' xmlns:n='http://abc1.com' n:i='v'><n:y>value</n:y></x>";
        var two = "<NamespaceSeparator>:</NamespaceSeparator><NamespaceBlockName>#ns</NamespaceBlockName>";

        assertThat(json(xml, two)).isEqualTo("{\"x\":{\"i\":\"v\",\"y\":\"value\"}}");
        assertThat(json(xml, two + "<DefaultNamespaceNodeName>$d</DefaultNamespaceNodeName>"))
                .isEqualTo("{\"x\":{\"#ns\":{\"$d\":\"http://abc.com\",\"n\":\"http://abc1.com\"},"
                        + "\"n:i\":\"v\",\"n:y\":\"value\"}}");
    }

    @Test
    @Covers({"XMLToJSON/Options/OutputPrefix", "XMLToJSON/Options/OutputSuffix"})
    void surroundsTheOutput() throws Exception {
        assertThat(json("<x>value</x>", "<OutputPrefix>PREFIX_</OutputPrefix><OutputSuffix>_SUFFIX</OutputSuffix>"))
                .isEqualTo("PREFIX_{\"x\":\"value\"}_SUFFIX");
    }

    @Test
    @Covers({"XMLToJSON/Options/TreatAsArray/Path", "XMLToJSON/Options/TreatAsArray/Path@unwrap"})
    void makesArraysOfPaths() throws Exception {
        assertThat(json(EMPLOYERS, ""))
                .isEqualTo(
                        "{\"employers\":{\"employername\":{\"name\":\"employer1\",\"employees\":{\"name\":\"emp1\"}}}}");
        assertThat(json(EMPLOYERS, "<TreatAsArray><Path>employers/employername/employees/name</Path></TreatAsArray>"))
                .isEqualTo("{\"employers\":{\"employername\":{\"name\":\"employer1\","
                        + "\"employees\":{\"name\":[\"emp1\"]}}}}");
        assertThat(json(
                        EMPLOYERS,
                        "<TreatAsArray><Path unwrap='true'>employers/employername</Path>"
                                + "<Path unwrap='true'>employers/employername/employees/name</Path></TreatAsArray>"))
                .isEqualTo("{\"employers\":[{\"name\":\"employer1\",\"employees\":[\"emp1\"]}]}");
        assertThat(json("<a><b>1</b><b>2</b></a>", "")).isEqualTo("{\"a\":{\"b\":[1,2]}}");
        assertThat(json("<a/>", "<TreatAsArray><Path>a</Path></TreatAsArray>")).isEqualTo("{\"a\":[{}]}");
    }

    @Test
    @Covers("XMLToJSON/Format")
    void knowsFourFormats() throws Exception {
        var xml = "<a x='1' xmlns:n='urn:n'><n:b>2</n:b><c/><d y='z'>t</d></a>";

        assertThat(formatted(xml, "xml.com"))
                .isEqualTo("{\"a\":{\"@x\":\"1\",\"b\":\"2\",\"c\":null,\"d\":{\"@y\":\"z\",\"#text\":\"t\"}}}");
        assertThat(formatted(xml, "yahoo"))
                .isEqualTo("{\"a\":{\"x\":\"1\",\"b\":\"2\",\"c\":null,\"d\":{\"y\":\"z\",\"content\":\"t\"}}}");
        assertThat(formatted(xml, "google"))
                .isEqualTo("{\"a\":{\"xmlns$n\":\"urn:n\",\"x\":\"1\",\"n$b\":{\"$t\":\"2\"},\"c\":{},"
                        + "\"d\":{\"y\":\"z\",\"$t\":\"t\"}}}");
        assertThat(formatted(xml, "badgerFish"))
                .isEqualTo("{\"a\":{\"@xmlns\":{\"n\":\"urn:n\"},\"@x\":\"1\",\"n:b\":{\"$\":\"2\"},\"c\":{},"
                        + "\"d\":{\"@y\":\"z\",\"$\":\"t\"}}}");
    }

    @Test
    @Covers({"XMLToJSON/Source", "XMLToJSON/OutputVariable"})
    void convertsMessagesIntoMessages() throws Exception {
        var request = run("<a>1</a>", "<Options/><Source>request</Source><OutputVariable>request</OutputVariable>");

        assertThat(request.content()).isEqualTo("{\"a\":1}");
        assertThat(request.headers().line("Content-Type")).isEqualTo("application/json");
    }

    @Test
    @Covers({"XMLToJSON!EitherOptionOrFormat", "XMLToJSON!UnknownFormat", "XMLToJSON!FormatUnavailable"})
    void refusesAFileWithoutOptionsOrKnownFormat() {
        assertThat(rig.findings(XMLToJSON.TYPE, policy("")))
                .extracting(BundleFinding::reason)
                .containsExactly("EitherOptionOrFormat: either <Options> or <Format> must be there");
        assertThat(rig.findings(XMLToJSON.TYPE, policy("<Options/><Format>yahoo</Format>")))
                .hasSize(1);
        assertThat(rig.findings(XMLToJSON.TYPE, policy("<Format/>")))
                .extracting(BundleFinding::reason)
                .containsExactly("FormatUnavailable: <Format> is empty");
        assertThat(rig.findings(XMLToJSON.TYPE, policy("<Format>x</Format>")))
                .extracting(BundleFinding::reason)
                .containsExactly("UnknownFormat: 'x' must be one of xml.com, yahoo, google, badgerFish");
    }

    @Test
    @Covers({
        "XMLToJSON!steps.xml2json.SourceUnavailable",
        "XMLToJSON!steps.xml2json.InvalidSourceType",
        "XMLToJSON!steps.xml2json.InCompatibleTypes",
        "XMLToJSON!steps.xml2json.OutputVariableIsNotAvailable"
    })
    void needsASourceAndAnOutputThatFits() throws Exception {
        assertThat(fault("<Options/><Source>xyz</Source>"))
                .hasMessage("steps.xml2json.SourceUnavailable: XMLToJSON[P]: Source xyz is not available");
        assertThat(fault("<Options/><Source>client.port</Source>").code())
                .isEqualTo("steps.xml2json.InvalidSourceType");
        assertThat(fault("<Options/><Source>text</Source><OutputVariable>request</OutputVariable>")
                        .code())
                .isEqualTo("steps.xml2json.InCompatibleTypes");
        assertThat(fault("<Options/><Source>text</Source>").code())
                .isEqualTo("steps.xml2json.OutputVariableIsNotAvailable");
    }

    @Test
    @Covers("XMLToJSON!steps.xml2json.ExecutionFailed")
    void failsForWhatIsNotXml() throws Exception {
        rig.request.content("<a>");
        assertThat(fault("<Options/>").text()).startsWith("XMLToJSON[P]: Execution failed due to reason: ");
        rig.request.content("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>");
        assertThat(fault("<Options/>").code()).isEqualTo("steps.xml2json.ExecutionFailed");
    }

    @Test
    void writesTheDeepestDocumentThatIsRead() throws Exception {
        int depth = XmlDocuments.DEPTH_MAX;

        var json = json(
                "<a>".repeat(depth) + "<!-- -->".repeat(3) + "</a>".repeat(depth),
                "<RecognizeNull>true</RecognizeNull>");

        assertThat(json).startsWith("{\"a\":{\"a\":").endsWith("null" + "}".repeat(depth));
    }
}
