package io.imaint.gateway.flow;

import static io.imaint.gateway.flow.Exchanges.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.Flow;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.RouteRule;
import io.imaint.gateway.model.TargetEndpoint;
import io.imaint.gateway.model.Xml;
import io.imaint.gateway.policy.Policies;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: an exchange ends, and gives back what it holds, whatever its policies do. Method: proxies that call each other, sleep and fail. */
class EngineLimitsTest {
    private final PolicyRig rig = new PolicyRig();
    private final List<String> ran = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final List<FlowObserver.Outcome> finished = new ArrayList<>();
    private final Engine engine = new Engine(
            rig.parts().registry(),
            new Streaming(),
            Executors.newVirtualThreadPerTaskExecutor(),
            new FlowObserver() {
                @Override
                public @Nullable Trace begin(FlowContext context) {
                    return null;
                }

                @Override
                public void finished(Outcome outcome, @Nullable Trace trace, FlowContext context) {
                    finished.add(outcome);
                }
            },
            rig.parts().clock(),
            Duration.ofMillis(400));

    /** Answers with a stream. */
    private final class Streaming implements Targets {
        @Override
        public void send(TargetCall call, Reply reply) {
            rig.calls.add(call);
            var answer = Message.response(200, "OK");
            answer.body((Body.Streamed) cancelled::incrementAndGet);
            reply.answered(answer);
        }

        @Override
        public Message exchange(TargetCall call) {
            throw new AssertionError("no callout here");
        }
    }

    /** What its attribute says: sleeps, fails, breaks by a defect, or replaces the body. */
    private Policy acting(PolicyReader reader) {
        var does = reader.attribute("does").orElse("");
        return context -> {
            if (does.equals("sleep")) {
                context.mayWait(); // Runs the policy anew on another thread.
            }
            ran.add(reader.policy());
            switch (does) {
                case "sleep" -> sleep();
                case "fail" -> throw new Fault(418, "steps.note.Failed", "no tea");
                case "defect" -> throw new IllegalStateException("a defect, as the test wants it");
                case "replace" -> context.message().content("another body");
                default -> {
                    // It only says that it ran.
                }
            }
        };
    }

    private static void sleep() {
        LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
    }

    /** Deploys a proxy; each of its policies is one step: of the request unless its name begins with "after" or "last". */
    private void deploy(String name, boolean target, Map<String, String> policies) throws Exception {
        var files = new HashMap<String, PolicyFile>();
        for (var policy : policies.entrySet()) {
            files.put(policy.getKey(), new PolicyFile(policy.getKey(), "P.xml", Xml.read(policy.getValue())));
        }
        var names = policies.keySet().stream().sorted().toList();
        var flow = new Flow(
                "PreFlow",
                "",
                steps(names.stream()
                        .filter(one -> !one.startsWith("after") && !one.startsWith("last"))
                        .toArray(String[]::new)),
                steps(names.stream().filter(one -> one.startsWith("after")).toArray(String[]::new)),
                1);
        var none = new Flow("PostFlow", "", List.of(), List.of(), 1);
        var last = new Flow(
                "PostClientFlow",
                "",
                List.of(),
                steps(names.stream().filter(one -> one.startsWith("last")).toArray(String[]::new)),
                1);
        var endpoint = new ProxyEndpoint(
                "default",
                "/" + name,
                Map.of("response.streaming.enabled", "true"),
                List.of(new RouteRule("default", "", target ? Optional.of("t") : Optional.empty(), List.of(), 1)),
                List.of(),
                Optional.empty(),
                flow,
                List.of(),
                none,
                last,
                "default.xml");
        var targets = new TargetEndpoint(
                "t",
                Optional.of("http://backend:81"),
                Optional.empty(),
                "",
                List.of(),
                false,
                false,
                Map.of(),
                List.of(),
                Optional.empty(),
                none,
                List.of(),
                none,
                "t.xml");
        var types = new HashMap<>(Policies.BY_ELEMENT);
        types.put("Act", new PolicyType("Act", "act", this::acting));
        var known = rig.parts();
        var parts = new GatewayParts(
                known.registry(),
                known.maps(),
                known.tokens(),
                known.counters(),
                known.localCounters(),
                known.pendingCounters(),
                known.caches(),
                known.targets(),
                engine,
                known.clock(),
                known.random(),
                known.tooManyRequests());
        var proxy = new ApiProxy(name, name, "", "REST", List.of(endpoint), List.of(targets), files, Map.of());
        var compiled = ProxyCompiler.compile(proxy, 1, types, parts);
        assertThat(compiled.findings()).isEmpty();
        assertThat(engine.deploy(compiled.plan().orElseThrow())).isEmpty();
    }

    private Message call(String path) throws Exception {
        return call(Message.request("GET", path, ""));
    }

    private Message call(Message request) throws Exception {
        return Exchanges.call(engine, request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/plain                                 | 200
            text/plain; charset=utf-8                  | 200
            text/plain; charset="UTF-16LE"             | 200
            text/plain;charset=windows-1252            | 200
            multipart/mixed; boundary="charset=x"      | 200
            text/plain; charset=utf-8; charset=UTF8    | 200
            text/plain; charset=utf-7                  | 415
            text/plain; charset=x-JISAutoDetect        | 415
            text/plain; charset=ibm037                 | 415
            text/plain; charset=                       | 415
            text/plain; charset=<x>                    | 415
            text/plain; charset=utf-8; charset=utf-16  | 415
            """)
    void takesOnlyCharsetsThatMeanTheSameToEveryone(String type, int status) throws Exception {
        deploy("charset", false, Map.of("a", "<Act does='replace'/>"));
        var request = Message.request("POST", "/charset", "");
        request.headers().set("Content-Type", type);
        request.body(Body.of("text"));
        assertThat(call(request).status()).isEqualTo(status);
        assertThat(ran).hasSize(status == 200 ? 1 : 0);
        request.body(Body.EMPTY);
        assertThat(call(request).status()).as("without a body").isEqualTo(200);
    }

    @Test
    void refusesTwoTypesOfOneBody() throws Exception {
        deploy("types", false, Map.of());
        var request = Message.request("POST", "/types", "");
        request.headers().add("Content-Type", "text/plain");
        request.headers().add("Content-Type", "text/plain; charset=utf-16");
        request.body(Body.of("text"));
        assertThat(call(request).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"request, UTF-8", "response, Shift_JIS"})
    void readsAnyCharsetOfAResponse(String kind, Charset read) {
        var message = kind.equals("request") ? Message.request("POST", "/", "") : Message.response(200, "OK");
        message.headers().set("Content-Type", "text/plain; charset=Shift_JIS");
        var bytes = "保全".getBytes(Charset.forName("Shift_JIS"));
        message.body(new Body.Bytes(bytes));
        assertThat(message.content()).isEqualTo(new String(bytes, read));
        message.headers().set("Content-Type", "text/plain; charset=nobody");
        message.body(Body.of("ä"));
        assertThat(message.content()).isEqualTo("ä");
    }

    private static String calling(String path) {
        return "<ServiceCallout><Response>r</Response><LocalTargetConnection><Path>" + path
                + "</Path></LocalTargetConnection></ServiceCallout>";
    }

    @Test
    void endsAChainOfProxiesThatCallEachOther() throws Exception {
        deploy("ping", false, Map.of("call", calling("/pong")));
        deploy("pong", false, Map.of("call", calling("/ping")));
        var answer = call("/ping");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.content())
                .contains("more than 5 proxies call each other: ping, pong, ping, pong, ping, pong")
                .contains("messaging.runtime.ProxyChainTooLong");
    }

    @Test
    void letsAShortChainOfProxiesPass() throws Exception {
        deploy("first", false, Map.of("call", calling("/second/x")));
        deploy("second", true, Map.of());
        assertThat(call("/first").status()).isEqualTo(200);
        assertThat(rig.calls)
                .singleElement()
                .satisfies(sent -> assertThat(sent.streamed())
                        .as("what a callout reads is in memory")
                        .isFalse());
    }

    @Test
    void waitsForAnotherProxyOnlyAsLongAsTheCallerHasTime() throws Exception {
        deploy("slow", false, Map.of("act", "<Act does='sleep'/>"));
        deploy("caller", false, Map.of("call", calling("/slow")));
        assertThat(call("/caller").status()).isEqualTo(504);
    }

    @Test
    void answers504WhenTheTimeOfTheExchangeIsOver() throws Exception {
        deploy("late", true, Map.of("a", "<Act does='sleep'/>", "b", "<Act/>", "last", "<Act/>"));
        var answer = call("/late");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.content())
                .isEqualTo(
                        "{\"fault\":{\"faultstring\":\"Gateway Timeout\",\"detail\":{\"errorcode\":\"messaging.adaptors.http.flow.GatewayTimeout\"}}}");
        assertThat(ran).containsExactly("a", "last");
        assertThat(rig.calls).isEmpty();
    }

    @Test
    void givesATargetNoMoreTimeThanTheExchangeHas() throws Exception {
        deploy("target", true, Map.of());
        assertThat(call("/target").status()).isEqualTo(200);
        assertThat(rig.calls.getFirst().totalTimeout()).isLessThanOrEqualTo(Duration.ofMillis(400));
        assertThat(cancelled).as("the answer that is sent").hasValue(0);
    }

    @Test
    void releasesAStreamThatIsNotSent() throws Exception {
        deploy("failing", true, Map.of("after", "<Act does='fail'/>"));
        assertThat(call("/failing").status()).isEqualTo(418);
        assertThat(cancelled).hasValue(1);
        deploy("replacing", true, Map.of("after", "<Act does='replace'/>"));
        assertThat(call("/replacing").content()).isEqualTo("another body");
        assertThat(cancelled).hasValue(2);
        deploy("defective", true, Map.of("after", "<Act does='defect'/>"));
        assertThat(call("/defective").status()).isEqualTo(500);
        assertThat(cancelled).hasValue(3);
        deploy("slow", true, Map.of("after", "<Act does='sleep'/>"));
        assertThat(call("/slow").status()).isEqualTo(504);
        assertThat(cancelled).hasValue(4);
    }

    @Test
    void endsThePostClientFlowWhateverFailsInIt() throws Exception {
        deploy(
                "post",
                false,
                Map.of("last1", "<Act does='fail'/>", "last2", "<Act does='defect'/>", "last3", "<Act/>"));
        assertThat(call("/post").status()).isEqualTo(200);
        assertThat(ran).containsExactly("last1", "last2", "last3");
        assertThat(finished).hasSize(1);
    }
}
