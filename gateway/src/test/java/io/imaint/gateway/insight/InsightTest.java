package io.imaint.gateway.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.FlowObserver.Outcome;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Phase;
import io.imaint.gateway.flow.PolicyRig;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: figures are right, and a trace shows all but secrets. Method: outcomes and contexts made by hand, a clock that we move. */
class InsightTest {
    private Instant now = Instant.parse("2026-11-30T10:00:30Z");
    private final Insight insight = new Insight(() -> now);
    private final PolicyRig rig = new PolicyRig();

    private static Outcome outcome(String proxy, int status, long millis) {
        return new Outcome(proxy, 1, "app", status, status >= 400, millis * 1_000_000, millis * 500_000);
    }

    private void finish(Outcome outcome) throws UnknownHostException {
        insight.finished(outcome, null, rig.context());
    }

    @Test
    void sumsRequestsByProxyApplicationAndStatus() throws UnknownHostException {
        for (int i = 1; i <= 100; i++) {
            finish(outcome("A", 200, i));
        }
        finish(outcome("A", 401, 1));
        finish(outcome("B", 200, 1));
        var totals = insight.figures().totals(5);
        assertThat(totals).hasSize(3);
        var most = totals.getFirst();
        assertThat(most.requests()).isEqualTo(100);
        assertThat(most.faults()).isZero();
        assertThat(most.millis().p50()).isBetween(50.0, 50.0 * 1.25);
        assertThat(most.millis().p99()).isBetween(99.0, 99.0 * 1.25);
        assertThat(most.targetMillisMean()).isBetween(25.0, 25.5);
    }

    @Test
    void forgetsWhatIsOlderThanAsked() throws UnknownHostException {
        finish(outcome("A", 200, 1));
        now = now.plusSeconds(120);
        finish(outcome("A", 200, 1));
        assertThat(insight.figures().totals(1).getFirst().requests()).isEqualTo(1);
        assertThat(insight.figures().totals(5).getFirst().requests()).isEqualTo(2);
        assertThat(insight.figures().timeSeries("A", 3))
                .extracting(Figures.Point::requests)
                .containsExactly(1L, 0L, 1L);
        assertThat(insight.figures().timeSeries("B", 3))
                .extracting(Figures.Point::requests)
                .containsExactly(0L, 0L, 0L);
    }

    @Test
    void countsTogetherWhatHasTooManyKinds() throws UnknownHostException {
        for (int i = 0; i < 2_000; i++) {
            finish(outcome("proxy " + i, 200, 1));
        }
        assertThat(insight.figures().totals(5)).hasSizeLessThan(600);
        assertThat(insight.figures().totals(5).getFirst())
                .satisfies(total -> assertThat(total.proxy()).isEqualTo("other"));
    }

    @Test
    void tracesStepsWithTheVariablesThatTheyChangeAndMasksSecrets() throws UnknownHostException {
        var records = new ArrayList<TraceRecord>();
        assertThat(insight.trace(TraceFilter.ALL, Duration.ofMinutes(1), 1, records::add))
                .isPresent();
        rig.request.headers().set("Authorization", "Bearer geheim");
        var context = rig.context();
        var trace = insight.begin(context);
        assertThat(trace).isNotNull();
        trace.flow(Phase.PROXY_REQUEST, "PreFlow", context);
        context.set("private.password", "geheim");
        context.set("user", "anna");
        context.request().headers().set("Authorization", "Basic geheim2");
        trace.ran("getCredentials", "KeyValueMapOperations", 5_000, null, context);
        trace.conditionEvaluated("scCSRF", "request.verb = \"POST\"", false);
        context.set("user", null);
        trace.conditionEvaluated("fails", "user != null", true);
        trace.ran("fails", "RaiseFault", 1_000, new Fault(500, "steps.x.Y", "no"), context);
        insight.finished(outcome("Demo", 500, 1), trace, context);

        assertThat(records).singleElement().satisfies(one -> {
            assertThat(one.steps()).hasSize(4);
            assertThat(one.steps().get(1).changes())
                    .containsEntry("private.password", new TraceRecord.Change("", "***"))
                    .containsEntry("user", new TraceRecord.Change("", "anna"));
            assertThat(one.steps().get(2).outcome()).isEqualTo("skipped");
            assertThat(one.steps().get(2).condition()).contains("POST");
            assertThat(one.steps().get(3).condition()).isEqualTo("user != null");
            assertThat(one.steps().get(3).changes()).containsEntry("user", new TraceRecord.Change("anna", ""));
            assertThat(one.steps().get(3).detail()).isEqualTo("steps.x.Y: no");
            assertThat(one.toString()).doesNotContain("geheim");
        });
    }

    @Test
    void followsOnlyWhatTheFilterAsksForAndOnlyAsManyAsWanted() throws UnknownHostException {
        var filter = new TraceFilter(
                Optional.of("Demo"),
                Optional.of("/demo/o"),
                Optional.of("X-Test"),
                Optional.of("1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var session =
                insight.trace(filter, Duration.ofMinutes(1), 2, record -> {}).orElseThrow();
        assertThat(insight.begin(rig.context())).as("without the header").isNull();
        rig.request.headers().set("X-Test", "1");
        List<FlowContext> contexts = List.of(rig.context(), rig.context());
        for (var context : contexts) {
            var trace = insight.begin(context);
            assertThat(trace).isNotNull();
            insight.finished(outcome("Demo", 200, 1), trace, context);
        }
        assertThat(insight.begin(rig.context())).as("it has enough").isNull();
        assertThat(session.records()).hasSize(2);
    }

    private static TraceFilter ending(@Nullable String application, @Nullable String status) {
        return new TraceFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(application),
                Optional.ofNullable(status));
    }

    private List<Integer> traced(TraceFilter filter, int... statuses) throws UnknownHostException {
        var records = new ArrayList<TraceRecord>();
        var session =
                insight.trace(filter, Duration.ofMinutes(1), 1, records::add).orElseThrow();
        for (int status : statuses) {
            var context = rig.context();
            context.note("verifyapikey.P.client_id", "Ab3dEfgh");
            var trace = insight.begin(context);
            insight.finished(outcome("Demo", status, 1), trace, context);
        }
        insight.end(session.id());
        return records.stream().map(TraceRecord::status).toList();
    }

    @Test
    void keepsOnlyTheRequestsThatEndAsAskedFor() throws UnknownHostException {
        assertThat(traced(ending(null, "4xx"), 200, 404, 401)).containsExactly(404);
        assertThat(traced(ending(null, "401"), 200, 404, 401)).containsExactly(401);
        assertThat(traced(ending("app", null), 200)).containsExactly(200);
        assertThat(traced(ending("Ab3d", null), 200)).containsExactly(200);
        assertThat(traced(ending("Ab3dE", null), 200))
                .as("no more of a key than its owner is shown")
                .isEmpty();
    }

    @Test
    void aRequestIsInEveryTraceThatAsksForIt() throws UnknownHostException {
        var refused = insight.trace(ending(null, "4xx"), Duration.ofMinutes(1), 1, record -> {})
                .orElseThrow();
        var all = insight.trace(TraceFilter.ALL, Duration.ofMinutes(1), 2, record -> {})
                .orElseThrow();
        var contexts = List.of(rig.context(), rig.context());
        var traces = contexts.stream().map(insight::begin).toList();
        insight.finished(outcome("Demo", 200, 1), traces.get(0), contexts.get(0));
        insight.finished(outcome("Demo", 404, 1), traces.get(1), contexts.get(1));
        assertThat(refused.records()).extracting(TraceRecord::status).containsExactly(404);
        assertThat(all.records()).extracting(TraceRecord::status).containsExactly(200, 404);
    }

    @Test
    void endsATraceWhenItsTimeIsOver() throws UnknownHostException {
        assertThat(insight.trace(TraceFilter.ALL, Duration.ofHours(5), 50, record -> {}))
                .isPresent();
        now = now.plus(Insight.DURATION_MAX).plusSeconds(1);
        assertThat(insight.begin(rig.context())).isNull();
    }

    @Test
    void refusesMoreTracesThanItCanBear() {
        for (int i = 0; i < Insight.SESSIONS_MAX; i++) {
            assertThat(insight.trace(TraceFilter.ALL, Duration.ofMinutes(1), 1, record -> {}))
                    .isPresent();
        }
        assertThat(insight.trace(TraceFilter.ALL, Duration.ofMinutes(1), 1, record -> {}))
                .isEmpty();
        now = now.plusSeconds(90);
        assertThat(insight.trace(TraceFilter.ALL, Duration.ofMinutes(1), 1, record -> {}))
                .isPresent();
    }

    @Test
    void showsTheBodyOfAMessage() throws UnknownHostException {
        var records = new ArrayList<TraceRecord>();
        assertThat(insight.trace(TraceFilter.ALL, Duration.ofMinutes(1), 1, records::add))
                .isPresent();
        var answer = Message.response(200, "OK");
        answer.content("{\"d\":{}}");
        var context = rig.responseContext(Message.response(200, "OK"));
        var trace = insight.begin(context);
        assertThat(trace).isNotNull();
        context.response(answer);
        trace.ran("a", "AssignMessage", 1, null, context);
        insight.finished(outcome("Demo", 200, 1), trace, context);
        assertThat(records.getFirst().steps().getFirst().changes())
                .containsEntry("response.content", new TraceRecord.Change("", "{\"d\":{}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Api-Key",
                "X-API-Key",
                "apikey",
                "X-Auth-Token",
                "access_token",
                "Refresh-Token",
                "X-Id-Token",
                "Ocp-Apim-Subscription-Key",
                "X-Client-Secret",
                "X-Password"
            })
    void masksHeadersThatAreSecret(String name) throws UnknownHostException {
        var records = new ArrayList<TraceRecord>();
        assertThat(insight.trace(TraceFilter.ALL, Duration.ofMinutes(1), 1, records::add))
                .isPresent();
        rig.request.headers().set(name, "geheim");
        rig.request.headers().set("Accept", "text/plain");
        var context = rig.context();
        insight.finished(outcome("Demo", 200, 1), insight.begin(context), context);
        assertThat(records.getFirst().before())
                .containsEntry("request.header." + name.toLowerCase(Locale.ROOT), "***")
                .containsEntry("request.header.accept", "text/plain");
    }

    @Test
    void showsOnlyTheBeginningOfALongBody() throws UnknownHostException {
        var records = new ArrayList<TraceRecord>();
        assertThat(insight.trace(TraceFilter.ALL, Duration.ofMinutes(1), 1, records::add))
                .isPresent();
        rig.request.content("ä".repeat(1_000_000));
        var context = rig.context();
        insight.finished(outcome("Demo", 200, 1), insight.begin(context), context);
        assertThat(records.getFirst().before()).containsEntry("request.content", "ä".repeat(2_000) + "…");
    }

    @Test
    void looksAtSoManyRequestsOnly() throws UnknownHostException {
        var session = insight.trace(ending(null, "4xx"), Duration.ofMinutes(1), 1, record -> {})
                .orElseThrow();
        var context = rig.context();
        for (int i = 0; i < TraceSession.LOOKED_MAX; i++) {
            var trace = insight.begin(context);
            assertThat(trace).isNotNull();
            insight.finished(outcome("Demo", 200, 1), trace, context);
        }
        assertThat(insight.begin(context)).isNull();
        assertThat(insight.sessions()).isEmpty();
        assertThat(session.records()).isEmpty();
    }

    @Test
    void masksSecretsInBodiesAndAddresses() throws UnknownHostException {
        var records = new ArrayList<TraceRecord>();
        assertThat(insight.trace(TraceFilter.ALL, Duration.ofMinutes(1), 1, records::add))
                .isPresent();
        rig.request = Message.request("POST", "/token", "apikey=geheim1&a=b");
        rig.request.headers().set("Content-Type", "application/x-www-form-urlencoded");
        rig.request.content("grant_type=password&password=geheim2&client_secret=geheim3");
        var answer = Message.response(200, "OK");
        answer.content("{\n  \"access_token\" : \"geheim4\",\n  \"scope\" : \"all\" }");
        var context = rig.responseContext(Message.response(200, "OK"));
        var trace = insight.begin(context);
        assertThat(trace).isNotNull();
        context.set("verifyapikey.P.client_id", "geheim5");
        context.set("verifyapikey.verifyApiKey.app.name", "Orders");
        context.response(answer);
        context.request().content("x=1&refresh_token=geheim6");
        trace.ran("a", "OAuthV2", 1, null, context);
        insight.finished(outcome("Demo", 200, 1), trace, context);
        assertThat(records.getFirst().toString())
                .doesNotContain("geheim")
                .contains("a=b", "\"scope\" : \"all\"", "Orders");
    }
}
