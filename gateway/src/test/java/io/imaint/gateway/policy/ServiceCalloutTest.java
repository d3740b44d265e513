package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.registry.ApiProvider;
import io.imaint.gateway.registry.RegistrySnapshot.Contents;
import io.imaint.kernel.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCalloutTest {
    private static final String TO_SAP =
            "<HTTPTargetConnection><URL>https://sap.example.com:44300/odata?a=1</URL></HTTPTargetConnection>";

    private final PolicyRig rig = new PolicyRig();

    private FlowContext run(String elements, Map<String, Object> variables) throws Exception {
        var context = rig.context();
        variables.forEach(context::set);
        rig.compile(ServiceCallout.TYPE, "<ServiceCallout>" + elements + "</ServiceCallout>")
                .execute(context);
        return context;
    }

    private FlowContext run(String elements) throws Exception {
        return run(elements, Map.of());
    }

    private TargetCall called(String elements, Map<String, Object> variables) throws Exception {
        run(elements, variables);
        return rig.calls.getLast();
    }

    private void provider(boolean onPremise) {
        rig.contents = new Contents(
                List.of(new ApiProvider(
                        "ES5",
                        "ES5",
                        "",
                        onPremise,
                        "virtual.example.com",
                        44300,
                        true,
                        "plant-1",
                        "100",
                        Optional.of("USER"),
                        Optional.of(new Secret("secret")),
                        "trust",
                        "key",
                        "/sap/opu/odata",
                        "/catalog")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
    }

    @Test
    @Covers({"ServiceCallout/HTTPTargetConnection/URL", "ServiceCallout/Response", "ServiceCallout/Request"})
    void keepsTheAnswerInAVariable() throws Exception {
        rig.answer.headers().add("Set-Cookie", "a=1, b");
        rig.answer.headers().add("Set-Cookie", "b=2");
        var context = run("<Response>answer</Response>" + TO_SAP);
        assertThat(context.get("answer.status.code")).isEqualTo(200);
        assertThat(context.get("answer.header.Set-Cookie.1")).isEqualTo("a=1, b");
        assertThat(context.get("answer.header.Set-Cookie.2")).isEqualTo("b=2");
        var call = rig.calls.getFirst();
        assertThat(call.origin()).isEqualTo("https://sap.example.com:44300");
        assertThat(call.request().verb()).isEqualTo("GET");
        assertThat(call.request().uri()).isEqualTo("/odata?a=1");
        assertThat(call.readTimeout()).isEqualTo(Duration.ofSeconds(55));
        assertThat(context.get("servicecallout.P.target.url")).isEqualTo("https://sap.example.com:44300/odata?a=1");
        assertThat(context.get("servicecallout.requesturi")).isEqualTo("/odata");
    }

    @Test
    @Covers("ServiceCallout/HTTPTargetConnection/URL")
    void putsVariablesIntoTheUrl() throws Exception {
        var call = called(
                "<Response>r</Response><HTTPTargetConnection><URL>https://{host}/destinations/{name}</URL></HTTPTargetConnection>",
                Map.of("host", "d.example.com:8443", "name", "a b"));
        assertThat(call.origin()).isEqualTo("https://d.example.com:8443");
        assertThat(call.request().uri()).isEqualTo("/destinations/a%20b");
    }

    @Test
    @Covers({
        "ServiceCallout/Request@variable",
        "ServiceCallout/Request/Set",
        "ServiceCallout/Request/Add",
        "ServiceCallout/Request/Remove",
        "ServiceCallout/Request/Copy"
    })
    void changesTheRequestBeforeItSendsIt() throws Exception {
        var call = called("""
                <Request variable='mine'><Copy source='request'><Headers><Header name='x-copied'/></Headers></Copy>
                <Set><Verb>POST</Verb><Headers><Header name='x-csrf-token'>{how}</Header></Headers>
                <QueryParams><QueryParam name='q'>1</QueryParam></QueryParams><Payload contentType='text/plain'>hi</Payload></Set>
                </Request><Response>r</Response>""" + TO_SAP, Map.of("how", "fetch"));
        assertThat(call.request().verb()).isEqualTo("POST");
        assertThat(call.request().headers().first("x-csrf-token")).isEqualTo("fetch");
        assertThat(call.request().uri()).isEqualTo("/odata?a=1&q=1");
        assertThat(call.request().content()).isEqualTo("hi");
    }

    @Test
    @Covers("ServiceCallout/Request@clearPayload")
    void clearsThePayloadOfTheVariableAfterwards() throws Exception {
        var elements =
                "<Request variable='mine' %s><Set><Payload>hi</Payload></Set></Request><Response>r</Response>" + TO_SAP;
        assertThat(run(elements.formatted("")).text("mine.content")).isEmpty();
        assertThat(run(elements.formatted("clearPayload='true'")).text("mine.content"))
                .isEmpty();
        assertThat(run(elements.formatted("clearPayload='false'")).text("mine.content"))
                .isEqualTo("hi");
        assertThat(rig.calls).allMatch(call -> call.request().content().equals("hi"));
        rig.request.content("body");
        run("<Request variable='request'/><Response>r</Response>" + TO_SAP);
        assertThat(rig.request.content()).as("the flow's own request").isEqualTo("body");
    }

    @Test
    @Covers("ServiceCallout/Request/Set/Path")
    void sendsThePathOfTheUrlAndNotThatOfTheVariable() throws Exception {
        assertThat(called("<Request variable='request'/><Response>r</Response>" + TO_SAP, Map.of())
                        .request()
                        .path())
                .isEqualTo("/odata");
        assertThat(called("<Request><Set><Path>/more</Path></Set></Request><Response>r</Response>" + TO_SAP, Map.of())
                        .request()
                        .path())
                .isEqualTo("/odata/more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sap/opu/odata/x", "/sap/opu/odata/x", "/sap/opu/odata/{name}"})
    @Covers({"ServiceCallout/HTTPTargetConnection/APIProvider", "ServiceCallout/HTTPTargetConnection/Path"})
    void asksAnApiProvider(String path) throws Exception {
        provider(true);
        var call = called(
                "<Response>r</Response><HTTPTargetConnection><APIProvider>ES5</APIProvider><Path>%s</Path></HTTPTargetConnection>"
                        .formatted(path),
                Map.of("name", "x"));
        assertThat(call.origin()).isEqualTo("https://virtual.example.com:44300");
        assertThat(call.request().path()).isEqualTo("/sap/opu/odata/x");
        assertThat(call.locationId()).isEqualTo("plant-1");
        assertThat(call.trustStore()).isEqualTo("trust");
        assertThat(call.keyStore()).isEqualTo("key");
        assertThat(call.request().query()).isEqualTo("sap-client=100");
        assertThat(call.request().headers().line("Authorization")).isEqualTo("Basic VVNFUjpzZWNyZXQ=");
    }

    @Test
    void leavesTheUserAndTheClientOfTheRequestToIt() throws Exception {
        provider(true);
        var call = called("""
                <Request><Set><Headers><Header name='Authorization'>Bearer x</Header></Headers>
                <QueryParams><QueryParam name='sap-client'>200</QueryParam></QueryParams></Set></Request>
                <Response>r</Response><HTTPTargetConnection><APIProvider>ES5</APIProvider><Path>x</Path></HTTPTargetConnection>""", Map.of());
        assertThat(call.request().query()).isEqualTo("sap-client=200");
        assertThat(call.request().headers().line("Authorization")).isEqualTo("Bearer x");
    }

    @Test
    void reachesAnApiProviderOfTheInternetDirectly() throws Exception {
        provider(false);
        var call = called(
                "<Response>r</Response><HTTPTargetConnection><APIProvider>ES5</APIProvider><Path>x</Path></HTTPTargetConnection>",
                Map.of());
        assertThat(call.locationId()).isNull();
    }

    @Test
    void reportsAnApiProviderThatIsMissing() {
        assertThat(
                        rig.findings(
                                ServiceCallout.TYPE,
                                "<ServiceCallout><HTTPTargetConnection><APIProvider>ES5</APIProvider></HTTPTargetConnection></ServiceCallout>"))
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("no API provider 'ES5'"));
    }

    @Test
    @Covers({
        "ServiceCallout/HTTPTargetConnection/SSLInfo/Enabled",
        "ServiceCallout/HTTPTargetConnection/SSLInfo/ClientAuthEnabled",
        "ServiceCallout/HTTPTargetConnection/SSLInfo/KeyStore",
        "ServiceCallout/HTTPTargetConnection/SSLInfo/KeyAlias",
        "ServiceCallout/HTTPTargetConnection/SSLInfo/TrustStore",
        "ServiceCallout/HTTPTargetConnection/SSLInfo/CommonName",
        "ServiceCallout/HTTPTargetConnection/SSLInfo/CommonName@wildcardMatch",
        "ServiceCallout/HTTPTargetConnection/Properties/Property",
        "ServiceCallout/HTTPTargetConnection/Properties/Property@name",
        "ServiceCallout/Timeout"
    })
    void asksWithItsStoresAndTimes() throws Exception {
        var context = run("""
                <Response>r</Response><Timeout>3000</Timeout><HTTPTargetConnection><SSLInfo><Enabled>true</Enabled>
                <ClientAuthEnabled>true</ClientAuthEnabled><KeyStore>ref://keys</KeyStore><KeyAlias>a</KeyAlias>
                <TrustStore>trusted</TrustStore><CommonName wildcardMatch='true'>*.example.com</CommonName></SSLInfo>
                <Properties><Property name='connect.timeout.millis'>700</Property></Properties>
                <URL>https://a.example.com</URL></HTTPTargetConnection>""");
        var call = rig.calls.getFirst();
        assertThat(call.keyStore()).isEqualTo("keys");
        assertThat(call.trustStore()).isEqualTo("trusted");
        assertThat(call.readTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(call.connectTimeout()).isEqualTo(Duration.ofMillis(700));
        assertThat(context.get("servicecallout.P.expectedcn")).isEqualTo("*.example.com");
    }

    @Test
    @Covers("ServiceCallout/Response")
    void doesNotWaitWithoutAResponse() throws Exception {
        rig.answer.status(500, "Broken");
        rig.failure = new TargetFailure(TargetFailure.Kind.UNREACHABLE, "refused");
        run(TO_SAP);
        assertThat(rig.calls).hasSize(1);
    }

    @Test
    @Covers("ServiceCallout!steps.servicecallout.ExecutionFailed")
    void takesAnErrorOfTheOtherSystemForAFailure() throws Exception {
        rig.answer.status(401, "Unauthorized");
        var context = rig.context();
        var policy = rig.compile(
                ServiceCallout.TYPE, "<ServiceCallout><Response>r</Response>" + TO_SAP + "</ServiceCallout>");
        var fault = catchThrowableOfType(Fault.class, () -> policy.execute(context));
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault.code()).isEqualTo("steps.servicecallout.ExecutionFailed");
        assertThat(fault.text())
                .isEqualTo("Execution of ServiceCallout P failed. Reason: ResponseCode 401 is treated as error");
        assertThat(context.get("r.status.code")).isEqualTo(401);
    }

    @Test
    void takesStatusesForSuccessThatAPropertyNames() throws Exception {
        rig.answer.status(404, "Not Found");
        var context = run("""
                <Response>r</Response><HTTPTargetConnection><URL>https://a.example.com</URL>
                <Properties><Property name='success.codes'>2XX, 40X</Property></Properties></HTTPTargetConnection>""");
        assertThat(context.get("r.status.code")).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, Host not reachable",
        "TIMEOUT, timeout occurred in P",
        "BROKEN, Unexpected EOF at target",
        "TOO_LARGE, Body buffer overflow"
    })
    @Covers("ServiceCallout!steps.servicecallout.ExecutionFailed")
    void tellsWhyTheOtherSystemDidNotAnswer(TargetFailure.Kind kind, String reason) throws Exception {
        rig.failure = new TargetFailure(kind, "x");
        var fault = catchThrowableOfType(Fault.class, () -> run("<Response>r</Response>" + TO_SAP));
        assertThat(fault.text()).isEqualTo("Execution of ServiceCallout P failed. Reason: " + reason);
    }

    @Test
    @Covers({
        "ServiceCallout!steps.servicecallout.RequestVariableNotMessageType",
        "ServiceCallout!steps.servicecallout.RequestVariableNotRequestMessageType"
    })
    void failsWithoutARequestMessage() throws Exception {
        var elements = "<Request variable='x'/><Response>r</Response>" + TO_SAP;
        var text = catchThrowableOfType(Fault.class, () -> run(elements, Map.of("x", "text")));
        assertThat(text.code()).isEqualTo("steps.servicecallout.RequestVariableNotMessageType");
        assertThat(text.text()).isEqualTo("ServiceCallout[P]: request variable x value is not of type Message");
        var response = catchThrowableOfType(Fault.class, () -> run(elements, Map.of("x", Message.response(200, "OK"))));
        assertThat(response.code()).isEqualTo("steps.servicecallout.RequestVariableNotRequestMessageType");
    }

    @Test
    @Covers({"ServiceCallout/Request/IgnoreUnresolvedVariables", "ServiceCallout!entities.UnresolvedVariable"})
    void failsForVariablesWithoutValueUnlessTheyAreIgnored() throws Exception {
        var url =
                "<Response>r</Response><HTTPTargetConnection><URL>https://a.example.com/{none}</URL></HTTPTargetConnection>";
        var fault = catchThrowableOfType(Fault.class, () -> run(url));
        assertThat(fault.code()).isEqualTo("entities.UnresolvedVariable");
        var ignoring = "<Request><IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables></Request>" + url;
        assertThat(called(ignoring, Map.of()).request().path()).isEqualTo("/");
    }

    @Test
    @Covers({
        "ServiceCallout/LocalTargetConnection/APIProxy",
        "ServiceCallout/LocalTargetConnection/ProxyEndpoint",
        "ServiceCallout/LocalTargetConnection/Path"
    })
    void asksAnotherProxy() throws Exception {
        rig.localAnswer = Message.response(200, "OK");
        rig.basePaths.put("Other/in", "/other");
        run("<Response>r</Response><LocalTargetConnection><Path>/x?a=1</Path></LocalTargetConnection>");
        assertThat(rig.localCalls.getLast().uri()).isEqualTo("/x?a=1");
        run("<Response>r</Response><LocalTargetConnection><APIProxy>Other</APIProxy><ProxyEndpoint>in</ProxyEndpoint>"
                + "<Path>y</Path></LocalTargetConnection>");
        assertThat(rig.localCalls.getLast().uri()).isEqualTo("/other/y");
        var fault = catchThrowableOfType(
                Fault.class,
                () -> run(
                        "<Response>r</Response><LocalTargetConnection><APIProxy>None</APIProxy></LocalTargetConnection>"));
        assertThat(fault.text()).contains("proxy None is not deployed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<HTTPTargetConnection/>",
                "<LocalTargetConnection/>",
                "<HTTPTargetConnection><URL>{scheme}://a</URL></HTTPTargetConnection>",
                "<HTTPTargetConnection><URL>ftp://a</URL></HTTPTargetConnection>",
                "<HTTPTargetConnection><URL>https://a</URL></HTTPTargetConnection><LocalTargetConnection><Path>/</Path></LocalTargetConnection>",
                "<HTTPTargetConnection><URL>https://a</URL></HTTPTargetConnection><Timeout>0</Timeout>"
            })
    void reportsWhatCanNotWork(String elements) {
        assertThat(rig.findings(ServiceCallout.TYPE, "<ServiceCallout>" + elements + "</ServiceCallout>"))
                .anyMatch(one -> !one.deployable());
    }

    @Test
    void refusesUrlsThatAreNone() throws Exception {
        for (var host : List.of("user:pw@a.example.com", "a b", "")) {
            var fault = catchThrowableOfType(
                    Fault.class,
                    () -> run(
                            "<Response>r</Response><HTTPTargetConnection><URL>https://{host}</URL></HTTPTargetConnection>",
                            Map.of("host", host)));
            assertThat(fault.code()).isEqualTo("steps.servicecallout.ExecutionFailed");
        }
        assertThat(rig.calls).isEmpty();
    }
}
