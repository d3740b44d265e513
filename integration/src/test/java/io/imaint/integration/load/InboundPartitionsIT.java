package io.imaint.integration.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Status;
import io.imaint.integration.inbound.Bench;
import io.imaint.integration.inbound.SapFixture;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.AllIntegrationsLock;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.LoadState;
import io.imaint.integration.state.PartitionState;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Goal: a load in parts brings what a load in one part brings, whoever works at it. Method: a small server of OData. */
class InboundPartitionsIT {
    private static final String SET = "PlantSet";

    private final Bench bench;

    InboundPartitionsIT(@TempDir Path directory) {
        bench = new Bench(directory);
    }

    @BeforeEach
    void splitsPlantsAtEveryThousand() {
        bench.partitioned("plants", 1000);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aSetIsReadInRangesThatMeetAtTheirBoundaries() {
        bench.sap.rows(SET, 3000);
        assertThat(Bench.run(bench.loads(600), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        var load = bench.state("plants").load();
        assertThat(plan().filters())
                .containsExactly(
                        "WERKS lt '000000001000' or WERKS eq null",
                        "WERKS ge '000000001000' and WERKS lt '000000002000'",
                        "WERKS ge '000000002000'");
        assertThat(plan().ranges())
                .isEqualTo(new LoadState.KeyRanges("WERKS", List.of("'000000001000'", "'000000002000'")));
        assertThat(load.open()).isFalse();
        assertThat(load.counters()).isEqualTo(new Counters(3000, 3000, 0, 0, 6, 0));
        assertThat(load.total()).isEqualTo(3000);
        assertThat(load.sweepDue()).isFalse();
        assertThat(bench.all(Replicas.PLANTS)).hasSize(3000);
        assertThat(bench.sap.requests())
                .noneMatch(target -> target.contains("$skip"))
                .contains("PlantSet 1600 WERKS ge '000000001000' and WERKS lt '000000002000'");
        assertThat(bench.status("plants")).isEqualTo(Status.ACTIVE);
    }

    @ParameterizedTest
    @MethodSource("keysOfAllSorts")
    void keysMayBeAnything(List<String> keys, int parts) {
        bench.sap.keys(SET, keys);
        assertThat(Bench.run(bench.loads(700), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(plan().partitions()).isEqualTo(parts);
        assertThat(bench.all(Replicas.PLANTS).stream().map(Stored::key))
                .containsExactlyInAnyOrderElementsOf(new HashSet<>(keys));
        assertThat(bench.state("plants").load().counters().rowsRead()).isEqualTo(keys.size());
    }

    static Stream<Arguments> keysOfAllSorts() {
        return Stream.of(
                Arguments.of(List.of(), 1),
                Arguments.of(List.of("7"), 1),
                Arguments.of(Collections.nCopies(2500, "SAME"), 1),
                Arguments.of(
                        IntStream.range(0, 2500)
                                .mapToObj(i -> "O'Brien & ä+#%20 " + i)
                                .toList(),
                        3),
                Arguments.of(
                        IntStream.range(0, 2500).mapToObj(i -> i % 2 + "-" + i).toList(), 3),
                Arguments.of(
                        IntStream.range(0, 2500)
                                .mapToObj(i -> i < 2000 ? "A" : "B" + i)
                                .toList(),
                        2),
                Arguments.of(
                        IntStream.range(0, 2500).mapToObj(Integer::toString).toList(), 3));
    }

    @Test
    void rowsThatComeAndGoMeanwhileDoNotHideOthers() {
        bench.sap.rows(SET, 4000);
        var pages = new AtomicInteger();
        var results = Bench.run(
                bench.tampered(300, (client, request, sink) -> {
                    int page = pages.incrementAndGet();
                    bench.sap.delete(SET, page * 97 % 2000 * 2 + 1); // Only odd rows go.
                    bench.sap.create(SET, "%012d".formatted(100_000 + page));
                    bench.sap.create(SET, "" + page);
                    return client.read(request, sink);
                }),
                "plants");
        assertThat(results).hasOnlyElementsOfType(RunResult.Loaded.class);
        var keys = new HashSet<String>();
        bench.all(Replicas.PLANTS).forEach(stored -> keys.add(stored.key()));
        assertThat(keys)
                .containsAll(IntStream.range(0, 2000)
                        .mapToObj(row -> "%012d".formatted(row * 2))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeSplitIsLoadedInOnePart(String refused) {
        bench.sap.rows(SET, 2500);
        bench.sap.fault(target -> target.contains(refused)
                ? new SapFixture.Reply(
                        400, "application/json", "{\"error\":{\"code\":\"X/1\",\"message\":{\"value\":\"no\"}}}")
                : null);
        assertThat(Bench.run(bench.loads(1000), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(plan().filters()).containsExactly("");
        assertThat(plan().ranges()).isEqualTo(LoadState.KeyRanges.ALL);
        assertThat(bench.all(Replicas.PLANTS)).hasSize(2500);
    }

    static Stream<String> refusals() {
        return Stream.of("$count", " by WERKS", " eq null");
    }

    @Test
    void whoComesLaterKeepsToThePlanAndToTheCheckpoints() {
        comeLater();
    }

    private void comeLater() {
        bench.sap.rows(SET, 3000);
        var stop = new Cancellation();
        try (var loads = bench.loads(400)) {
            assertThat(loads.run(List.of("plants"), progress -> stop.request(), stop))
                    .containsExactly(new RunResult.Cancelled("plants"));
        }
        var plan = plan();
        var before = rowsRead(plan);
        bench.sap.create(SET, "999999999999");
        bench.sap.forget();
        assertThat(Bench.run(bench.loads(400), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(plan().id()).isEqualTo(plan.id());
        assertThat(plan().filters()).isEqualTo(plan.filters());
        assertThat(bench.sap.requests()).noneMatch(target -> target.contains("$count") || target.contains(" by "));
        assertThat(before).isBetween(1L, 2999L);
        assertThat(bench.state("plants").load().counters().rowsRead()).isEqualTo(3001);
        assertThat(bench.all(Replicas.PLANTS)).hasSize(3001).allMatch(stored -> stored.rev() == 1);
    }

    @Test
    void aReloadHasAPlanOfItsOwn() {
        comeLater();
        var plan = plan();
        assertThat(Bench.run(bench.loads(400), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(plan().id()).isNotEqualTo(plan.id());
        var load = bench.state("plants").load();
        assertThat(load.counters()).matches(counters -> counters.unchanged() == 3001 && counters.updated() == 0);
        assertThat(load.sweepDue())
                .as("what SAP no longer has may still be there")
                .isTrue();
    }

    @Test
    void runnersShareALoadAndEachPageIsReadOnce() throws Exception {
        bench.sap.rows(SET, 8000);
        var runners = 3;
        var together = new CyclicBarrier(runners);
        var worked = ConcurrentHashMap.<Integer>newKeySet();
        var two = new CompletableFuture<Boolean>(); // Lest a fast one has read everything before the others come.
        var futures = IntStream.range(0, runners)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> {
                    var loads = runner(1000, (client, request, sink) -> {
                        if (!request.target().contains("$orderby")) {
                            worked.add(number);
                            if (worked.size() > 1) {
                                two.complete(true);
                            }
                            two.completeOnTimeout(false, 20, TimeUnit.SECONDS).join();
                        }
                        return client.read(request, sink);
                    });
                    met(together);
                    return Bench.run(loads, "plants").getFirst();
                }))
                .toList();
        var results = new ArrayList<RunResult>();
        for (var future : futures) {
            results.add(future.get());
        }
        assertThat(results).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(results.stream().map(result -> ((RunResult.Loaded) result).counters()))
                .containsOnly(new Counters(8000, 8000, 0, 0, 8, 0));
        assertThat(worked).hasSizeGreaterThan(1);
        var pages = bench.sap.requests().stream()
                .filter(target -> target.startsWith("PlantSet 0 WERKS"))
                .toList();
        assertThat(pages).hasSize(8).doesNotHaveDuplicates();
        assertThat(bench.all(Replicas.PLANTS)).hasSize(8000).allMatch(stored -> stored.rev() == 1);
    }

    @Test
    void whileAPartIsReadNothingIsReset() throws Exception {
        bench.sap.rows(SET, 2000);
        var reading = new CompletableFuture<Boolean>();
        var mayEnd = new CompletableFuture<Boolean>();
        var first = CompletableFuture.supplyAsync(() -> Bench.run(
                runner(1000, (client, request, sink) -> {
                    if (!request.target().contains("$orderby")) {
                        reading.complete(true);
                        mayEnd.join();
                    }
                    return client.read(request, sink);
                }),
                "plants"));
        reading.get();
        try {
            assertThatThrownBy(() -> AllIntegrationsLock.of(bench.store, bench.terms(3)))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(InboundProblem.INBOUND_RUNNING));
        } finally {
            mayEnd.complete(true);
        }
        assertThat(first.get()).hasOnlyElementsOfType(RunResult.Loaded.class);
    }

    @Test
    void aFailureInOnePartKeepsWhatTheOthersLoaded() {
        bench.sap.rows(SET, 3000);
        bench.sap.fault(target -> target.startsWith("PlantSet 0 WERKS ge '000000002000'")
                ? new SapFixture.Reply(403, "text/plain", "no S_SERVICE")
                : null);
        var failed = (RunResult.Failed) Bench.run(bench.loads(1000), "plants").getFirst();
        assertThat(failed.failure().code().retryable()).isFalse();
        assertThat(bench.status("plants")).isEqualTo(Status.FAILED);
        assertThat(bench.state("plants").load().open()).isTrue();
        bench.sap.fault(target -> null);
        bench.sap.forget();
        assertThat(Bench.run(bench.loads(1000), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.state("plants").load().counters().inserted()).isEqualTo(3000);
        assertThat(bench.state("plants").health().lastError()).isNull();
    }

    @Test
    void aPageThatIsTooLargeIsHalvedAtOnce() {
        bench.sap.rows(SET, 2000);
        var results = Bench.run(
                bench.tampered(1000, (client, request, sink) -> {
                    if (request.pageSizeMax() > 300) {
                        throw ODataProblem.SAP_ANSWER_TOO_LARGE.because("too large");
                    }
                    return client.read(request, sink);
                }),
                "plants");
        assertThat(results).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.state("plants").load().pageSize()).isEqualTo(250);
        assertThat(bench.pauses).isEmpty();
    }

    private LoadState.Plan plan() {
        return Objects.requireNonNull(bench.state("plants").load().plan());
    }

    private long rowsRead(LoadState.Plan plan) {
        return PartitionState.sum(PartitionState.of(bench.store, "plants", plan))
                .rowsRead();
    }

    /** A runner that really waits, as those do that are at work together. */
    private InboundLoads runner(int pageSize, Bench.Tampering tampering) {
        var terms = new LoadOptions(
                2,
                pageSize,
                Holder.here(),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                InstantSource.system(),
                new Random(1),
                (stop, time) -> stop.pause(Duration.ofMillis(250)));
        return new InboundLoads(bench.store, "test", bench.source(tampering), terms);
    }

    private static void met(CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }
}
