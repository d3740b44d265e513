package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.BundleFinding;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExtractVariablesTest {
    private static final String JSON = "{\"access_token\":\"t\",\"n\":3,\"d\":1.50,\"b\":true,\"none\":null,"
            + "\"authTokens\":[{\"value\":\"v\"}],\"o\":{\"a\":1}}";

    private final PolicyRig rig = new PolicyRig();

    private static String policy(String inner) {
        return "<ExtractVariables xmlns='http://www.sap.com/apimgmt'>%s</ExtractVariables>".formatted(inner);
    }

    private FlowContext run(String inner) throws Fault, UnknownHostException {
        return rig.run(ExtractVariables.TYPE, policy(inner));
    }

    private Fault fault(String inner) throws UnknownHostException {
        var policy = rig.compile(ExtractVariables.TYPE, policy(inner));
        var context = rig.context();
        return Objects.requireNonNull(catchThrowableOfType(Fault.class, () -> policy.execute(context)));
    }

    private void body(String type, String content) {
        rig.request.headers().set("Content-Type", type);
        rig.request.content(content);
    }

    private static String json(String name, String type, String path) {
        return "<Variable name='%s'%s><JSONPath>%s</JSONPath></Variable>"
                .formatted(name, type.isEmpty() ? "" : " type='" + type + "'", path);
    }

    private static String xpath(String name, String type, String path) {
        return "<Variable name='%s'%s><XPath>%s</XPath></Variable>"
                .formatted(name, type.isEmpty() ? "" : " type='" + type + "'", path);
    }

    @Test
    @Covers({
        "ExtractVariables/Header@name",
        "ExtractVariables/Header/Pattern",
        "ExtractVariables/Header/Pattern@ignoreCase"
    })
    void takesATokenOutOfAHeader() throws Exception {
        rig.request.headers().set("Authorization", "bearer abc.def");

        assertThat(
                        run("<Header name='Authorization'><Pattern ignoreCase='true'>Bearer {sapapim.jwt}</Pattern></Header>")
                                .get("sapapim.jwt"))
                .isEqualTo("abc.def");
        assertThat(run("<Header name='Authorization'><Pattern>Bearer {sapapim.jwt}</Pattern></Header>")
                        .get("sapapim.jwt"))
                .isNull();
    }

    @Test
    @Covers({"ExtractVariables/QueryParam@name", "ExtractVariables/QueryParam/Pattern"})
    void takesTheFirstPatternAndValueThatFit() throws Exception {
        rig.request = Message.request("GET", "/demo", "w=a&w=b-7&v=1");

        var context = run("<QueryParam name='w'><Pattern>c-{x}</Pattern><Pattern>b-{x}</Pattern></QueryParam>"
                + "<QueryParam name='w.1'><Pattern>{y}</Pattern></QueryParam>");

        assertThat(context.get("x")).isEqualTo("7");
        assertThat(context.get("y")).isEqualTo("a");
    }

    @Test
    @Covers({"ExtractVariables/FormParam@name", "ExtractVariables/FormParam/Pattern"})
    void takesParametersOfAFormOnly() throws Exception {
        var form = "<FormParam name='a'><Pattern>x{v}</Pattern></FormParam>";
        body("text/plain", "a=x1");
        assertThat(run(form).get("v")).isNull();

        body("application/x-www-form-urlencoded", "a=x1");
        assertThat(run(form).get("v")).isEqualTo("1");
    }

    @Test
    @Covers({"ExtractVariables/URIPath", "ExtractVariables/URIPath/Pattern", "ExtractVariables/VariablePrefix"})
    void takesSegmentsBehindTheBasePath() throws Exception {
        assertThat(run("<VariablePrefix>uri</VariablePrefix><URIPath><Pattern>/{segment}</Pattern></URIPath>")
                        .get("uri.segment"))
                .isEqualTo("orders");
        assertThat(run("<URIPath><Pattern>/{a}/{b}</Pattern></URIPath>").get("a"))
                .isNull();
        var context = rig.context();
        context.note("other", Message.request("GET", "/mine/1", ""));
        rig.compile(
                        ExtractVariables.TYPE,
                        policy("<Source>other</Source><URIPath><Pattern>/{a}/{b}</Pattern></URIPath>"))
                .execute(context);
        assertThat(context.get("a")).isEqualTo("mine");
    }

    @Test
    @Covers({"ExtractVariables/Variable@name", "ExtractVariables/Variable/Pattern"})
    void takesSeveralPartsOfAVariable() throws Exception {
        var context = rig.context();
        context.note("location", "https://idp.example.com/authorize/x");

        rig.compile(
                        ExtractVariables.TYPE,
                        policy(
                                "<Variable name='location'><Pattern>https://{redirectUrl}/{redirectUrlPath}</Pattern></Variable>"))
                .execute(context);

        assertThat(context.get("redirectUrl")).isEqualTo("idp.example.com");
        assertThat(context.get("redirectUrlPath")).isEqualTo("authorize/x");
    }

    @Test
    @Covers({
        "ExtractVariables/JSONPayload/Variable@name",
        "ExtractVariables/JSONPayload/Variable@type",
        "ExtractVariables/JSONPayload/Variable/JSONPath"
    })
    void takesValuesOfJsonInTheirTypes() throws Exception {
        body("application/json; charset=utf-8", JSON);

        var context = run("<JSONPayload>" + json("token", "string", "$.access_token") + json("n", "integer", "$.n")
                + json("l", "long", "$.n") + json("f", "float", "$.d") + json("d", "double", "$.d")
                + json("s", "", "$.d")
                + json("b", "boolean", "$.b") + json("v", "", "$.authTokens[0].value") + json("o", "nodeset", "$.o")
                + json("all", "", "$..value") + json("none", "", "$.none") + json("gone", "", "$.gone.away")
                + "</JSONPayload>");

        assertThat(context.get("token")).isEqualTo("t");
        assertThat(context.get("n")).isEqualTo(3);
        assertThat(context.get("l")).isEqualTo(3L);
        assertThat(context.get("f")).isEqualTo(1.5f);
        assertThat(context.get("d")).isEqualTo(1.5d);
        assertThat(context.get("s")).isEqualTo("1.50");
        assertThat(context.get("b")).isEqualTo(true);
        assertThat(context.get("v")).isEqualTo("v");
        assertThat(context.get("o")).isEqualTo("{\"a\":1}");
        assertThat(context.get("all")).isEqualTo("[\"v\"]");
        assertThat(context.get("none")).isNull();
        assertThat(context.get("gone")).isNull();
    }

    @Test
    @Covers({
        "ExtractVariables/XMLPayload/Variable@name",
        "ExtractVariables/XMLPayload/Variable@type",
        "ExtractVariables/XMLPayload/Variable/XPath",
        "ExtractVariables/XMLPayload/Namespaces/Namespace@prefix"
    })
    void takesValuesOfXmlInTheirTypes() throws Exception {
        body("application/atom+xml", "<?xml version='1.0'?><a xmlns='urn:a'><b x='1'>2</b><b>true</b><c> </c></a>");

        var context = run("<XMLPayload><Namespaces><Namespace prefix='p'>urn:a</Namespace></Namespaces>"
                + xpath("i", "integer", "/p:a/p:b") + xpath("x", "long", "//p:b/@x") + xpath("t", "boolean", "//p:b[2]")
                + xpath("count", "", "count(//p:b)") + xpath("d", "double", "/p:a/p:b[1]") + xpath("f", "float", "//@x")
                + xpath("s", "string", "concat(//p:b, '!')") + xpath("set", "nodeset", "//p:b") + "</XMLPayload>");

        assertThat(context.get("i")).isEqualTo(2);
        assertThat(context.get("x")).isEqualTo(1L);
        assertThat(context.get("t")).isEqualTo(true);
        assertThat(context.get("count")).isEqualTo("2");
        assertThat(context.get("d")).isEqualTo(2d);
        assertThat(context.get("f")).isEqualTo(1f);
        assertThat(context.get("s")).isEqualTo("2!");
        assertThat(context.get("set")).isEqualTo("<b x=\"1\" xmlns=\"urn:a\">2</b><b xmlns=\"urn:a\">true</b>");
    }

    @Test
    @Covers("ExtractVariables/XMLPayload@stopPayloadProcessing")
    void stopsAfterTheFirstVariableWithAValue() throws Exception {
        body("text/xml", "<a><b>1</b><c>2</c></a>");

        var context = run(
                "<IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables><XMLPayload stopPayloadProcessing='true'>"
                        + xpath("x", "", "/a/x") + xpath("b", "", "/a/b") + xpath("c", "", "/a/c") + "</XMLPayload>");

        assertThat(context.get("b")).isEqualTo("1");
        assertThat(context.get("c")).isNull();
    }

    @Test
    @Covers({"ExtractVariables/Source", "ExtractVariables/Source@clearPayload"})
    void readsAnotherMessageAndEmptiesIt() throws Exception {
        var context = rig.context();
        var answer = Message.response(200, "OK");
        answer.headers().set("Content-Type", "application/json");
        answer.content(JSON);
        context.note("callout", answer);

        rig.compile(
                        ExtractVariables.TYPE,
                        policy("<Source clearPayload='true'>callout</Source><JSONPayload>"
                                + json("t", "", "$.access_token") + "</JSONPayload>"))
                .execute(context);

        assertThat(context.get("t")).isEqualTo("t");
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    @Covers("ExtractVariables/Source")
    void readsATextThatAnotherPolicyHasFound() throws Exception {
        var context = rig.context();
        context.note("AccessEntity.D", "<Developer><Email>a@example.com</Email></Developer>");

        rig.compile(
                        ExtractVariables.TYPE,
                        policy("<Source>AccessEntity.D</Source><XMLPayload>"
                                + xpath("email", "string", "/Developer/Email") + "</XMLPayload>"))
                .execute(context);

        assertThat(context.get("email")).isEqualTo("a@example.com");
    }

    @Test
    void passesOverBodiesOfOtherTypes() throws Exception {
        body("text/plain", "{");

        assertThat(run("<JSONPayload>" + json("a", "", "$.a") + "</JSONPayload><XMLPayload>" + xpath("b", "", "/b")
                        + "</XMLPayload>"))
                .satisfies(context -> assertThat(context.get("a")).isNull());
    }

    @Test
    @Covers("ExtractVariables!steps.extractvariables.SourceMessageNotAvailable")
    void needsASource() throws Exception {
        assertThat(fault("<Source>response</Source><URIPath><Pattern>/{a}</Pattern></URIPath>"))
                .hasMessage("steps.extractvariables.SourceMessageNotAvailable: "
                        + "response message is not available for ExtractVariable: P");
    }

    @Test
    @Covers("ExtractVariables!steps.extractvariables.ExecutionFailed")
    void failsForABodyThatIsNotWhatItsTypeSays() throws Exception {
        for (var broken : List.of("", "{\"a\":1", "{a:1}", "{\"a\":1} x", "[".repeat(100_000))) {
            body("application/json", broken);
            assertThat(fault("<JSONPayload>" + json("a", "", "$.a") + "</JSONPayload>"))
                    .hasMessage("steps.extractvariables.ExecutionFailed: Failed to execute the ExtractVariables: P");
        }
        for (var broken : List.of(
                "",
                "<a>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<a>".repeat(100_000) + "</a>".repeat(100_000))) {
            body("text/xml", broken);
            assertThat(fault("<XMLPayload>" + xpath("a", "", "/a") + "</XMLPayload>")
                            .code())
                    .isEqualTo("steps.extractvariables.ExecutionFailed");
        }
    }

    @Test
    @Covers({
        "ExtractVariables/IgnoreUnresolvedVariables",
        "ExtractVariables!steps.extractvariables.VariableResolutionFailed"
    })
    void failsForPathsAndVariablesWithoutValueUnlessTheyAreIgnored() throws Exception {
        body("text/xml", "<a/>");
        var payload = "<XMLPayload>" + xpath("b", "", "/a/b") + "</XMLPayload>";
        var variable = "<Variable name='none'><Pattern>{x}</Pattern></Variable>";
        var ignored = "<IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables>";

        assertThat(fault(payload))
                .hasMessage("steps.extractvariables.VariableResolutionFailed: Unable to resolve variable b");
        assertThat(fault(variable).text()).isEqualTo("Unable to resolve variable none");
        assertThat(run(payload + variable + ignored).get("b")).isNull();
    }

    @Test
    @Covers({
        "ExtractVariables!steps.extractvariables.UnableToCast",
        "ExtractVariables!steps.extractvariables.SetVariableFailed"
    })
    void failsForValuesOfAnotherTypeAndVariablesThatCanNotBeSet() throws Exception {
        body("application/json", JSON);

        assertThat(fault("<JSONPayload>" + json("i", "integer", "$.d") + "</JSONPayload>"))
                .hasMessage("steps.extractvariables.UnableToCast: Unable to cast value of variable i to type integer");
        assertThat(fault("<JSONPayload>" + json("client.ip", "", "$.n") + "</JSONPayload>"))
                .hasMessage("steps.extractvariables.SetVariableFailed: Failed to set variable client.ip");
    }

    @Test
    @Covers({
        "ExtractVariables!NothingToExtract",
        "ExtractVariables!MissingName",
        "ExtractVariables!PatternWithoutVariable",
        "ExtractVariables!NoJSONPathsToEvaluate",
        "ExtractVariables!EmptyJSONPathExpression",
        "ExtractVariables!JSONPathCompilationFailed",
        "ExtractVariables!NoXPathsToEvaluate",
        "ExtractVariables!EmptyXPathExpression",
        "ExtractVariables!XPathCompilationFailed",
        "ExtractVariables!DuplicatePrefix",
        "ExtractVariables!NONEmptyPrefixMappedToEmptyURI"
    })
    void refusesWhatCanNotWorkWhenTheBundleIsRead() {
        assertThat(codes("")).containsExactly("NothingToExtract");
        assertThat(codes("<Header><Pattern>{a}</Pattern></Header>")).containsExactly("MissingName");
        assertThat(codes("<URIPath><Pattern>/a</Pattern></URIPath>")).containsExactly("PatternWithoutVariable");
        assertThat(codes("<JSONPayload/>")).containsExactly("NoJSONPathsToEvaluate");
        assertThat(codes("<JSONPayload><Variable name='a'/></JSONPayload>")).containsExactly("EmptyJSONPathExpression");
        assertThat(codes("<JSONPayload>" + json("a", "", "$.[") + "</JSONPayload>"))
                .containsExactly("JSONPathCompilationFailed");
        assertThat(codes("<XMLPayload/>")).containsExactly("NoXPathsToEvaluate");
        assertThat(codes("<XMLPayload><Variable/></XMLPayload>"))
                .containsExactly("MissingName", "EmptyXPathExpression");
        assertThat(codes("<XMLPayload>" + xpath("a", "", "/x:a") + "</XMLPayload>"))
                .containsExactly("XPathCompilationFailed");
        assertThat(codes(
                        "<XMLPayload><Namespaces><Namespace prefix='a'>u</Namespace><Namespace prefix='a'>v</Namespace>"
                                + "<Namespace prefix='b'/></Namespaces>" + xpath("a", "", "/a:a") + "</XMLPayload>"))
                .containsExactly("DuplicatePrefix", "NONEmptyPrefixMappedToEmptyURI");
    }

    private List<String> codes(String inner) {
        return rig.findings(ExtractVariables.TYPE, policy(inner)).stream()
                .map(BundleFinding::reason)
                .map(reason -> reason.substring(0, Math.max(0, reason.indexOf(':'))))
                .toList();
    }
}
