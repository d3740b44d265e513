package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.BundleFinding;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AssignMessageTest {
    private static final String COPY_TO_CALLOUT =
            "<AssignTo createNew='true' transport='http' type='request'>callout</AssignTo>";

    private final PolicyRig rig = new PolicyRig();

    private static String policy(String inner) {
        return "<AssignMessage xmlns='http://www.sap.com/apimgmt'>%s</AssignMessage>".formatted(inner);
    }

    private FlowContext run(String inner) throws Fault, UnknownHostException {
        return rig.run(AssignMessage.TYPE, policy(inner));
    }

    private Fault fault(String inner) throws UnknownHostException {
        var policy = rig.compile(AssignMessage.TYPE, policy(inner));
        var context = rig.context();
        return catchThrowableOfType(Fault.class, () -> policy.execute(context));
    }

    private Message callout(String inner) throws Fault, UnknownHostException {
        var made = run(inner + COPY_TO_CALLOUT).messageOf("callout");
        assertThat(made).isNotNull();
        return java.util.Objects.requireNonNull(made);
    }

    private void form(String content) {
        rig.request.headers().set("Content-Type", "application/x-www-form-urlencoded");
        rig.request.content(content);
    }

    @Test
    @Covers({"AssignMessage/Set/Headers/Header@name", "AssignMessage/Add/Headers/Header@name"})
    void replacesHeadersBySetAndKeepsThemByAdd() throws Exception {
        rig.request.headers().set("x-a", "1");
        rig.request.headers().set("x-b", "1");

        var headers = run("<Set><Headers><Header name='X-A'>2</Header></Headers></Set>"
                        + "<Add><Headers><Header name='x-b'> {request.verb} </Header></Headers></Add>")
                .request()
                .headers();

        assertThat(headers.values("x-a")).containsExactly("2");
        assertThat(headers.values("x-b")).containsExactly("1", "GET");
    }

    @Test
    @Covers({"AssignMessage/Set/QueryParams/QueryParam@name", "AssignMessage/Add/QueryParams/QueryParam@name"})
    void changesTheQueryWhateverTheVerbIs() throws Exception {
        rig.request = Message.request("POST", "/demo", "a=1&b=1");

        var request = run("<Set><QueryParams><QueryParam name='a'>x y</QueryParam></QueryParams></Set>"
                        + "<Add><QueryParams><QueryParam name='b'>2</QueryParam></QueryParams></Add>")
                .request();

        assertThat(request.query()).isEqualTo("b=1&a=x%20y&b=2");
    }

    @Test
    @Covers({"AssignMessage/Set/FormParams/FormParam@name", "AssignMessage/Add/FormParams/FormParam@name"})
    void makesAFormOfAMessageWithFormParameters() throws Exception {
        rig.request.content("no form");

        var request = run("<Set><FormParams><FormParam name='a'>1</FormParam></FormParams></Set>"
                        + "<Add><FormParams><FormParam name='a'>{request.verb}</FormParam></FormParams></Add>")
                .request();

        assertThat(request.content()).isEqualTo("a=1&a=GET");
        assertThat(request.headers().line("content-type")).isEqualTo("application/x-www-form-urlencoded");
    }

    @Test
    @Covers({"AssignMessage/Set/Payload", "AssignMessage/Set/Payload@contentType"})
    void setsABodyWithItsType() throws Exception {
        var request = run("<Set><Payload contentType='application/json'>{\"verb\": \"{request.verb}\"}</Payload></Set>")
                .request();

        assertThat(request.content()).isEqualTo("{\"verb\": \"GET\"}");
        assertThat(request.headers().line("Content-Type")).isEqualTo("application/json");
    }

    @Test
    @Covers({"AssignMessage/Set/Payload@variablePrefix", "AssignMessage/Set/Payload@variableSuffix"})
    void takesOtherMarksOfVariablesInABody() throws Exception {
        var request =
                run("<Set><Payload variablePrefix='@' variableSuffix='#'>{request.verb} @request.verb#</Payload></Set>")
                        .request();

        assertThat(request.content()).isEqualTo("{request.verb} GET");
    }

    @Test
    @Covers("AssignMessage/Set/Payload")
    void setsABodyOfXmlAsItStandsInTheFile() throws Exception {
        assertThat(run("<Set><Payload><a x='1'><b>&lt;{request.verb}</b></a></Payload></Set>")
                        .request()
                        .content())
                .isEqualTo("<a x='1'><b>&lt;GET</b></a>");
        assertThat(run("<Set><Payload><![CDATA[<a>{request.verb}</a>]]></Payload></Set>")
                        .request()
                        .content())
                .isEqualTo("<a>GET</a>");
    }

    @Test
    @Covers("AssignMessage/Set/Payload")
    void emptiesABodyByABlankPayload() throws Exception {
        rig.request.content("x");

        assertThat(run("<Set><Payload contentType='text/plain'>  </Payload></Set>")
                        .request()
                        .bytes())
                .isEmpty();
    }

    @Test
    @Covers({"AssignMessage/Set/Verb", "AssignMessage/Set/Path", "AssignMessage/Set/Version"})
    void writesTheFirstLineOfARequest() throws Exception {
        rig.request = Message.request("GET", "/demo", "p=a%20b");

        var request =
                run("<Set><Verb>post</Verb><Path>x/{request.queryparam.p}</Path><Version>HTTP/1.0</Version></Set>")
                        .request();

        assertThat(request.verb()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/x/a%20b");
        assertThat(request.version()).isEqualTo("1.0");
    }

    @Test
    @Covers({"AssignMessage/Set/StatusCode", "AssignMessage/Set/ReasonPhrase"})
    void writesTheFirstLineOfAResponse() throws Exception {
        var context = rig.responseContext(Message.response(200, "OK"));
        rig.compile(AssignMessage.TYPE, policy("<Set><StatusCode>404</StatusCode><Verb>PUT</Verb></Set>"))
                .execute(context);
        assertThat(context.message()).hasToString("404 Not Found");

        rig.compile(
                        AssignMessage.TYPE,
                        policy("<Set><StatusCode>{n}</StatusCode><ReasonPhrase>A\nb</ReasonPhrase></Set>"))
                .execute(with(context, "n", 418));
        assertThat(context.message()).hasToString("418 A b");
    }

    private static FlowContext with(FlowContext context, String name, Object value) {
        context.note(name, value);
        return context;
    }

    @Test
    @Covers("AssignMessage!steps.assignmessage.SetVariableFailed")
    void refusesWhatWouldBreakTheMessage() throws Exception {
        rig.request = Message.request("GET", "/demo", "p=a%0D%0AX:%201");

        assertThat(fault("<Set><Headers><Header name='x-a'>{request.queryparam.p}</Header></Headers></Set>"))
                .hasMessage("steps.assignmessage.SetVariableFailed: AssignMessage[P]: unable to set variable x-a");
        assertThat(fault("<Set><Verb>{request.queryparam.p}</Verb></Set>").text())
                .endsWith("variable verb");
        assertThat(fault("<Set><Version>{request.queryparam.p}</Version></Set>").text())
                .endsWith("variable version");
        assertThat(fault("<Set><StatusCode>{request.queryparam.p}</StatusCode></Set><AssignTo type='response'/>")
                        .text())
                .endsWith("variable status.code");
        assertThat(fault("<Set><Payload contentType='{request.queryparam.p}'>x</Payload></Set>")
                        .text())
                .endsWith("variable Content-Type");
        assertThat(run("<Set><Path>/{request.queryparam.p}</Path></Set>")
                        .request()
                        .path())
                .isEqualTo("/a%0D%0AX:%201");
        assertThat(fault("<AssignVariable><Name>client.ip</Name><Value>1</Value></AssignVariable>")
                        .text())
                .endsWith("variable client.ip");
    }

    @Test
    @Covers({
        "AssignMessage/Copy@source",
        "AssignMessage/Copy/Headers/Header@name",
        "AssignMessage/Copy/QueryParams/QueryParam@name"
    })
    void copiesNamedHeadersAndParametersAndSingleValuesOfThem() throws Exception {
        rig.request = Message.request("GET", "/demo", "a=1&a=2&b=3");
        rig.request.headers().add("Accept", "x, y");
        rig.request.headers().add("Other", "z");

        var made = callout("<Copy source='request'><Headers><Header name='accept'/></Headers>"
                + "<QueryParams><QueryParam name='a.2'/><QueryParam name='none'/></QueryParams></Copy>");

        assertThat(made.headers().entries()).hasSize(1);
        assertThat(made.headers().line("Accept")).isEqualTo("x, y");
        assertThat(made.query()).isEqualTo("a=2");
    }

    @Test
    @Covers({"AssignMessage/Copy/Headers", "AssignMessage/Copy/QueryParams"})
    void copiesAllHeadersAndParametersByAnEmptyList() throws Exception {
        rig.request = Message.request("GET", "/demo", "a=1&b=2");
        rig.request.headers().add("Cookie", "a=1");
        rig.request.headers().add("Cookie", "b=2");

        var made = callout("<Copy source='request'><Headers/><QueryParams/></Copy>");

        assertThat(made.headers().values("cookie")).containsExactly("a=1", "b=2");
        assertThat(made.query()).isEqualTo("a=1&b=2");
    }

    @Test
    @Covers({"AssignMessage/Copy/FormParams", "AssignMessage/Copy/FormParams/FormParam@name"})
    void copiesParametersOfAForm() throws Exception {
        form("a=1&b=2");

        assertThat(callout("<Copy source='request'><FormParams><FormParam name='b'/></FormParams></Copy>")
                        .content())
                .isEqualTo("b=2");
        assertThat(callout("<Copy source='request'><FormParams/></Copy>").content())
                .isEqualTo("a=1&b=2");
    }

    @Test
    @Covers({
        "AssignMessage/Copy/Payload",
        "AssignMessage/Copy/Verb",
        "AssignMessage/Copy/Path",
        "AssignMessage/Copy/Version"
    })
    void copiesTheBodyWithItsTypeAndTheFirstLine() throws Exception {
        rig.request = Message.request("PUT", "/demo/x", "");
        rig.request.headers().set("Content-Type", "text/plain");
        rig.request.content("body");
        rig.request.version("1.0");

        var made = callout("<Copy source='request'><Payload>true</Payload><Verb>true</Verb><Path>true</Path>"
                + "<Version>true</Version></Copy>");
        assertThat(made).hasToString("PUT /demo/x");
        assertThat(made.content()).isEqualTo("body");
        assertThat(made.headers().line("content-type")).isEqualTo("text/plain");
        assertThat(made.version()).isEqualTo("1.0");

        assertThat(callout("<Copy source='request'><Payload/><Verb>false</Verb></Copy>"))
                .hasToString("GET /");
    }

    @Test
    @Covers({"AssignMessage/Copy/StatusCode", "AssignMessage/Copy/ReasonPhrase"})
    void copiesTheStatusOfAResponse() throws Exception {
        var context = rig.responseContext(Message.response(409, "Clash"));
        rig.compile(
                        AssignMessage.TYPE,
                        policy(
                                "<Copy source='response'><StatusCode>true</StatusCode><ReasonPhrase>true</ReasonPhrase></Copy>"
                                        + "<AssignTo createNew='true' type='response'>kept</AssignTo>"))
                .execute(context);

        assertThat(context.get("kept")).hasToString("409 Clash");
    }

    @Test
    @Covers({
        "AssignMessage!steps.assignmessage.UnresolvedVariable",
        "AssignMessage!steps.assignmessage.VariableOfNonMsgType",
        "AssignMessage/Copy/IgnoreUnresolvedVariables"
    })
    void needsAMessageToCopyFrom() throws Exception {
        assertThat(fault("<Copy source='response'><Headers/></Copy>"))
                .hasMessage(
                        "steps.assignmessage.UnresolvedVariable: AssignMessage[P]: unable to resolve variable response");
        assertThat(fault("<Copy source='request.verb'><Headers/></Copy>"))
                .hasMessage("steps.assignmessage.VariableOfNonMsgType: "
                        + "AssignMessage[P]: value of variable is not of type Message");
        assertThat(
                        run("<Copy source='none'><Headers/><IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables></Copy>")
                                .request())
                .hasToString("GET /demo/orders");
    }

    @Test
    @Covers({
        "AssignMessage/Remove/Headers/Header@name",
        "AssignMessage/Remove/QueryParams/QueryParam@name",
        "AssignMessage/Remove/FormParams/FormParam@name"
    })
    void removesNamedHeadersAndParametersAndSingleValuesOfThem() throws Exception {
        rig.request = Message.request("POST", "/demo", "a=1&a=2&b=3");
        form("f=1&g=2");
        rig.request.headers().set("x-a", "1, 2, 3");
        rig.request.headers().set("x-b", "1");

        var request = run("<Remove><Headers><Header name='x-a.2'/><Header name='X-B'/></Headers>"
                        + "<QueryParams><QueryParam name='a.1'/><QueryParam name='b.7'/></QueryParams>"
                        + "<FormParams><FormParam name='f'/></FormParams></Remove>")
                .request();

        assertThat(request.headers().values("x-a")).containsExactly("1", "3");
        assertThat(request.headers().contains("x-b")).isFalse();
        assertThat(request.query()).isEqualTo("a=2&b=3");
        assertThat(request.content()).isEqualTo("g=2");
    }

    @Test
    @Covers({
        "AssignMessage/Remove/Headers",
        "AssignMessage/Remove/QueryParams",
        "AssignMessage/Remove/FormParams",
        "AssignMessage/Remove/Payload"
    })
    void removesAllByAnEmptyListAndTheBodyByItsElement() throws Exception {
        rig.request = Message.request("POST", "/demo", "a=1");
        form("f=1");
        assertThat(run("<Remove><FormParams/></Remove>").request().content()).isEmpty();

        form("f=1");
        assertThat(run("<Remove><Payload>false</Payload></Remove>").request().content())
                .isEqualTo("f=1");
        var request = run("<Remove><Headers/><QueryParams/><Payload>true</Payload></Remove>")
                .request();
        assertThat(request.headers().entries()).isEmpty();
        assertThat(request.uri()).isEqualTo("/demo");
        assertThat(request.content()).isEmpty();
    }

    @Test
    @Covers("AssignMessage!InvalidIndex")
    void refusesAnIndexBelowOneWhenTheBundleIsRead() {
        assertThat(rig.findings(
                        AssignMessage.TYPE,
                        policy("<Remove><QueryParams><QueryParam name='a.0'/></QueryParams></Remove>")))
                .extracting(BundleFinding::reason)
                .containsExactly("InvalidIndex: the index in 'a.0' must be greater than 0");
    }

    @Test
    void refusesWhatNoMessageCanHaveWhenTheBundleIsRead() {
        assertThat(rig.findings(
                        AssignMessage.TYPE,
                        policy("<Set><Headers><Header>x</Header></Headers><StatusCode>OK</StatusCode></Set>"
                                + "<AssignVariable><Value>1</Value></AssignVariable>"
                                + "<AssignTo type='message' transport='ftp'/>")))
                .extracting(BundleFinding::reason)
                .containsExactlyInAnyOrder(
                        "<Header> needs a name",
                        "'OK' must be a status from 100 to 599",
                        "<AssignVariable> needs a <Name>",
                        "type 'message' must be request or response",
                        "transport 'ftp' must be http");
    }

    @Test
    @Covers({
        "AssignMessage/AssignVariable/Name",
        "AssignMessage/AssignVariable/Value",
        "AssignMessage/AssignVariable/Ref",
        "AssignMessage/AssignVariable/Template"
    })
    void assignsVariablesOfAValueAVariableOrATemplate() throws Exception {
        var context = run("<AssignVariable><Name>a</Name><Value>{x}</Value></AssignVariable>"
                + "<AssignVariable><Name>b</Name><Ref>request</Ref></AssignVariable>"
                + "<AssignVariable><Name>c</Name><Ref>none</Ref><Value>else</Value></AssignVariable>"
                + "<AssignVariable><Name>d</Name><Template>{a}-{request.verb}</Template></AssignVariable>"
                + "<AssignVariable><Name>e</Name><Template>{none}</Template><Value>else</Value></AssignVariable>"
                + "<AssignVariable><Name>request.header.x-a</Name><Value>1</Value></AssignVariable>");

        assertThat(context.get("a")).isEqualTo("{x}");
        assertThat(context.get("b")).isSameAs(context.request());
        assertThat(context.get("c")).isEqualTo("else");
        assertThat(context.get("d")).isEqualTo("{x}-GET");
        assertThat(context.get("e")).isEqualTo("else");
        assertThat(context.request().headers().line("X-A")).isEqualTo("1");
    }
}
