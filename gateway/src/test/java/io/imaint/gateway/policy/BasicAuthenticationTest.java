package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyRig;
import org.junit.jupiter.api.Test;

class BasicAuthenticationTest {
    private final PolicyRig rig = new PolicyRig();

    private FlowContext encode(FlowContext context, String assignTo, boolean ignoring) throws Exception {
        rig.compile(BasicAuthentication.TYPE, """
                <BasicAuthentication xmlns='http://www.sap.com/apimgmt'>
                  <Operation>Encode</Operation>
                  <IgnoreUnresolvedVariables>%s</IgnoreUnresolvedVariables>
                  <User ref='private.username' />
                  <Password ref='private.password' />
                  <Source>request.header.Authorization</Source>
                  %s
                </BasicAuthentication>""".formatted(ignoring, assignTo)).execute(context);
        return context;
    }

    private FlowContext decode(boolean ignoring) throws Exception {
        return rig.run(BasicAuthentication.TYPE, """
                <BasicAuthentication>
                  <Operation>Decode</Operation>
                  <IgnoreUnresolvedVariables>%s</IgnoreUnresolvedVariables>
                  <User ref='current.username' />
                  <Password ref='current.password' />
                  <Source>request.header.Authorization</Source>
                </BasicAuthentication>""".formatted(ignoring));
    }

    private FlowContext withCredentials() throws Exception {
        var context = rig.context();
        context.set("private.username", "Aladdin");
        context.set("private.password", "open sesame");
        return context;
    }

    @Test
    @Covers({
        "BasicAuthentication/Operation",
        "BasicAuthentication/User@ref",
        "BasicAuthentication/Password@ref",
        "BasicAuthentication/AssignTo"
    })
    void writesUserAndPasswordAsHeader() throws Exception {
        encode(withCredentials(), "<AssignTo createNew='false'>request.header.Authorization</AssignTo>", true);
        assertThat(rig.request.headers().line("authorization")).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    @Test
    @Covers("BasicAuthentication/AssignTo@createNew")
    void replacesAValueOnlyWhereItIsToldTo() throws Exception {
        rig.request.headers().set("Authorization", "Bearer t");
        encode(withCredentials(), "<AssignTo createNew='false'>request.header.Authorization</AssignTo>", true);
        assertThat(rig.request.headers().line("authorization")).isEqualTo("Bearer t");
        encode(withCredentials(), "<AssignTo createNew='true'>request.header.Authorization</AssignTo>", true);
        assertThat(rig.request.headers().line("authorization")).startsWith("Basic ");
    }

    @Test
    @Covers({"BasicAuthentication/IgnoreUnresolvedVariables", "BasicAuthentication!UnresolvedVariable"})
    void failsWithoutPasswordUnlessItIsToIgnoreThat() throws Exception {
        var assignTo = "<AssignTo>x</AssignTo>";
        var context = rig.context();
        context.set("private.username", "u");
        var fault = catchThrowableOfType(Fault.class, () -> encode(context, assignTo, false));
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault.code()).isEqualTo("steps.basicauthentication.UnresolvedVariable");
        assertThat(fault.text()).isEqualTo("Unresolved variable : private.password");
        assertThat(encode(context, assignTo, true).text("x")).isEqualTo("Basic dTo=");
    }

    @Test
    @Covers("BasicAuthentication/Source")
    void readsUserAndPassword() throws Exception {
        rig.request.headers().set("Authorization", "Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==");
        var context = decode(false);
        assertThat(context.get("current.username")).isEqualTo("Aladdin");
        assertThat(context.get("current.password")).isEqualTo("open:sesame");
    }

    @Test
    @Covers("BasicAuthentication!InvalidBasicAuthenticationSource")
    void refusesAHeaderThatIsNoBasicAuthentication() {
        for (var header : new String[] {"Bearer abc", "Basic §§§", "Basic bm9Db2xvbg=="}) {
            rig.request.headers().set("Authorization", header);
            var fault = catchThrowableOfType(Fault.class, () -> decode(true));
            assertThat(fault.code()).isEqualTo("steps.basicauthentication.InvalidBasicAuthenticationSource");
            assertThat(fault.text())
                    .isEqualTo(
                            "Source variable : request.header.Authorization for basic authentication decode policy is not valid");
        }
    }

    @Test
    void setsNothingWhereTheSourceIsMissingAndThatIsIgnored() throws Exception {
        assertThat(decode(true).get("current.username")).isNull();
        assertThat(catchThrowableOfType(Fault.class, () -> decode(false)).name())
                .isEqualTo("UnresolvedVariable");
    }

    @Test
    void reportsWhatIsMissing() {
        assertThat(rig.findings(
                        BasicAuthentication.TYPE,
                        "<BasicAuthentication><Operation>Encode</Operation></BasicAuthentication>"))
                .extracting("reason")
                .containsExactly("<User> is missing", "<Password> is missing", "<AssignTo> is missing");
        assertThat(
                        rig.findings(
                                BasicAuthentication.TYPE,
                                "<BasicAuthentication><Operation>Decode</Operation><User>u</User><Password>p</Password></BasicAuthentication>"))
                .extracting("reason")
                .containsExactly(
                        "<Source> is missing", "<User> and <Password> must name variables by their attribute ref");
    }
}
