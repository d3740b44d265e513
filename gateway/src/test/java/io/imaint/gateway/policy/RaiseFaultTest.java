package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RaiseFaultTest {
    private final PolicyRig rig = new PolicyRig();

    private Fault raised(String inner) throws UnknownHostException {
        var policy = rig.compile(
                RaiseFault.TYPE, "<RaiseFault xmlns='http://www.sap.com/apimgmt'>%s</RaiseFault>".formatted(inner));
        var context = rig.context();
        return Objects.requireNonNull(catchThrowableOfType(Fault.class, () -> policy.execute(context)));
    }

    private Message answer(String inner) throws UnknownHostException {
        return Objects.requireNonNull(
                raised("<FaultResponse>%s</FaultResponse>".formatted(inner)).answer());
    }

    @Test
    @Covers({"RaiseFault/FaultResponse/Set/StatusCode", "RaiseFault/FaultResponse/Set/ReasonPhrase"})
    void answersAWrongVerbAsEveryExportHasIt() throws Exception {
        var fault = raised("<FaultResponse><Set><StatusCode>405</StatusCode>"
                + "<ReasonPhrase>Method Not Allowed</ReasonPhrase></Set></FaultResponse>"
                + "<IgnoreUnresolvedVariables>false</IgnoreUnresolvedVariables>");

        assertThat(fault.status()).isEqualTo(405);
        assertThat(fault.name()).isEqualTo("RaiseFault");
        assertThat(fault.answer()).hasToString("405 Method Not Allowed");
        assertThat(Objects.requireNonNull(fault.answer()).bytes()).isEmpty();
    }

    @Test
    @Covers({
        "RaiseFault/FaultResponse/Set/Headers/Header@name",
        "RaiseFault/FaultResponse/Set/Payload@contentType",
        "RaiseFault/FaultResponse/Set/Payload@variablePrefix",
        "RaiseFault/FaultResponse/Set/Payload@variableSuffix"
    })
    void answersWithHeadersAndABody() throws Exception {
        var answer = answer("<Set><Headers><Header name='WWW-Authenticate'>Basic realm=\"x\"</Header></Headers>"
                + "<Payload contentType='application/json' variablePrefix='@' variableSuffix='#'>"
                + "{\"verb\":\"@request.verb#\"}</Payload><StatusCode>401</StatusCode></Set>");

        assertThat(answer).hasToString("401 Unauthorized");
        assertThat(answer.content()).isEqualTo("{\"verb\":\"GET\"}");
        assertThat(answer.headers().line("content-type")).isEqualTo("application/json");
        assertThat(answer.headers().line("www-authenticate")).isEqualTo("Basic realm=\"x\"");
    }

    @Test
    @Covers({
        "RaiseFault/FaultResponse/Copy@source",
        "RaiseFault/FaultResponse/Add/Headers/Header@name",
        "RaiseFault/FaultResponse/Remove/Headers/Header@name",
        "RaiseFault/FaultResponse/AssignVariable/Name"
    })
    void copiesAddsRemovesAndAssigns() throws Exception {
        rig.request.headers().set("x-a", "1");
        rig.request.headers().set("x-b", "1");

        var answer = answer("<AssignVariable><Name>v</Name><Value>2</Value></AssignVariable>"
                + "<Copy source='request'><Headers/></Copy><Remove><Headers><Header name='x-a'/></Headers></Remove>"
                + "<Add><Headers><Header name='x-b'>{v}</Header></Headers></Add>");

        assertThat(answer).hasToString("500 Internal Server Error");
        assertThat(answer.headers().contains("x-a")).isFalse();
        assertThat(answer.headers().values("x-b")).containsExactly("1", "2");
    }

    @Test
    @Covers({
        "RaiseFault/IgnoreUnresolvedVariables",
        "RaiseFault!entities.UnresolvedVariable",
        "RaiseFault!steps.raisefault.UnresolvedVariable",
        "RaiseFault!steps.raisefault.VariableOfNonMsgType"
    })
    void ignoresVariablesWithoutValueUnlessTold() throws Exception {
        var payload = "<Set><Payload>[{none}]</Payload></Set>";
        var strict = "<IgnoreUnresolvedVariables>false</IgnoreUnresolvedVariables>";

        assertThat(answer(payload).content()).isEqualTo("[]");
        assertThat(raised("<FaultResponse>" + payload + "</FaultResponse>" + strict))
                .hasMessage("entities.UnresolvedVariable: Unresolved variable : none");
        assertThat(raised("<FaultResponse><Copy source='none'><Headers/></Copy></FaultResponse>" + strict))
                .hasMessage("steps.raisefault.UnresolvedVariable: RaiseFault[P]: unable to resolve variable none");
        assertThat(raised("<FaultResponse><Copy source='request.verb'><Headers/></Copy></FaultResponse>")
                        .code())
                .isEqualTo("steps.raisefault.VariableOfNonMsgType");
    }

    @Test
    @Covers("RaiseFault!steps.raisefault.RaiseFault")
    void hasTheUsualBodyWithoutAResponseOfItsOwn() throws Exception {
        var fault = raised("");

        assertThat(fault.answer()).isNull();
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault).hasMessage("steps.raisefault.RaiseFault: Raising fault. Fault name : P");
    }
}
