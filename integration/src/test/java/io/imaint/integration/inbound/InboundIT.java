package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.AllIntegrationsLock;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a started service loads what is missing, once, from the one system it belongs to. Method: as InboundLoadsIT. */
class InboundIT {
    private final Bench bench;

    InboundIT(@TempDir Path directory) {
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
    void anotherSystemIsRefusedUntilTheStoreIsNobodys() {
        Bench.run(bench.loads(3));
        bench.sap.forget();
        var other = new InboundLoads(bench.store, "other", bench.client(), bench.terms(3));
        assertThatThrownBy(() -> Bench.run(other))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(InboundProblem.SYSTEM_CHANGED));
        assertThat(bench.sap.requests()).isEmpty();
        new LoadedSystem(null, null).write(bench.store);
        assertThat(Bench.run(new InboundLoads(bench.store, "other", bench.client(), bench.terms(3))))
                .hasOnlyElementsOfType(RunResult.Loaded.class);
    }

    @Test
    void nothingLoadsWhileAllDataIsAboutToBeReplaced() {
        new LoadedSystem(null, new LoadedSystem.Unfinished("a reset", "imaint reset --yes", new Document()))
                .write(bench.store);
        assertThatThrownBy(() -> Bench.run(bench.loads(3)))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(InboundProblem.ARCHIVE_UNFINISHED))
                .hasMessageContaining("imaint reset --yes");
        try (var still = AllIntegrationsLock.of(bench.store, bench.terms(3))) {
            assertThatThrownBy(() -> Bench.run(bench.loads(3)))
                    .as("its command is at it")
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(InboundProblem.ARCHIVE_RUNNING));
            still.check();
        }
        assertThat(bench.sap.requests()).isEmpty();
    }

    @Test
    void twoProcessesThatStartTogetherReadEachPageOnce() {
        try (var one = bench.inbound(3);
                var other = bench.inbound(3)) {
            one.awaitFirstLoad();
            other.awaitFirstLoad();
            assertThat(one.readiness().ready()).isTrue();
        }
        assertThat(bench.sap.requests().stream().filter(target -> target.contains("Set ")))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void whatAnotherProcessHasLoadedMeanwhileIsNotBegunAgain() {
        var due = List.of("plants", "work-centers");
        Bench.run(bench.loads(3), "plants", "work-centers");
        bench.sap.forget();
        try (var loads = bench.loads(3)) {
            assertThat(loads.complete(due, LoadListener.NONE, new Cancellation()))
                    .hasSize(2)
                    .hasOnlyElementsOfType(RunResult.Loaded.class);
        }
        assertThat(bench.sap.requests()).isEmpty();
    }

    @Test
    void theFirstSystemThatLoadsGetsTheStore() {
        LoadedSystem.claim(bench.store, "test");
        LoadedSystem.claim(bench.store, "test");
        assertThatThrownBy(() -> LoadedSystem.claim(bench.store, "other"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(InboundProblem.SYSTEM_CHANGED));
        assertThat(LoadedSystem.of(bench.store).system()).isEqualTo("test");
    }

    @Test
    void aSystemOfWhichNothingWasLoadedClaimsNothing() {
        bench.sap.fault(
                target -> target.startsWith("PlantSet") ? new SapFixture.Reply(503, "text/html", "busy") : null);
        Bench.run(bench.loads(3), "plants");
        assertThat(LoadedSystem.of(bench.store).system()).isNull();
        LoadedSystem.require(bench.store, "the right one");
        bench.sap.fault(target -> null);
        Bench.run(bench.loads(3), "plants");
        assertThat(LoadedSystem.of(bench.store).system()).isEqualTo("test");
    }

    @Test
    void aLaterVersionMaySayMoreOfTheSystemButNotNameAnother() {
        LoadedSystem.claim(bench.store, "simulator");
        LoadedSystem.claim(bench.store, "simulator, 500 orders");
        assertThat(LoadedSystem.of(bench.store).system()).isEqualTo("simulator, 500 orders");
        assertThatThrownBy(() -> LoadedSystem.require(bench.store, "simulator, 5000 orders"))
                .hasMessageContaining("imaint integrations switch --system simulator");
    }

    @Test
    void firstLoadRunsInTheBackgroundAndOnlyOnce() {
        try (var inbound = bench.inbound(3)) {
            assertThat(inbound.awaitFirstLoad()).hasSize(37).hasOnlyElementsOfType(RunResult.Loaded.class);
            assertThat(inbound.readiness().ready()).isTrue();
        }
        bench.sap.forget();
        try (var inbound = bench.inbound(3)) {
            assertThat(inbound.awaitFirstLoad()).isEmpty();
            assertThat(inbound.readiness().ready()).isTrue();
        }
        assertThat(bench.sap.requests()).isEmpty();
    }

    @Test
    void aReloadThatWasBrokenOffGoesOnWithTheNextStart() {
        Bench.run(bench.loads(3));
        Bench.run(bench.cut(3), "plants");
        assertThat(bench.state("plants").load().open()).isTrue();
        try (var inbound = bench.inbound(3)) {
            assertThat(inbound.awaitFirstLoad()).singleElement().isInstanceOf(RunResult.Loaded.class);
        }
        assertThat(bench.state("plants").load().open()).isFalse();
    }

    @Test
    void whatOnlyAPersonCanMendKeepsNobodyElseFromTryingAgain() {
        var failures = new AtomicInteger();
        bench.sap.fault(target -> target.startsWith("PrioritySet")
                ? new SapFixture.Reply(403, "text/html", "<html>No authorization</html>")
                : target.startsWith("MaterialSet") && failures.incrementAndGet() <= 30
                        ? new SapFixture.Reply(503, "text/html", "<html>busy</html>")
                        : null);
        try (var inbound = bench.inbound(3)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bench.state("stocks").loaded());
            assertThat(inbound.awaitFirstLoad())
                    .as("told at once, while others try again")
                    .anyMatch(RunResult.Failed.class::isInstance);
        }
        assertThat(failures.get()).isGreaterThan(30);
        assertThat(bench.state("priorities").loaded()).isFalse();
    }

    @Test
    void readinessNamesWhatFailed() {
        bench.sap.fault(target -> new SapFixture.Reply(401, "text/html", "<html>Logon failed</html>"));
        try (var inbound = bench.inbound(3)) {
            inbound.awaitFirstLoad();
            assertThat(inbound.readiness().ready()).isFalse();
            assertThat(inbound.readiness().detail()).matches("loading 1 of 37: .* failed: sap-unauthenticated: .*");
        }
        assertThat(bench.sap.requests()).hasSize(1);
    }
}
