package io.imaint.gateway.flow;

import static io.imaint.gateway.flow.Exchanges.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.FaultRule;
import io.imaint.gateway.model.Flow;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.RouteRule;
import io.imaint.gateway.model.Step;
import io.imaint.gateway.model.TargetEndpoint;
import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlInvalid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: steps run in the order that API Management gives them, whatever fails. Method: proxies of policies that write down their names. */
class EngineTest {
    private final PolicyRig rig = new PolicyRig();
    private final List<String> ran = new ArrayList<>();
    private @Nullable TargetFailure failure;
    private final Engine engine = new Engine(
            rig.parts().registry(),
            new Answering(),
            Executors.newVirtualThreadPerTaskExecutor(),
            FlowObserver.NONE,
            rig.parts().clock(),
            Duration.ofSeconds(20));

    /** Writes down its name; fails, waits or answers as its attribute says. */
    private Policy note(PolicyReader reader) {
        var does = reader.attribute("does").orElse("");
        var name = reader.policy();
        return context -> {
            switch (does) {
                case "wait" -> context.mayWait();
                case "answer" -> context.answerNow(Message.response(203, "Cached"));
                default -> {
                    // It only writes.
                }
            }
            ran.add(name);
            if (does.equals("fail")) {
                throw new Fault(418, "steps.note.Failed", "no tea in " + name);
            }
            if (does.equals("raise")) {
                throw new Fault(402, "steps.raisefault.RaiseFault", "Raising fault")
                        .answering(Message.response(402, "Pay"));
            }
        };
    }

    private final class Answering implements Targets {
        @Override
        public void send(TargetCall call, Reply reply) {
            ran.add("target " + call.origin() + call.request().uri());
            if (failure == null) {
                reply.answered(rig.answer.copy());
            } else {
                reply.failed(failure);
            }
        }

        @Override
        public Message exchange(TargetCall call) {
            throw new AssertionError("no callout here");
        }
    }

    private final Map<String, PolicyFile> policies = new HashMap<>();

    private void policy(String name, String attributes) throws XmlInvalid {
        policies.put(name, new PolicyFile(name, name + ".xml", Xml.read("<Note " + attributes + "/>")));
    }

    private static Flow flow(String name, List<Step> request, List<Step> response) {
        return new Flow(name, "", request, response, 1);
    }

    /** A proxy with a target that notes every flow it passes. */
    private ApiProxy proxy(List<FaultRule> proxyFaults, List<FaultRule> targetFaults, Optional<FaultRule> otherwise)
            throws XmlInvalid {
        for (var name : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "x", "y", "z")) {
            if (!policies.containsKey(name)) {
                policy(name, "");
            }
        }
        var endpoint = new ProxyEndpoint(
                "default",
                "/demo",
                Map.of(),
                List.of(new RouteRule("default", "", Optional.of("target"), List.of(), 1)),
                proxyFaults,
                otherwise,
                flow("PreFlow", steps("a"), steps("j")),
                List.of(flow("first", steps("b"), steps("k")), flow("second", steps("x"), steps("x"))),
                flow("PostFlow", steps("c"), steps("l")),
                flow("PostClientFlow", List.of(), steps("m")),
                "default.xml");
        var target = new TargetEndpoint(
                "target",
                Optional.of("http://backend:81/sap/"),
                Optional.empty(),
                "",
                List.of(),
                false,
                false,
                Map.of(),
                targetFaults,
                Optional.empty(),
                flow("PreFlow", steps("d"), steps("g")),
                List.of(flow("first", steps("e"), steps("h"))),
                flow("PostFlow", steps("f"), steps("i")),
                "target.xml");
        return new ApiProxy("Demo", "Demo", "", "REST", List.of(endpoint), List.of(target), policies, Map.of());
    }

    private Message call(ApiProxy proxy) throws Exception {
        var types = Map.of("Note", new PolicyType("Note", "note", this::note));
        var compiled = ProxyCompiler.compile(proxy, 1, types, rig.parts());
        assertThat(compiled.findings()).isEmpty();
        assertThat(engine.deploy(compiled.plan().orElseThrow())).isEmpty();
        return Exchanges.call(engine, Message.request("GET", "/demo/orders", "$top=1"));
    }

    private static FaultRule rule(String name, String... steps) {
        return new FaultRule(name, "", false, steps(steps), 1);
    }

    @Test
    void runsTheFlowsInOrderAndOnlyTheFirstConditionalFlow() throws Exception {
        rig.answer = Message.response(200, "OK");
        var answer = call(proxy(List.of(), List.of(), Optional.empty()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(ran)
                .containsExactly(
                        "a",
                        "b",
                        "c",
                        "d",
                        "e",
                        "f",
                        "target http://backend:81/sap/orders?$top=1",
                        "g",
                        "h",
                        "i",
                        "j",
                        "k",
                        "l",
                        "m");
    }

    @Test
    void goesOnInAnotherThreadWhereAPolicyWaitsAndRunsItOnce() throws Exception {
        policy("b", "does='wait'");
        policy("h", "does='wait'");
        assertThat(call(proxy(List.of(), List.of(), Optional.empty())).status()).isEqualTo(200);
        assertThat(ran).hasSize(14).doesNotHaveDuplicates();
    }

    @Test
    void answersAFaultInItsFormAndLeavesOutTheRest() throws Exception {
        policy("b", "does='fail'");
        var answer = call(proxy(List.of(), List.of(), Optional.empty()));
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.content())
                .isEqualTo(
                        "{\"fault\":{\"faultstring\":\"no tea in b\",\"detail\":{\"errorcode\":\"steps.note.Failed\"}}}");
        assertThat(ran).containsExactly("a", "b", "m");
    }

    @Test
    void goesOnAfterAFaultOfAPolicyThatSaysSo() throws Exception {
        policy("b", "does='fail' continueOnError='true'");
        assertThat(call(proxy(List.of(), List.of(), Optional.empty())).status()).isEqualTo(200);
        assertThat(ran).startsWith("a", "b", "c").hasSize(14);
    }

    @Test
    void leavesOutPoliciesThatAreSwitchedOff() throws Exception {
        policy("b", "does='fail' enabled='false'");
        assertThat(call(proxy(List.of(), List.of(), Optional.empty())).status()).isEqualTo(200);
        assertThat(ran).doesNotContain("b");
    }

    @Test
    void triesFaultRulesOfAProxyFromTheLastAndOfATargetFromTheFirst() throws Exception {
        policy("b", "does='fail'");
        call(proxy(List.of(rule("one", "x"), rule("two", "y")), List.of(), Optional.empty()));
        assertThat(ran).containsExactly("a", "b", "y", "m");

        ran.clear();
        policy("b", "");
        policy("e", "does='fail'");
        call(proxy(List.of(rule("proxy", "z")), List.of(rule("one", "x"), rule("two", "y")), Optional.empty()));
        assertThat(ran).containsExactly("a", "b", "c", "d", "e", "x", "m");
    }

    @Test
    void runsTheDefaultFaultRuleOnlyWhereNoneRanOrItIsEnforced() throws Exception {
        policy("b", "does='fail'");
        call(proxy(List.of(), List.of(), Optional.of(rule("default", "z"))));
        assertThat(ran).containsExactly("a", "b", "z", "m");

        ran.clear();
        call(proxy(List.of(rule("one", "x")), List.of(), Optional.of(rule("default", "z"))));
        assertThat(ran).containsExactly("a", "b", "x", "m");

        ran.clear();
        var enforced = new FaultRule("default", "", true, steps("z"), 1);
        call(proxy(List.of(rule("one", "x")), List.of(), Optional.of(enforced)));
        assertThat(ran).containsExactly("a", "b", "x", "z", "m");

        ran.clear();
        policy("b", "does='raise'");
        assertThat(call(proxy(List.of(rule("one", "x")), List.of(), Optional.of(enforced)))
                        .reason())
                .isEqualTo("Pay");
        assertThat(ran).containsExactly("a", "b", "x", "m");
    }

    @Test
    void answersTheLastFaultWhenAFaultRuleFails() throws Exception {
        policy("b", "does='fail'");
        policy("x", "does='fail'");
        var answer = call(proxy(List.of(rule("one", "x", "y")), List.of(), Optional.empty()));
        assertThat(answer.content()).contains("no tea in x");
        assertThat(ran).containsExactly("a", "b", "x", "m");
    }

    @Test
    void takesAnErrorOfTheTargetThroughTheFaultRulesWithItsBody() throws Exception {
        rig.answer = Message.response(404, "Not Found");
        rig.answer.content("no such order");
        var answer = call(proxy(List.of(rule("proxy", "z")), List.of(rule("target", "x")), Optional.empty()));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.content()).isEqualTo("no such order");
        assertThat(ran).endsWith("x", "m").doesNotContain("g", "j", "z");
    }

    @Test
    void answers503ForATargetThatCannotBeReachedAnd504ForOneThatIsSilent() throws Exception {
        failure = new TargetFailure(TargetFailure.Kind.UNREACHABLE, "refused");
        assertThat(call(proxy(List.of(), List.of(), Optional.empty())).content())
                .isEqualTo(
                        "{\"fault\":{\"faultstring\":\"The Service is temporarily unavailable\",\"detail\":{\"errorcode\":\"messaging.adaptors.http.flow.ServiceUnavailable\"}}}");
        failure = new TargetFailure(TargetFailure.Kind.NO_CONNECTOR, "on premise");
        for (int i = 0; i < 20; i++) {
            var answer = call(proxy(List.of(), List.of(), Optional.empty()));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.content()).contains("no connector reaches it");
        }
        failure = new TargetFailure(TargetFailure.Kind.TIMEOUT, "silent");
        assertThat(call(proxy(List.of(), List.of(), Optional.empty())).status()).isEqualTo(504);
    }

    @Test
    void stopsToAskATargetThatKeepsFailing() throws Exception {
        failure = new TargetFailure(TargetFailure.Kind.UNREACHABLE, "refused");
        for (int i = 0; i < 20; i++) {
            assertThat(call(proxy(List.of(), List.of(), Optional.empty())).status())
                    .isEqualTo(503);
        }
        assertThat(ran.stream().filter(name -> name.startsWith("target"))).hasSize(5);
    }

    @Test
    void holdsNothingAgainstATargetWhoseClientsLeave() throws Exception {
        failure = new TargetFailure(TargetFailure.Kind.ABANDONED, "the client has left");
        for (int i = 0; i < 20; i++) {
            assertThat(call(proxy(List.of(), List.of(), Optional.empty())).status())
                    .isEqualTo(499);
        }
        assertThat(ran.stream().filter(name -> name.startsWith("target"))).hasSize(20);
    }

    @Test
    void answersWithoutTheTargetWhenAPolicyHasTheAnswer() throws Exception {
        policy("c", "does='answer'");
        assertThat(call(proxy(List.of(), List.of(), Optional.empty())).reason()).isEqualTo("Cached");
        assertThat(ran).containsExactly("a", "b", "c", "j", "k", "l", "m");
    }

    @Test
    void refusesASecondProxyOfABasePath() throws Exception {
        var proxy = proxy(List.of(), List.of(), Optional.empty());
        call(proxy);
        var other = new ApiProxy(
                "Other", "", "", "REST", proxy.proxyEndpoints(), proxy.targetEndpoints(), policies, Map.of());
        var types = Map.of("Note", new PolicyType("Note", "note", this::note));
        var plan = ProxyCompiler.compile(other, 1, types, rig.parts()).plan().orElseThrow();
        assertThat(engine.deploy(plan)).contains("Demo");
        engine.undeploy("Demo");
        assertThat(engine.deploy(plan)).isEmpty();
    }

    @Test
    void countsWhatEachPolicyDid() throws Exception {
        policy("b", "does='fail' continueOnError='true'");
        var proxy = proxy(List.of(), List.of(), Optional.empty());
        call(proxy);
        var figures = engine.deployed("Demo").orElseThrow().figures();
        assertThat(figures)
                .filteredOn(one -> one.policy().equals("b"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.runs()).isEqualTo(1);
                    assertThat(one.faults()).isEqualTo(1);
                    assertThat(one.nanos()).isPositive();
                });
    }
}
