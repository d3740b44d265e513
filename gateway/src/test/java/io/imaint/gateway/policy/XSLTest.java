package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.Resource;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class XSLTest {
    private static final String URL = "<ResourceURL>xsl://a.xsl</ResourceURL>";

    private final PolicyRig rig = new PolicyRig();

    @TempDir
    Path directory;

    @BeforeEach
    void begin() {
        sheet("<xsl:param name='p'/><xsl:template match='/a'><r><xsl:value-of select='b'/>"
                + "<xsl:value-of select='$p'/></r></xsl:template>");
        rig.request.content("<a><b>1</b></a>");
    }

    private void sheet(String inner) {
        source("<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                + "<xsl:output omit-xml-declaration='yes'/>" + inner + "</xsl:stylesheet>");
    }

    private void source(String whole) {
        rig.resources.put("xsl://a.xsl", new Resource("xsl", "a.xsl", "APIProxy/FileResource/a.xsl", whole));
    }

    private static String policy(String inner) {
        return "<XSL xmlns='http://www.sap.com/apimgmt'>%s</XSL>".formatted(inner);
    }

    private FlowContext run(String inner) throws Fault, UnknownHostException {
        return rig.run(XSL.TYPE, policy(inner));
    }

    private Fault fault(String inner) throws UnknownHostException {
        var policy = rig.compile(XSL.TYPE, policy(inner));
        var context = rig.context();
        return Objects.requireNonNull(catchThrowableOfType(Fault.class, () -> policy.execute(context)));
    }

    private String reason(String inner) {
        return rig.findings(XSL.TYPE, policy(inner)).stream()
                .map(BundleFinding::reason)
                .findFirst()
                .orElse("");
    }

    @Test
    @Covers("XSL/ResourceURL")
    void replacesTheMessageByWhatTheStyleSheetMakes() throws Exception {
        var request = run(URL).request();

        assertThat(request.content()).isEqualTo("<r>1</r>");
        assertThat(request.headers().line("Content-Type")).isEqualTo("application/xml");
    }

    @Test
    @Covers({"XSL/OutputVariable", "XSL/Source"})
    void keepsTheOutputInAVariable() throws Exception {
        var context = run(URL + "<Source>request</Source><OutputVariable>outVar</OutputVariable>");

        assertThat(context.get("outVar")).isEqualTo("<r>1</r>");
        assertThat(context.request().content()).isEqualTo("<a><b>1</b></a>");
    }

    @Test
    @Covers("XSL/Source")
    void transformsATextInItsVariable() throws Exception {
        var context = rig.context();
        context.note("text", "<a><b>2</b></a>");

        rig.compile(XSL.TYPE, policy(URL + "<Source>text</Source>")).execute(context);

        assertThat(context.get("text")).isEqualTo("<r>2</r>");
    }

    @Test
    @Covers({
        "XSL/Parameters/Parameter@name",
        "XSL/Parameters/Parameter@ref",
        "XSL/Parameters/Parameter@value",
        "XSL/Parameters@ignoreUnresolvedVariables",
        "XSL!steps.xsl.XSLVariableResolutionFailed"
    })
    void givesParametersToTheStyleSheet() throws Exception {
        assertThat(run(URL + "<Parameters><Parameter name='p' value='x'/></Parameters>")
                        .request()
                        .content())
                .isEqualTo("<r>1x</r>");
        begin();
        assertThat(run(URL + "<Parameters><Parameter name='p' ref='request.verb'/></Parameters>")
                        .request()
                        .content())
                .isEqualTo("<r>1GET</r>");
        begin();
        assertThat(fault(URL + "<Parameters><Parameter name='p' ref='none'/></Parameters>"))
                .hasMessage("steps.xsl.XSLVariableResolutionFailed: Failed to resolve variable none");
        assertThat(run(URL
                                + "<Parameters ignoreUnresolvedVariables='true'><Parameter name='p' ref='none'/></Parameters>")
                        .request()
                        .content())
                .isEqualTo("<r>1</r>");
    }

    @Test
    @Covers("XSL!steps.xsl.XSLSourceMessageNotAvailable")
    void needsASource() throws Exception {
        assertThat(fault(URL + "<Source>response</Source>"))
                .hasMessage("steps.xsl.XSLSourceMessageNotAvailable: response message is not available for XSL: P");
    }

    @Test
    @Covers("XSL!steps.xsl.XSLEvaluationFailed")
    void failsForWhatIsNotXmlAndForWhatGrowsTooLarge() throws Exception {
        rig.request.content("<a>");
        assertThat(fault(URL).text()).startsWith("Evaluation of XSL P failed with reason: \"");

        rig.request.content("<a>" + "<b/>".repeat(4000) + "</a>");
        sheet("<xsl:template match='/'><r><xsl:for-each select='//b'><xsl:for-each select='//b'>x</xsl:for-each>"
                + "</xsl:for-each></r></xsl:template>");
        assertThat(fault(URL).code()).isEqualTo("steps.xsl.XSLEvaluationFailed");
    }

    @Test
    void readsNoFilesAndCallsNoJava() throws Exception {
        sheet(
                "<xsl:template match='/'><r><xsl:value-of select=\"document('file:///etc/hostname')\"/></r></xsl:template>");
        assertThat(fault(URL).code()).isEqualTo("steps.xsl.XSLEvaluationFailed");

        sheet("<xsl:import href='file:///etc/hostname'/><xsl:template match='/'/>");
        assertThat(reason(URL)).startsWith("the style sheet is not valid: ");

        sheet("<xsl:template match='/'><r xmlns:j='http://xml.apache.org/xalan/java/java.lang.System'>"
                + "<xsl:value-of select='j:currentTimeMillis()'/></r></xsl:template>");
        assertThat(fault(URL).code()).isEqualTo("steps.xsl.XSLEvaluationFailed");
    }

    @ParameterizedTest
    @MethodSource
    void endsAStyleSheetThatTakesTooMuch(String kind, String inner) throws Exception {
        rig.request.content("<a>" + "<b/>".repeat(1000) + "</a>");
        sheet(inner);
        long began = System.nanoTime();
        assertThat(fault(URL).code()).as(kind).isEqualTo("steps.xsl.XSLEvaluationFailed");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    static Stream<Arguments> endsAStyleSheetThatTakesTooMuch() {
        return HostileSheets.ALL.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
    }

    @Test
    void boundsAStyleSheetThatIsATemplateAlone() throws Exception {
        source(
                "<r xsl:version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:value-of select='a/b'/></r>");
        assertThat(run(URL).request().content()).endsWith("<r>1</r>");

        rig.request.content("<a>" + "<b/>".repeat(1000) + "</a>");
        source(HostileSheets.SIMPLIFIED);
        assertThat(fault(URL).text()).containsAnyOf("it takes too long", "it needs too much memory");
    }

    @Test
    void countsNoCommasAndColonsOfTexts() throws Exception {
        sheet("<xsl:template match='/'><r k='%s'><xsl:value-of select=\"translate(a/b, '%s', '')\"/></r></xsl:template>"
                .formatted(",".repeat(20_000), ",".repeat(20_000)));
        rig.request.content("<a><b>" + ",".repeat(100_000) + "1</b></a>");
        assertThat(run(URL).request().content()).endsWith(">1</r>");

        var text = ",:".repeat(ScriptLimits.TEXT_MAX / 2 - 10);
        assertThatCode(() -> ScriptLimits.xml("<a>" + text + "</a>")).doesNotThrowAnyException();
        assertThatCode(() -> ScriptLimits.json("\"" + text + "\\\"[\"")).doesNotThrowAnyException();
        assertThatThrownBy(() -> ScriptLimits.json(text)).isInstanceOf(ScriptStopped.class);
        assertThatThrownBy(() -> ScriptLimits.xml(text.replace(",:", "<a"))).isInstanceOf(ScriptStopped.class);
    }

    @Test
    void takesALargeStyleSheet() throws Exception {
        var templates = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            templates.append("<xsl:template match='b' mode='m%d'>%s</xsl:template>"
                    .formatted(i, "<xsl:value-of select='.'/>".repeat(30)));
        }
        sheet(templates
                + "<xsl:template match='/'><r><xsl:apply-templates select='a/b' mode='m99'/></r></xsl:template>");
        assertThat(run(URL).request().content()).isEqualTo("<r>" + "1".repeat(30) + "</r>");
    }

    @Test
    void writesNoFiles() throws Exception {
        var file = directory.resolve("written.txt");
        sheet("<xsl:template match='/'><redirect:write xmlns:redirect='http://xml.apache.org/xalan/redirect' file='"
                + file + "'>x</redirect:write></xsl:template>");
        if (reason(URL).isEmpty()) {
            assertThat(fault(URL).code()).isEqualTo("steps.xsl.XSLEvaluationFailed");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void runsOffTheThreadOfTheConnection() throws Exception {
        sheet(
                "<xsl:variable name='g' select=\"concat('x', //b)\"/>"
                        + "<xsl:template match='/'><xsl:param name='q' select='1'/><xsl:variable name='v'><c><xsl:value-of select='$g'/></c></xsl:variable>"
                        + "<r><xsl:attribute name='k'>v</xsl:attribute><xsl:for-each select='//b'><xsl:sort select='.'/><xsl:choose>"
                        + "<xsl:when test='$q = 1'><xsl:copy-of select='$v'/></xsl:when><xsl:otherwise>n</xsl:otherwise></xsl:choose>"
                        + "<xsl:call-template name='t'><xsl:with-param name='z' select='.'/></xsl:call-template></xsl:for-each></r></xsl:template>"
                        + "<xsl:template name='t'><xsl:param name='z'/><xsl:text>[</xsl:text><xsl:value-of select='$z'/><xsl:text>]</xsl:text></xsl:template>");
        assertThat(run(URL).request().content()).isEqualTo("<r k=\"v\"><c>x1</c>[1]</r>");
    }

    @Test
    @Covers({"XSL!XSLEmptyResourceUrl", "XSL!XSLInvalidResourceType"})
    void refusesAResourceThatIsNoStyleSheet() {
        assertThat(reason("")).startsWith("XSLEmptyResourceUrl: ");
        assertThat(reason("<ResourceURL>jsc://a.js</ResourceURL>")).startsWith("XSLInvalidResourceType: ");
        assertThat(reason("<ResourceURL>xsl://b.xsl</ResourceURL>")).contains("the bundle has no 'xsl://b.xsl'");
        sheet("<xsl:template match='['/>");
        assertThat(reason(URL)).startsWith("the style sheet is not valid: ");
    }
}
