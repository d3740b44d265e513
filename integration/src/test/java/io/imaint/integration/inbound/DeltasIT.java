package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.DeltaMode;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.inbound.DeltaResult.Way;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.references.ChunkStep;
import io.imaint.store.Documents;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what changes in SAP arrives once, whatever happens. Method: a set that changes, read into a real store. */
class DeltasIT {
    private static final String NAME = "functional-locations";
    private static final DeltaSettings SETTINGS =
            new DeltaSettings(Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofSeconds(30), 3, 10, 1000);

    private final Bench bench;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T08:00:00Z"));
    private final InstantSource clock = now::get;
    private final List<long[]> lags = new ArrayList<>();
    private ChangingSap sap;

    DeltasIT(@TempDir Path directory) {
        bench = new Bench(directory);
        Integrations.seed(bench.store.documents(Integrations.TYPE));
        define(old ->
                new Integration(NAME, null, old.mapping(), old.reading(), old.schedule(), List.of(), old.status()));
        sap = sap();
    }

    private ChangingSap sap() {
        try (var client = bench.client()) {
            return new ChangingSap(bench.integration(NAME), client.metadata(), clock);
        }
    }

    @BeforeEach
    void tenRowsAreLoaded() {
        for (int i = 0; i < 10; i++) {
            sap.putAt("FL-" + i, "PLTXT", "first " + i, now.get().minus(Duration.ofHours(i)));
        }
        bench.sap.rows("FunctionalLocationSet", 0);
        var loads = new InboundLoads(bench.store, "test", sap, terms());
        assertThat(loads.run(List.of(NAME), LoadListener.NONE, new Stop()).getFirst())
                .isInstanceOf(LoadResult.Loaded.class);
        sap.forget();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void changesDeletionsAndCreationsArriveByToken() {
        current();
        pass(Duration.ofSeconds(1));
        sap.put("FL-3", "PLTXT", "second");
        sap.put("FL-A", "PLTXT", "new");
        sap.remove("FL-5");
        sap.remove("FL-6");
        sap.put("FL-6", "PLTXT", "came again");
        sap.forget();
        var run = current();
        assertThat(run.way()).isEqualTo(Way.TOKEN);
        assertThat(run.run().counters()).isEqualTo(counters(4, 1, 2, 0, 2));
        assertThat(run.run().removed()).isEqualTo(1);
        assertThat(sap.requests()).hasSize(2).allMatch(target -> !target.contains("$filter"));
        assertSame();
        assertThat(document("FL-6").rev()).isEqualTo(2);
        assertThat(current().run().counters().rowsRead()).isZero();
    }

    @Test
    void aRunThatFoundNothingWritesNothingForHalfAMinute() {
        current();
        sap.put("FL-3", "PLTXT", "second");
        current();
        var rev = stateRev();
        var token = bench.state(NAME).delta().token();
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(5));
            current();
        }
        assertThat(stateRev()).isEqualTo(rev);
        pass(Duration.ofSeconds(10));
        current();
        assertThat(stateRev()).isEqualTo(rev + 1);
        assertThat(bench.state(NAME).delta().token()).isEqualTo(token);
        assertThat(new InboundRuns(bench.store).newest(NAME, 10))
                .extracting(InboundRun::kind)
                .contains(InboundRun.Kind.DELTA);
    }

    @Test
    void anExpiredTokenCostsOnlyTheKeysAndWhatDiffers() {
        current();
        pass(Duration.ofHours(30));
        sap.put("FL-3", "PLTXT", "second");
        sap.put("FL-A", "PLTXT", "new");
        sap.remove("FL-5");
        sap.expire();
        sap.forget();
        var run = current();
        assertThat(run.way()).isEqualTo(Way.COMPARE);
        assertThat(run.run().ending().code()).isEqualTo("SAP_DELTA_TOKEN_EXPIRED");
        assertThat(run.run().counters().inserted()).isEqualTo(1);
        assertThat(run.run().counters().updated()).isEqualTo(1);
        assertThat(run.run().removed()).isEqualTo(1);
        assertSame();
        var requests = sap.requests();
        assertThat(requests.getFirst()).contains("!deltatoken=");
        assertThat(requests.stream().filter(target -> target.contains("$select=TPLNR,CHANGEDAT")))
                .as("ten keys in pages of three")
                .hasSize(4);
        assertThat(requests.stream().filter(target -> target.contains("TPLNR%20eq")))
                .as("those that differ, and the one that is gone")
                .hasSize(2);
        assertThat(requests.getLast())
                .as("what has the newest stamp that was seen may have changed once more")
                .contains("CHANGEDAT%20ge");
        assertThat(requests).hasSize(8);
        pass(Duration.ofSeconds(1));
        sap.put("FL-4", "PLTXT", "third");
        assertThat(current().way()).isEqualTo(Way.TOKEN);
        assertSame();
    }

    @Test
    void aTokenIsAlsoFoundWhereSapListsThem() {
        sap.tell(ChangingSap.Telling.LINKS);
        current();
        sap.put("FL-3", "PLTXT", "second");
        assertThat(current().way()).isEqualTo(Way.TOKEN);
        assertSame();
        assertThat(bench.state(NAME).delta().note()).isNull();
    }

    @Test
    void withoutATokenStampsShowWhatChangedAndKeysWhatIsGone() {
        sap.tell(ChangingSap.Telling.NOWHERE);
        sap.expire();
        var first = current();
        assertThat(first.way()).isEqualTo(Way.COMPARE);
        assertThat(first.note()).contains("no delta token");
        pass(Duration.ofMinutes(1));
        sap.put("FL-3", "PLTXT", "second");
        sap.remove("FL-5");
        sap.forget();
        assertThat(current().way()).isEqualTo(Way.STAMP);
        assertThat(sap.requests().getFirst()).contains("CHANGEDAT%20ge%20datetimeoffset'2026-03-01T07:55:00Z'");
        assertThat(document("FL-3").value().text("description")).contains("second");
        assertThat(bench.state(NAME).delta().watermark()).isEqualTo(Instant.parse("2026-03-01T08:01:00Z"));
        pass(Duration.ofMinutes(10));
        sap.tell(ChangingSap.Telling.LAST_PAGE);
        assertThat(current().way()).isEqualTo(Way.COMPARE);
        assertSame();
        assertThat(bench.state(NAME).delta().note()).isNull();
        assertThat(current().way()).isEqualTo(Way.TOKEN);
    }

    @Test
    void aChangeThatIsCommittedLateIsFoundInTheOverlap() {
        sap.tell(ChangingSap.Telling.NOWHERE);
        sap.expire();
        current();
        pass(Duration.ofMinutes(3));
        sap.put("FL-3", "PLTXT", "second");
        current();
        sap.putAt("FL-4", "PLTXT", "stamped before, committed now", now.get().minusSeconds(60));
        current();
        assertSame();
    }

    @Test
    void aRowOlderThanWhatStandsThereChangesNothing() {
        current();
        pass(Duration.ofSeconds(10));
        sap.put("FL-3", "PLTXT", "newest");
        current();
        sap.putAt("FL-3", "PLTXT", "from an old page", now.get().minusSeconds(5));
        var run = current();
        assertThat(run.run().counters().unchanged()).isEqualTo(1);
        assertThat(document("FL-3").value().text("description")).contains("newest");
    }

    @Test
    void aSecondChangeWithTheSameStampIsNotOverlooked() {
        current();
        pass(Duration.ofSeconds(10));
        sap.put("FL-3", "PLTXT", "second");
        current();
        sap.put("FL-3", "PLTXT", "third, with the stamp of the second");
        sap.expire();
        assertThat(current().way()).isEqualTo(Way.COMPARE);
        assertSame();
    }

    @Test
    void anotherMappingReadsTheSetAgain() {
        current();
        define(integration -> with(
                integration,
                new Mapping(
                        integration.mapping().entitySet(),
                        integration.mapping().collection(),
                        integration.mapping().keys(),
                        integration.mapping().fields().stream()
                                .filter(field -> !field.to().equals("description"))
                                .toList())));
        sap.remove("FL-5");
        sap.forget();
        assertThat(current().way()).isEqualTo(Way.REREAD);
        assertThat(document("FL-3").value().has("description")).isFalse();
        assertThat(bench.all(Replicas.FUNCTIONAL_LOCATIONS)).hasSize(9);
        assertThat(current().way()).isEqualTo(Way.TOKEN);
    }

    @Test
    void anotherUserDoesNotUseTheTokenOfTheFirst() {
        current();
        sap.put("FL-3", "PLTXT", "second");
        sap.forget();
        try (var deltas = deltas("OTHER")) {
            assertThat(deltas.run(NAME, new Stop()))
                    .isInstanceOfSatisfying(
                            DeltaResult.Current.class,
                            run -> assertThat(run.way()).isEqualTo(Way.COMPARE));
        }
        assertThat(sap.requests()).noneMatch(target -> target.contains("deltatoken"));
        assertSame();
    }

    @Test
    void aSetWithoutStampsIsReadWholeAndWhatIsMissingIsRemoved() {
        define(integration -> with(integration, new Reading(3, null, null, DeltaMode.FULL, null)));
        assertThat(current().way()).isEqualTo(Way.REREAD);
        sap.put("FL-3", "PLTXT", "second");
        sap.remove("FL-5");
        var run = current();
        assertThat(run.way()).isEqualTo(Way.REREAD);
        assertThat(run.run().counters().updated()).isEqualTo(1);
        assertThat(run.run().removed()).isEqualTo(1);
        assertSame();
    }

    @Test
    void aPoisonedRowIsKeptAsideUntilItIsCured() {
        current();
        sap.put("FL-3", "PLTXT", "second");
        sap.put("FL-4", "PLTXT", "second");
        sap.poison("FL-3");
        var run = current();
        assertThat(run.run().deadLetters()).isEqualTo(1);
        assertThat(document("FL-4").value().text("description")).contains("second");
        assertThat(document("FL-3").value().text("description")).contains("first 3");
        assertThat(bench.state(NAME).health().deadLetters()).isEqualTo(1);
        var letters = new DeadLetters(bench.store);
        assertThat(letters.newest(NAME, 10, null).values())
                .singleElement()
                .satisfies(letter -> assertThat(letter.line()).isEqualTo("FL-3: PLTXT is '#': it is poisoned"));
        sap.poison("FL-3");
        current();
        assertThat(letters.newest(NAME, 10, null).values().getFirst().times()).isEqualTo(2);
        sap.cure("FL-3");
        current();
        assertThat(letters.count(NAME)).isZero();
        assertThat(bench.state(NAME).health().deadLetters()).isZero();
        assertSame();
    }

    @Test
    void aFloodOfPoisonEndsTheRunWithoutMovingOn() {
        current();
        for (int i = 0; i < 200; i++) {
            sap.put("FL-P%03d".formatted(i), "PLTXT", "p");
            sap.poison("FL-P%03d".formatted(i));
        }
        var token = bench.state(NAME).delta().token();
        try (var deltas = new Deltas(
                bench.store,
                "test",
                "READER",
                sap,
                bench.terms(150, Holder.here(), clock),
                SETTINGS,
                ChunkStep.NONE,
                DeltaListener.NONE)) {
            assertThat(deltas.run(NAME, new Stop()))
                    .isInstanceOfSatisfying(
                            DeltaResult.Failed.class,
                            failed -> assertThat(failed.failure().code())
                                    .isEqualTo(InboundProblem.INBOUND_ROWS_UNREADABLE));
        }
        assertThat(bench.state(NAME).delta().token()).isEqualTo(token);
        assertThat(bench.state(NAME).health().lastError().code()).isEqualTo("INBOUND_ROWS_UNREADABLE");
    }

    @Test
    void aComparisonThatWouldRemoveTooMuchRemovesNothing() {
        current();
        sap.hideAll();
        sap.expire();
        try (var deltas = deltas("READER")) {
            assertThat(deltas.run(NAME, new Stop()))
                    .isInstanceOfSatisfying(
                            DeltaResult.Failed.class,
                            failed -> assertThat(failed.failure().code())
                                    .isEqualTo(InboundProblem.INBOUND_SWEEP_REFUSED));
            assertThat(bench.all(Replicas.FUNCTIONAL_LOCATIONS)).hasSize(10);
            assertThat(bench.state(NAME).health().lastError().detail()).contains("10 of 10", "FL-0");
            sap.put("FL-3", "PLTXT", "seen again");
            assertThat(deltas.run(NAME, new Stop())).isInstanceOfSatisfying(DeltaResult.Current.class, run -> {
                assertThat(run.way()).isEqualTo(Way.TOKEN);
                assertThat(run.note()).contains("may be removed");
            });
            assertThat(deltas.verify(NAME, new DeltaVerification(true, false, 9), new Stop()))
                    .isInstanceOfSatisfying(
                            DeltaResult.Compared.class,
                            compared -> assertThat(
                                            compared.report().superfluous().count())
                                    .isEqualTo(9));
        }
        assertSame();
        assertThat(bench.state(NAME).delta().note()).isNull();
    }

    @Test
    void verifyTellsDifferencesAndRepairsThemOnlyWhenAsked() {
        current();
        var documents = bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS);
        documents.remove("FL-1", document("FL-1").rev());
        var wrong = document("FL-2").value().copy().put("changedAt", "2020-01-01T00:00:00.000Z");
        documents.upsertAll(List.of(wrong, wrong.copy().put("id", "FL-X")));
        sap.forget();
        try (var deltas = deltas("READER")) {
            var report = compared(deltas, DeltaVerification.REPORT);
            assertThat(report.missing().examples()).containsExactly("FL-1");
            assertThat(report.stale().examples()).containsExactly("FL-2");
            assertThat(report.superfluous().examples()).containsExactly("FL-X");
            assertThat(report.same()).isFalse();
            assertThat(report.sourceSum()).isNotEqualTo(report.storeSum());
            assertThat(bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS).find("FL-X"))
                    .isPresent();
            assertThat(compared(deltas, DeltaVerification.REPAIR).same()).isTrue();
            assertSame();
            var after = compared(deltas, DeltaVerification.REPORT);
            assertThat(after.differences()).isZero();
            assertThat(after.sourceSum()).isEqualTo(after.storeSum());
            sap.put("FL-7", "PLTXT", "the subscription lives on");
            assertThat(deltas.run(NAME, new Stop()))
                    .isInstanceOfSatisfying(
                            DeltaResult.Current.class,
                            run -> assertThat(run.way()).isEqualTo(Way.TOKEN));
        }
    }

    @Test
    void aSetLargerThanMemoryIsComparedBucketByBucket() {
        for (int i = 0; i < 500; i++) {
            sap.put("FL-B%03d".formatted(i), "PLTXT", "b " + i);
        }
        current();
        pass(Duration.ofSeconds(1));
        for (int i = 0; i < 500; i += 7) {
            sap.put("FL-B%03d".formatted(i), "PLTXT", "changed " + i);
        }
        sap.remove("FL-B011");
        sap.put("FL-BNEW", "PLTXT", "new");
        sap.expire();
        var small = new DeltaSettings(Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofSeconds(30), 3, 10, 20);
        try (var deltas = deltas("READER", small)) {
            assertThat(deltas.run(NAME, new Stop())).isInstanceOf(DeltaResult.Current.class);
        }
        assertSame();
    }

    @Test
    void whatMovesWhileKeysAreReadIsNoDifferenceInTheEnd() {
        current();
        sap.expire();
        sap.forget();
        sap.before(3, () -> {
            sap.put("FL-0", "PLTXT", "changed behind the reader");
            sap.remove("FL-1");
            sap.put("FL-00", "PLTXT", "created behind the reader");
            sap.remove("FL-9");
            sap.put("FL-99", "PLTXT", "created before the reader");
        });
        current();
        assertThat(current().way()).isEqualTo(Way.TOKEN);
        assertSame();
    }

    @Test
    void aRunThatFailsKeepsThePositionAndTheNextOneSucceeds() {
        current();
        var token = bench.state(NAME).delta().token();
        for (int i = 0; i < 5; i++) {
            sap.put("FL-" + i, "PLTXT", "second");
        }
        sap.forget();
        sap.before(2, () -> {
            throw ODataProblem.SAP_REQUEST_REFUSED.because("the second page");
        });
        try (var deltas = deltas("READER")) {
            assertThat(deltas.run(NAME, new Stop())).isInstanceOf(DeltaResult.Current.class);
            sap.before(2, () -> {
                throw ODataProblem.SAP_UNAUTHORIZED.because("the second page");
            });
            for (int i = 0; i < 5; i++) {
                sap.put("FL-" + i, "PLTXT", "third");
            }
            var failed = deltas.run(NAME, new Stop());
            assertThat(failed).isInstanceOf(DeltaResult.Failed.class);
            var state = bench.state(NAME);
            assertThat(state.health().failuresInRow()).isEqualTo(1);
            assertThat(state.delta().token()).isNotEqualTo(token);
            assertThat(document("FL-0").value().text("description")).contains("third");
            assertThat(document("FL-4").value().text("description")).contains("second");
            assertThat(deltas.run(NAME, new Stop())).isInstanceOf(DeltaResult.Current.class);
        }
        assertThat(bench.state(NAME).health().lastError()).isNull();
        assertSame();
    }

    @Test
    void lagIsMeasuredInSapsTime() {
        current();
        pass(Duration.ofSeconds(7));
        sap.put("FL-3", "PLTXT", "second");
        pass(Duration.ofMillis(1500));
        var run = current().run();
        assertThat(run.lagMs()).isBetween(1000L, 2600L);
        assertThat(lags.getLast()).hasSize(1);
        assertThat(current().run().lagMs()).isNull();
    }

    @Test
    void anIntegrationThatIsNotLoadedOrAtWorkElsewhereIsLeftAlone() {
        try (var deltas = deltas("READER")) {
            assertThat(deltas.run("plants", new Stop())).isInstanceOf(DeltaResult.NotStarted.class);
            try (var held = HeldLease.acquire(bench.store.leases(), NAME, bench.terms(3))
                    .orElseThrow()) {
                assertThat(deltas.run(NAME, new Stop())).isInstanceOf(DeltaResult.RunningElsewhere.class);
                held.check();
            }
            assertThat(deltas.runAll(new Stop()))
                    .filteredOn(DeltaResult.Current.class::isInstance)
                    .hasSize(1);
        }
    }

    private DeltaResult.Current current() {
        try (var deltas = deltas("READER")) {
            var result = deltas.run(NAME, new Stop());
            assertThat(result).as(result.line()).isInstanceOf(DeltaResult.Current.class);
            return (DeltaResult.Current) result;
        }
    }

    private static ReconciliationReport compared(Deltas deltas, DeltaVerification how) {
        var result = deltas.verify(NAME, how, new Stop());
        assertThat(result).as(result.line()).isInstanceOf(DeltaResult.Compared.class);
        return ((DeltaResult.Compared) result).report();
    }

    private Deltas deltas(String user) {
        return deltas(user, SETTINGS);
    }

    private Deltas deltas(String user, DeltaSettings settings) {
        return new Deltas(bench.store, "test", user, sap, terms(), settings, ChunkStep.NONE, (run, ms) -> lags.add(ms));
    }

    private LoadTerms terms() {
        return bench.terms(3, Holder.here(), clock);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static Counters counters(long rows, long inserted, long updated, long unchanged, long pages) {
        return new Counters(rows, inserted, updated, unchanged, pages, 0);
    }

    private void define(UnaryOperator<Integration> change) {
        var all = bench.store.documents(Integrations.TYPE);
        var stored = all.find(NAME).orElseThrow();
        assertThat(all.replace(change.apply(stored.value()), stored.rev())).isInstanceOf(Documents.Written.Done.class);
    }

    private static Integration with(Integration old, Mapping mapping) {
        return new Integration(
                old.name(), old.service(), mapping, old.reading(), old.schedule(), old.dependsOn(), old.status());
    }

    private static Integration with(Integration old, Reading reading) {
        return new Integration(
                old.name(), old.service(), old.mapping(), reading, old.schedule(), old.dependsOn(), old.status());
    }

    private Stored<io.imaint.store.Document> document(String id) {
        return bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS).find(id).orElseThrow();
    }

    private long stateRev() {
        return bench.store
                .documents(InboundStates.TYPE)
                .find(NAME)
                .orElseThrow()
                .rev();
    }

    /** The store has each of SAP's rows, and no other. */
    private void assertSame() {
        var expected = new LinkedHashMap<String, String>();
        sap.rows().forEach((key, row) -> expected.put(key, row.get("PLTXT") + " " + row.get("CHANGEDAT")));
        Map<String, String> found = new LinkedHashMap<>();
        bench.all(Replicas.FUNCTIONAL_LOCATIONS)
                .forEach(stored -> found.put(
                        stored.key(),
                        stored.value().text("description").orElse("") + " "
                                + stored.value().instant("changedAt").orElseThrow()));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
    }
}
