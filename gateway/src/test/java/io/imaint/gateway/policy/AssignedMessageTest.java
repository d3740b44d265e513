package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AssignedMessageTest {
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
        return Objects.requireNonNull(catchThrowableOfType(Fault.class, () -> policy.execute(context)));
    }

    @Test
    @Covers("AssignMessage/AssignTo")
    void changesTheMessageOfTheFlowWithoutAssignTo() throws Exception {
        var response = Message.response(200, "OK");
        var context = rig.responseContext(response);

        rig.compile(AssignMessage.TYPE, policy("<Set><Payload>x</Payload></Set>"))
                .execute(context);

        assertThat(response.content()).isEqualTo("x");
        assertThat(context.request().content()).isEmpty();
    }

    @Test
    @Covers({"AssignMessage/AssignTo@createNew", "AssignMessage/AssignTo@type", "AssignMessage/AssignTo@transport"})
    void replacesTheRequestByANewOne() throws Exception {
        rig.request = Message.request("PUT", "/demo", "a=1");
        rig.request.headers().set("x-a", "1");

        assertThat(run("<AssignTo createNew='false' transport='http' type='request'/>")
                        .request())
                .isSameAs(rig.request);
        var request = run("<AssignTo createNew='true' transport='http' type='request'/>")
                .request();
        assertThat(request).isNotSameAs(rig.request).hasToString("GET /");
        assertThat(request.headers().entries()).isEmpty();
    }

    @Test
    @Covers("AssignMessage/AssignTo@createNew")
    void changesAVariableOfItsOwnAndMakesItWhereItIsMissing() throws Exception {
        assertThat(fault("<AssignTo createNew='false'>mine</AssignTo>").code())
                .isEqualTo("steps.assignmessage.UnresolvedVariable");
        assertThat(fault("<AssignTo createNew='false'>request.verb</AssignTo>").code())
                .isEqualTo("steps.assignmessage.VariableOfNonMsgType");
        var made = run("<Set><Verb>PUT</Verb></Set><AssignTo>my.request</AssignTo>");
        assertThat(made.get("my.request")).hasToString("PUT /");
        assertThat(made.get("my.request.verb")).isEqualTo("PUT");

        rig.compile(AssignMessage.TYPE, policy("<Set><Path>/x</Path></Set><AssignTo>my.request</AssignTo>"))
                .execute(made);
        assertThat(made.get("my.request")).hasToString("PUT /x");
    }

    @Test
    @Covers("AssignMessage/AssignTo@type")
    void makesTheResponseInTheRequestFlow() throws Exception {
        var context = run("<Set><StatusCode>201</StatusCode></Set><AssignTo createNew='false' type='response'/>");

        assertThat(context.response()).hasToString("201 Created");
    }

    @Test
    void keepsTheOldMessageWhenANewOneCanNotBeFilled() throws Exception {
        var policy = rig.compile(
                AssignMessage.TYPE,
                policy("<Set><Path>/{none}</Path></Set><AssignTo createNew='true' type='request'/>"));
        var context = rig.context();

        assertThat(catchThrowableOfType(Fault.class, () -> policy.execute(context)))
                .isNotNull();

        assertThat(context.request()).isSameAs(rig.request);
    }

    @Test
    @Covers({"AssignMessage/IgnoreUnresolvedVariables", "AssignMessage!entities.UnresolvedVariable"})
    void failsForVariablesWithoutValueUnlessTheyAreIgnored() throws Exception {
        var template = "<Set><Headers><Header name='a'>x{none}</Header></Headers></Set>";
        var ref = "<AssignVariable><Name>a</Name><Ref>none</Ref></AssignVariable>";
        var rendered = "<AssignVariable><Name>a</Name><Template>{none}</Template></AssignVariable>";
        var ignored = "<IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables>";

        assertThat(fault(template)).hasMessage("entities.UnresolvedVariable: Unresolved variable : none");
        assertThat(fault(template).status()).isEqualTo(500);
        assertThat(fault(ref).text()).isEqualTo("AssignMessage[P]: unable to resolve variable none");
        assertThat(fault(rendered).code()).isEqualTo("entities.UnresolvedVariable");

        assertThat(run(template + ignored).request().headers().line("a")).isEqualTo("x");
        assertThat(run(ref + ignored).get("a")).isNull();
        assertThat(run("<Copy source='none'><Headers/></Copy>" + ignored).request())
                .hasToString("GET /demo/orders");
    }

    @Test
    void runsItsElementsInTheOrderOfTheFile() throws Exception {
        rig.request.headers().set("x-a", "1");
        var set = "<Set><Headers><Header name='x-b'>{v}</Header></Headers></Set>";
        var assign = "<AssignVariable><Name>v</Name><Value>2</Value></AssignVariable>";

        var headers =
                run(assign + "<Remove><Headers/></Remove>" + set).request().headers();

        assertThat(headers.entries()).hasSize(1);
        assertThat(headers.line("x-b")).isEqualTo("2");
        assertThat(fault(set + assign).text()).isEqualTo("Unresolved variable : v");
    }
}
