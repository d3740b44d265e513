package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.Resource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileScriptTest {
    private final PolicyRig rig = new PolicyRig();

    /** Runs a script for at most a time. */
    private @Nullable Fault run(FlowContext context, String script, int millis) {
        rig.resources.put("jsc://a.js", new Resource("jsc", "a.js", "APIProxy/FileResource/a.js", script));
        var policy = rig.compile(
                Javascript.TYPE,
                "<Javascript timeLimit='%d'><ResourceURL>jsc://a.js</ResourceURL></Javascript>".formatted(millis));
        return catchThrowableOfType(Fault.class, () -> policy.execute(context));
    }

    private void stillWorks() throws Exception {
        var context = rig.context();
        assertThat(run(context, """
                        var o = {};
                        if (o.leaked || [].push.leaked || typeof leaked !== 'undefined') throw 'leaked';
                        context.setVariable('x', Math.max(1, 2) + [1, 2].join());
                        """, 5_000)).isNull();
        assertThat(context.get("x")).isEqualTo("21,2");
    }

    static Stream<Map.Entry<String, String>> escapes() {
        return HostileScripts.ESCAPES.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void reachesNeitherJavaNorFilesNorOtherRequests(Map.Entry<String, String> script) throws Exception {
        var context = rig.context();
        run(context, script.getValue(), 5_000);
        assertThat(context.get("x")).as(script.getKey()).isNull();
        assertThat(rig.calls).isEmpty();
        stillWorks();
    }

    static Stream<Map.Entry<String, String>> loops() {
        return HostileScripts.LOOPS.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("loops")
    void doesNotRunForEver(Map.Entry<String, String> script) throws Exception {
        var fault = run(rig.context(), script.getValue(), 50);
        assertThat(fault).as(script.getKey()).isNotNull();
        stillWorks();
    }

    @Test
    void changesNothingOfAScopeThatOthersShare() throws Exception {
        run(rig.context(), "leaked = 1; var m = Math; m.max = 1; delete m.min; this.Array = 7;", 5_000);
        stillWorks();
    }

    @Test
    void takesNoThreadFromTheScriptsOfOtherProxies() throws Exception {
        var waits = new CountDownLatch(1);
        var running = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var refused = Stream.generate(() -> threads.submit(() -> outcome("hanging", waits, running)))
                    .limit(ScriptThreads.THREADS_OF_PROXY_MAX * 4L)
                    .toList();
            await().until(() -> running.get() == ScriptThreads.THREADS_OF_PROXY_MAX);
            assertThat(outcome("sound", new CountDownLatch(0), new AtomicInteger()))
                    .isEqualTo("ran");
            await().until(() ->
                    refused.stream().filter(Future::isDone).count() == ScriptThreads.THREADS_OF_PROXY_MAX * 3L);
            assertThat(running).hasValue(ScriptThreads.THREADS_OF_PROXY_MAX);
            waits.countDown();
            for (var one : refused) {
                assertThat(one.get()).isIn("ran", "QUEUE");
            }
            assertThat(outcome("hanging", waits, running))
                    .as("all permits are free again")
                    .isEqualTo("ran");
        }
    }

    @Test
    void stopsARunThatIsAbandonedBeforeItsLimitsAreSet() {
        var run = new ScriptThreads.Run<String>() {
            @Override
            public String call() {
                begin(60_000).check();
                return "ran";
            }
        };
        run.abandon();
        assertThatThrownBy(run::call).isInstanceOf(ScriptStopped.class);
    }

    @Test
    void waitsForARunThatBeganInTime() throws Exception {
        var waits = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new AtomicInteger();
            var late = threads.submit(() -> outcome("late", waits, running));
            await().until(() -> running.get() == 1);
            await().pollDelay(Duration.ofMillis(500)).until(() -> !late.isDone());
            waits.countDown();
            assertThat(late.get()).isEqualTo("ran");
        }
    }

    /** What becomes of a run that waits for the latch. */
    private static String outcome(String proxy, CountDownLatch waits, AtomicInteger running) throws Exception {
        try {
            return ScriptThreads.run(
                    proxy,
                    new ScriptThreads.Run<String>() {
                        @Override
                        public String call() throws InterruptedException {
                            running.incrementAndGet();
                            waits.await();
                            return "ran";
                        }
                    },
                    Duration.ofMillis(300));
        } catch (ScriptStopped stopped) {
            return stopped.limit().name();
        }
    }

    /** Runs all bombs, one after another and then at once, in a process with little memory. */
    @Test
    void exhaustsNoMemory() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError", // As the launcher starts it: one error is the end.
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileScriptBombing.class.getName())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(output).endsWith("all defused\n");
        assertThat(process.exitValue()).isZero();
    }
}
