package io.imaint.integration.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Conversion;
import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.definition.Status;
import io.imaint.integration.inbound.Bench;
import io.imaint.integration.inbound.SapFixture;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.AllIntegrationsLock;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import io.imaint.store.StoreProblem;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

public class InboundLoadsIT {
    private final Bench bench;

    InboundLoadsIT(@TempDir Path directory) {
        bench = new Bench(directory);
    }

    @BeforeEach
    void servesSevenRowsPerSet() {
        Integrations.product()
                .forEach(integration -> bench.sap.rows(integration.mapping().entitySet(), 7));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void loadsAllIntegrationsDependenciesFirst() {
        var order = Collections.synchronizedList(new ArrayList<String>());
        List<RunResult> results;
        try (var loads = bench.loads(3)) {
            results = loads.runAll(
                    new LoadListener() {
                        @Override
                        public void progressed(LoadListener.Progress progress) {}

                        @Override
                        public void ended(RunResult result) {
                            order.add(result.name());
                        }
                    },
                    new Cancellation());
        }
        assertThat(results).hasSize(37).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(order)
                .containsSubsequence(
                        "plants", "functional-locations", "equipment", "work-orders", "operations", "confirmations");
        for (var integration : Integrations.product()) {
            var type = Replicas.find(integration.mapping().collection()).orElseThrow();
            assertThat(bench.all(type)).as(type.name()).hasSize(7);
        }
        var run = bench.state("work-orders");
        assertThat(run.load().counters()).isEqualTo(new Counters(7, 7, 0, 0, 3, 0));
        assertThat(run.load().total()).isEqualTo(7);
        assertThat(run.system()).isEqualTo("test");
        assertThat(new InboundRuns(bench.store).newest("work-orders", 5))
                .singleElement()
                .matches(noted -> noted.kind() == InboundRun.Kind.LOAD
                        && noted.ending().equals(InboundRun.Ending.DONE)
                        && noted.counters().rowsRead() == 7);
        assertThat(bench.status("work-orders")).isEqualTo(Status.ACTIVE);
    }

    @Test
    void mapsTheFieldsOfAWorkOrder() {
        Bench.run(bench.loads(5000));
        var order = document("WorkOrders", "000000000001");
        assertThat(order.text("orderNumber")).hasValue("000000000001");
        assertThat(order.text("description")).hasValue("KTEXT 1");
        assertThat(order.texts("systemStatuses")).containsExactly("REL", "PRT", "MANC");
        assertThat(order.text("lifecycleStatus")).hasValue("REL");
        assertThat(order.flag("deletionFlag")).isTrue();
        assertThat(order.date("basicStart")).hasValue(LocalDate.of(2026, 1, 5));
        assertThat(order.integer("callNumber")).hasValue(1L);
        assertThat(order.instant("changedAt")).hasValue(Instant.ofEpochMilli(1_767_571_200_001L));
        assertThat(document("WorkOrders", "000000000000").has("basicStart")).isFalse();
        assertThat(document("WorkOrders", "000000000006").has("description")).isFalse();
        assertThat(document("WorkOrders", "000000000004").has("systemStatuses")).isFalse();
        var operation = document("Operations", "000000000001/000000000001/");
        assertThat(operation.decimal("work")).hasValue(new BigDecimal("1.50"));
        assertThat(operation.time("earliestStartTime")).hasValue(LocalTime.of(8, 30));
        assertThat(operation.has("suboperation")).isFalse();
        assertThat(document("Notifications", "000000000001").decimal("breakdownDuration"))
                .hasValue(new BigDecimal("1.25"));
    }

    @Test
    void loadedAgainNothingChanges() {
        Bench.run(bench.loads(3));
        var before =
                Replicas.ALL.stream().flatMap(type -> bench.all(type).stream()).toList();
        Bench.run(bench.loads(3));
        var after =
                Replicas.ALL.stream().flatMap(type -> bench.all(type).stream()).toList();
        assertThat(after).isEqualTo(before);
        assertThat(bench.state("equipment").load().counters()).isEqualTo(new Counters(7, 0, 0, 7, 3, 0));
    }

    @Test
    void anEmptyLastPageIsFine() {
        bench.sap.fault(target -> target.equals("PlantSet 0")
                ? json("{\"d\":{\"results\":[{\"WERKS\":\"1000\"}],\"__next\":\"PlantSet?$skiptoken=9\"}}")
                : target.equals("PlantSet 9") ? json("{\"d\":{\"results\":[]}}") : null);
        assertThat(Bench.run(bench.loads(3), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.state("plants").load().counters()).isEqualTo(new Counters(1, 1, 0, 0, 2, 0));
    }

    @Test
    void ofTwoRowsWithOneKeyTheLastCounts() {
        bench.sap.fault(target -> target.equals("PlantSet 0")
                ? json("{\"d\":{\"results\":[{\"WERKS\":\"2\",\"NAME1\":\"old\"},{\"WERKS\":\"1\"},"
                        + "{\"WERKS\":\"2\",\"NAME1\":\"new\"}]}}")
                : null);
        Bench.run(bench.loads(3), "plants");
        assertThat(document("Plants", "2").text("name")).hasValue("new");
        assertThat(bench.all(Replicas.PLANTS)).hasSize(2);
    }

    @Test
    void pagesThatLeadInACircleAreRefused() {
        bench.sap.fault(target -> target.startsWith("PlantSet")
                ? json("{\"d\":{\"results\":[{\"WERKS\":\"1\"}],\"__next\":\"PlantSet?$skiptoken=%d\"}}"
                        .formatted(Integer.parseInt(target.substring(9)) % 3 + 1))
                : null);
        assertThat(failure(Bench.run(bench.loads(3), "plants").getFirst()))
                .isEqualTo(InboundProblem.INBOUND_PAGES_REPEAT);
        assertThat(bench.sap.requests()).hasSizeLessThan(15);
    }

    @Test
    void aRefusedUserCostsExactlyOneRequest() {
        bench.sap.fault(target -> new SapFixture.Reply(401, "text/html", "<html>Logon failed</html>"));
        var results = Bench.run(bench.loads(3));
        assertThat(results)
                .hasSize(37)
                .allMatch(result ->
                        result instanceof RunResult.NotStarted || failure(result) == ODataProblem.SAP_UNAUTHENTICATED);
        assertThat(bench.sap.requests()).hasSize(1);
        assertThat(bench.status("plants")).isEqualTo(Status.FAILED);
        assertThat(bench.store.facts().after(0, 100))
                .isNotEmpty()
                .allSatisfy(fact -> {
                    assertThat(fact.name()).isEqualTo("IntegrationFailed");
                    assertThat(fact.data().get("code")).isEqualTo("sap-unauthenticated");
                })
                .anySatisfy(fact -> assertThat(fact.key()).isEqualTo("plants"));
    }

    @Test
    void aUserRefusedAtTheDataCostsOneRequestForLoadsSideBySide() {
        Bench.run(bench.loads(3));
        bench.sap.forget();
        bench.sap.fault(target -> target.equals("$metadata")
                ? null
                : new SapFixture.Reply(401, "text/html", "<html>Logon failed</html>"));
        var results = Bench.run(bench.loads(3), "work-centers", "functional-locations");
        assertThat(results).extracting(InboundLoadsIT::failure).containsOnly(ODataProblem.SAP_UNAUTHENTICATED);
        assertThat(bench.sap.requests()).hasSize(2).startsWith("$metadata");
    }

    @ParameterizedTest
    @EnumSource(ODataProblem.class)
    void everyProblemOfSapKeepsWhatIsLoadedAndTheNextRunContinues(ODataProblem problem) {
        var results = Bench.run(
                bench.tampered(3, (client, request, sink) -> {
                    if (request.target().contains("skiptoken")) {
                        throw problem.because("page two");
                    }
                    return client.read(request, sink);
                }),
                "plants");
        assertThat(failure(results.getFirst())).isEqualTo(problem);
        assertThat(bench.status("plants")).isEqualTo(Status.FAILED);
        assertThat(bench.state("plants").health().lastError())
                .isNotNull()
                .matches(error -> error.code().equals(problem.slug()));
        assertThat(bench.all(Replicas.PLANTS)).hasSize(3);
        assertThat(bench.pauses).hasSize(problem.retryable() ? 3 : 0);
        bench.sap.forget();
        assertThat(Bench.run(bench.loads(3), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.sap.requests()).containsExactly("$metadata", "PlantSet 3", "PlantSet 6");
        assertThat(bench.state("plants").load().counters()).isEqualTo(new Counters(7, 7, 0, 0, 3, 0));
        assertThat(bench.state("plants").health().lastError()).isNull();
    }

    @Test
    void aPageThatSapNoLongerKnowsMakesTheLoadBeginAgain() {
        everyProblemOfSapKeepsWhatIsLoadedAndTheNextRunContinues(ODataProblem.SAP_FAILED);
        Bench.run(bench.cut(3), "plants");
        var refused = new AtomicBoolean();
        var results = Bench.run(
                bench.tampered(3, (client, request, sink) -> {
                    if (request.target().contains("skiptoken") && refused.compareAndSet(false, true)) {
                        throw ODataProblem.SAP_NOT_FOUND.because("the token is gone");
                    }
                    return client.read(request, sink);
                }),
                "plants");
        assertThat(results).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.state("plants").load().counters()).isEqualTo(new Counters(7, 0, 0, 7, 3, 0));
    }

    @Test
    void aPageThatTakesTooLongIsHalvedAndThatIsRemembered() {
        bench.sap.rows("PlantSet", 600);
        var results = Bench.run(
                bench.tampered(500, (client, request, sink) -> {
                    if (request.pageSizeMax() > 200) {
                        throw ODataProblem.SAP_TIMEOUT.because("too slow");
                    }
                    return client.read(request, sink);
                }),
                "plants");
        assertThat(results).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.state("plants").load().pageSize()).isEqualTo(125);
        assertThat(bench.pauses).hasSize(2);
    }

    @Test
    void ofTwoRunnersOneWorks() throws Exception {
        var reading = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> Bench.run(
                bench.tampered(3, (client, request, sink) -> {
                    reading.countDown();
                    awaited(mayEnd);
                    return client.read(request, sink);
                }),
                "plants"));
        awaited(reading);
        try {
            assertThat(Bench.run(bench.loads(3), "plants")).hasOnlyElementsOfType(RunResult.RunningElsewhere.class);
            assertThat(bench.status("plants")).isEqualTo(Status.RUNNING);
            assertThatThrownBy(() -> AllIntegrationsLock.of(bench.store, bench.terms(3)))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(InboundProblem.INBOUND_RUNNING));
        } finally {
            mayEnd.countDown();
        }
        assertThat(first.get()).hasOnlyElementsOfType(RunResult.Loaded.class);
    }

    @Test
    void aRunnerWhoseLeaseRanOutStopsAndLeavesTheRestToTheNext() {
        var offset = new AtomicReference<>(0L);
        InstantSource clock = () -> Instant.now().plusSeconds(offset.get());
        var source = bench.source((client, request, sink) -> {
            if (request.target().contains("skiptoken")) {
                offset.set(3600L);
            }
            return client.read(request, sink);
        });
        var results = Bench.run(
                new InboundLoads(bench.store, "test", source, bench.terms(3, Holder.here(), clock)), "plants");
        assertThat(failure(results.getFirst())).isEqualTo(StoreProblem.LEASE_LOST);
        assertThat(bench.status("plants")).as("nobody is at it any more").isEqualTo(Status.ACTIVE);
        assertThat(bench.all(Replicas.PLANTS)).hasSize(6);
        assertThat(Bench.run(bench.loads(3), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.state("plants").load().counters()).isEqualTo(new Counters(7, 7, 0, 0, 3, 0));
    }

    @Test
    void aStoppedLoadContinuesWhereItWas() {
        var stop = new Cancellation();
        try (var loads = bench.loads(3)) {
            assertThat(loads.run(List.of("plants"), progress -> stop.request(), stop))
                    .containsExactly(new RunResult.Cancelled("plants"));
        }
        assertThat(bench.status("plants")).isEqualTo(Status.ACTIVE);
        bench.sap.forget();
        assertThat(Bench.run(bench.loads(3), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.sap.requests()).containsExactly("$metadata", "PlantSet 3", "PlantSet 6");
    }

    @Test
    void whatDependsOnAFailedIntegrationIsNotStarted() {
        bench.sap.fault(target ->
                target.startsWith("EquipmentSet") ? new SapFixture.Reply(403, "text/plain", "no S_SERVICE") : null);
        var results = Bench.run(bench.loads(3));
        assertThat(results)
                .filteredOn(RunResult.NotStarted.class::isInstance)
                .extracting(RunResult::line)
                .anyMatch(line -> line.contains("equipment failed (sap-"))
                .anyMatch(line -> line.contains("work-orders was not started"));
        assertThat(Bench.run(bench.loads(3), "operations").getFirst().line()).contains("work-orders is not loaded");
    }

    @Test
    void aMissingPropertyIsNamedBeforeAnyRowIsRead() {
        change(new Mapping.Field("ZZNEW", "custom", Conversion.TEXT, false, List.of()));
        var failed = (RunResult.Failed) Bench.run(bench.loads(3), "plants").getFirst();
        assertThat(failed.failure().code()).isEqualTo(DefinitionProblem.INBOUND_PROPERTY_MISSING);
        assertThat(failed.failure().detail()).isEqualTo("PlantSet has no ZZNEW");
        assertThat(bench.sap.requests()).containsExactly("$metadata");
    }

    @Test
    void anOptionalPropertyThatIsAbsentIsReported() {
        change(new Mapping.Field("ZZNEW", "custom", Conversion.TEXT, true, List.of()));
        var loaded = (RunResult.Loaded) Bench.run(bench.loads(3), "plants").getFirst();
        assertThat(loaded.absentProperties()).containsExactly("ZZNEW");
        assertThat(bench.state("plants").load().absentProperties()).containsExactly("ZZNEW");
    }

    private void change(Mapping.Field added) {
        var documents = bench.store.documents(Integrations.TYPE);
        Integrations.seed(documents);
        var stored = documents.find("plants").orElseThrow();
        var mapping = stored.value().mapping();
        var fields = new ArrayList<>(mapping.fields());
        fields.add(added);
        var changed = new Integration(
                "plants",
                null,
                new Mapping(mapping.entitySet(), mapping.collection(), mapping.keys(), fields),
                stored.value().reading(),
                Schedule.NONE,
                List.of(),
                Status.ACTIVE);
        documents.replace(changed, stored.rev());
    }

    private Document document(String collection, String id) {
        return bench.store
                .documents(Replicas.find(collection).orElseThrow())
                .find(id)
                .orElseThrow()
                .value();
    }

    private static Object failure(RunResult result) {
        return ((RunResult.Failed) result).failure().code();
    }

    private static SapFixture.Reply json(String body) {
        return new SapFixture.Reply(200, "application/json", body);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
