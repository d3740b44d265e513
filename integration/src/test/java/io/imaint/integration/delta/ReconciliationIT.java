package io.imaint.integration.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Reading;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadState;
import io.imaint.integration.state.ReconciliationReport;
import io.imaint.integration.state.RunResult;
import io.imaint.integration.state.RunResult.ChangeSource;
import io.imaint.store.Documents;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goal: what differs is found and put right, and nothing else is touched. Method: as DeltasIT. */
class ReconciliationIT extends ChangingSet {
    ReconciliationIT(@TempDir Path directory) {
        super(directory);
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
        assertThat(run.source()).isEqualTo(ChangeSource.RECONCILIATION);
        assertThat(run.run().ending().code()).isEqualTo("sap-delta-token-expired");
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
        assertThat(current().source()).isEqualTo(ChangeSource.TOKEN);
        assertSame();
    }

    @Test
    void aSecondChangeWithTheSameStampIsNotOverlooked() {
        current();
        pass(Duration.ofSeconds(10));
        sap.put("FL-3", "PLTXT", "second");
        current();
        sap.put("FL-3", "PLTXT", "third, with the stamp of the second");
        sap.expire();
        assertThat(current().source()).isEqualTo(ChangeSource.RECONCILIATION);
        assertSame();
    }

    @Test
    void aLetterOfARowThatIsGoneGoesToo() {
        sap.put("FL-A", "PLTXT", "new");
        sap.put("FL-B", "PLTXT", "new");
        sap.poison("FL-3");
        sap.poison("FL-A");
        sap.poison("FL-B");
        current();
        var letters = new DeadLetters(bench.store);
        assertThat(letters.rows(NAME)).containsExactlyInAnyOrder("FL-3", "FL-A", "FL-B");
        sap.remove("FL-A");
        sap.expire();
        assertThat(current().source()).isEqualTo(ChangeSource.RECONCILIATION);
        assertThat(letters.rows(NAME)).as("of those that cannot be read yet").containsExactlyInAnyOrder("FL-3", "FL-B");
        assertThat(document("FL-3").value().text("description")).contains("first 3");
        sap.cure("FL-3");
        sap.cure("FL-B");
        sap.expire();
        current();
        assertThat(letters.rows(NAME)).isEmpty();
        assertThat(bench.state(NAME).health().deadLetters()).isZero();
        assertSame();
    }

    @Test
    void aSetWithoutStampsIsReadWholeAndWhatIsMissingIsRemoved() {
        define(integration -> with(integration, new Reading(3, null, null, Reading.DeltaMode.FULL, null)));
        assertThat(current().source()).isEqualTo(ChangeSource.REREAD);
        sap.put("FL-3", "PLTXT", "second");
        sap.remove("FL-5");
        var run = current();
        assertThat(run.source()).isEqualTo(ChangeSource.REREAD);
        assertThat(run.run().counters().updated()).isEqualTo(1);
        assertThat(run.run().removed()).isEqualTo(1);
        assertSame();
    }

    @ParameterizedTest
    @EnumSource(ChangingSap.Addresses.class)
    void aKeyThatIsNotFilterableBlocksNothing(ChangingSap.Addresses addresses) {
        current();
        sap.refuseKeyFilters(addresses);
        sap.remove("FL-5");
        sap.put("FL-3", "PLTXT", "second");
        sap.expire();
        sap.forget();
        var run = current();
        assertThat(run.source()).isEqualTo(ChangeSource.RECONCILIATION);
        assertThat(run.run().removed()).isEqualTo(1);
        assertSame();
        boolean asked =
                sap.requests().stream().anyMatch(request -> request.startsWith("FunctionalLocationSet('FL-5')"));
        assertThat(asked).isEqualTo(addresses == ChangingSap.Addresses.SERVED);
        var documents = bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS);
        documents.remove("FL-1", document("FL-1").rev());
        documents.upsertAll(List.of(document("FL-2").value().copy().put("id", "FL-X")));
        try (var deltas = deltas("READER")) {
            var report = compared(deltas, ReconciliationOptions.REPORT);
            assertThat(report.missing().examples()).containsExactly("FL-1");
            assertThat(report.superfluous().examples()).containsExactly("FL-X");
            assertThat(report.unconfirmed().count()).isZero();
            assertThat(compared(deltas, ReconciliationOptions.REPAIR).same()).isTrue();
        }
        assertSame();
    }

    @Test
    void aRowOutsideOfTheFilterIsNotFetchedByItsAddress() {
        define(integration ->
                with(integration, new Reading(3, "PLTXT ne 'closed'", null, Reading.DeltaMode.FULL, "CHANGEDAT")));
        current();
        sap.refuseKeyFilters(ChangingSap.Addresses.SERVED);
        sap.remove("FL-5");
        pass(Duration.ofHours(1));
        sap.forget();
        current();
        assertThat(sap.requests()).noneMatch(request -> request.contains("('"));
        assertThat(bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS).find("FL-5"))
                .isEmpty();
    }

    @Test
    void aComparisonThatWouldRemoveTooMuchRemovesNothing() {
        current();
        sap.hideAll();
        sap.expire();
        try (var deltas = deltas("READER")) {
            assertThat(deltas.run(NAME, new Cancellation()))
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed -> assertThat(failed.failure().code())
                                    .isEqualTo(InboundProblem.INBOUND_SWEEP_REFUSED));
            assertThat(bench.all(Replicas.FUNCTIONAL_LOCATIONS)).hasSize(10);
            assertThat(bench.state(NAME).health().lastError())
                    .isNotNull()
                    .matches(error -> error.detail().contains("10 of 10")
                            && error.detail().contains("FL-0"));
            sap.put("FL-3", "PLTXT", "seen again");
            assertThat(deltas.run(NAME, new Cancellation())).isInstanceOfSatisfying(RunResult.Current.class, run -> {
                assertThat(run.source()).isEqualTo(ChangeSource.TOKEN);
                assertThat(run.note()).contains("may be removed");
            });
            assertThat(deltas.reconcile(
                            NAME, new ReconciliationOptions(true, false, 9), new Cancellation(), rows -> {}))
                    .isInstanceOfSatisfying(
                            RunResult.Reconciled.class,
                            compared -> assertThat(
                                            compared.report().superfluous().count())
                                    .isEqualTo(9));
        }
        assertSame();
        assertThat(bench.state(NAME).delta().note()).isNull();
    }

    @Test
    void aSweepThatIsDueAfterALoadIsRefusedOnceAndLeftToAnOperatorWhileChangesGoOn() {
        current();
        for (int i = 0; i < 9; i++) {
            bench.store
                    .documents(Replicas.FUNCTIONAL_LOCATIONS)
                    .upsertAll(List.of(document("FL-1").value().copy().put("id", "FL-G" + i)));
        }
        var load = bench.state(NAME).load();
        replaceLoad(load, load.plan(), true);
        try (var deltas = deltas("READER")) {
            assertThat(deltas.run(NAME, new Cancellation()))
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed -> assertThat(failed.failure().code())
                                    .isEqualTo(InboundProblem.INBOUND_SWEEP_REFUSED));
            sap.put("FL-3", "PLTXT", "changed meanwhile");
            assertThat(deltas.run(NAME, new Cancellation())).isInstanceOfSatisfying(RunResult.Current.class, run -> {
                assertThat(run.source()).isEqualTo(ChangeSource.TOKEN);
                assertThat(run.note()).contains("may be removed");
            });
            assertThat(document("FL-3").value().text("description")).contains("changed meanwhile");
            assertThat(bench.state(NAME).load().sweepDue()).isTrue();
            deltas.reconcile(NAME, new ReconciliationOptions(true, false, 9), new Cancellation(), rows -> {});
        }
        assertThat(bench.state(NAME).load().sweepDue()).isFalse();
        assertSame();
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
            var report = compared(deltas, ReconciliationOptions.REPORT);
            assertThat(report.missing().examples()).containsExactly("FL-1");
            assertThat(report.stale().examples()).containsExactly("FL-2");
            assertThat(report.superfluous().examples()).containsExactly("FL-X");
            assertThat(report.same()).isFalse();
            assertThat(report.sourceSum()).isNotEqualTo(report.storeSum());
            assertThat(bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS).find("FL-X"))
                    .isPresent();
            assertThat(compared(deltas, ReconciliationOptions.REPAIR).same()).isTrue();
            assertSame();
            var after = compared(deltas, ReconciliationOptions.REPORT);
            assertThat(after.differences()).isZero();
            assertThat(after.sourceSum()).isEqualTo(after.storeSum());
            sap.put("FL-7", "PLTXT", "the subscription lives on");
            assertThat(deltas.run(NAME, new Cancellation()))
                    .isInstanceOfSatisfying(
                            RunResult.Current.class,
                            run -> assertThat(run.source()).isEqualTo(ChangeSource.TOKEN));
        }
    }

    @Test
    void theRangeThatDiffersIsNamedAndTheRangesAddUpToTheWhole() {
        current();
        rangesOfTheLoad("'FL-3'", "'FL-6'");
        pass(Duration.ofSeconds(1));
        sap.put("FL-", "PLTXT", "before all that was loaded");
        sap.put("FL-Z", "PLTXT", "after all that was loaded");
        current();
        var documents = bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS);
        var wrong = document("FL-3").value().copy().put("changedAt", "2020-01-01T00:00:00.000Z");
        documents.remove("FL-4", document("FL-4").rev());
        documents.upsertAll(List.of(wrong, wrong.copy().put("id", "FL-5X")));
        sap.forget();
        try (var deltas = deltas("READER")) {
            var report = compared(deltas, ReconciliationOptions.REPORT);
            assertThat(sap.requests().stream().filter(target -> target.contains("$select=TPLNR,CHANGEDAT")))
                    .as("twelve keys in pages of three, as without ranges")
                    .hasSize(4);
            assertThat(report.partitions().stream().map(ReconciliationReport.PartitionReport::words))
                    .containsExactly("TPLNR below FL-3", "TPLNR from FL-3 below FL-6", "TPLNR from FL-6");
            assertThat(report.partitions().stream().map(ReconciliationReport.PartitionReport::sameSum))
                    .containsExactly(true, false, true);
            assertThat(report.partitions().stream().map(part -> part.source().keys()))
                    .containsExactly(4L, 3L, 5L);
            var differing = report.partitions().get(1);
            assertThat(differing.missing()).isEqualTo(1);
            assertThat(differing.stale()).isEqualTo(1);
            assertThat(differing.superfluous()).isEqualTo(1);
            assertAddUp(report);
            assertThat(compared(deltas, ReconciliationOptions.REPAIR).same()).isTrue();
            var after = compared(deltas, ReconciliationOptions.REPORT);
            assertThat(after.partitions()).allMatch(ReconciliationReport.PartitionReport::sameSum);
            assertAddUp(after);
        }
    }

    private static void assertAddUp(ReconciliationReport report) {
        assertThat(sum(report, part -> part.source().keys())).isEqualTo(report.sourceRows());
        assertThat(sum(report, part -> part.store().keys())).isEqualTo(report.storeDocuments());
        assertThat(sum(report, part -> Long.parseUnsignedLong(part.source().sum(), 16)))
                .isEqualTo(Long.parseUnsignedLong(report.sourceSum(), 16));
        assertThat(sum(report, ReconciliationReport.PartitionReport::missing))
                .isEqualTo(report.missing().count());
        assertThat(sum(report, ReconciliationReport.PartitionReport::stale))
                .isEqualTo(report.stale().count());
        assertThat(sum(report, ReconciliationReport.PartitionReport::superfluous))
                .isEqualTo(report.superfluous().count());
    }

    private static long sum(ReconciliationReport report, ToLongFunction<ReconciliationReport.PartitionReport> number) {
        return report.partitions().stream().mapToLong(number).sum();
    }

    @Test
    void aSetThatWasLoadedInOneIsOnePartition() {
        current();
        try (var deltas = deltas("READER")) {
            assertThat(compared(deltas, ReconciliationOptions.REPORT).partitions())
                    .singleElement()
                    .satisfies(all -> {
                        assertThat(all.words()).isEqualTo("all");
                        assertThat(all.source().keys()).isEqualTo(10);
                        assertThat(all.sameSum()).isTrue();
                    });
        }
    }

    /** As if the load of the rows had been split there. */
    private void rangesOfTheLoad(String... boundaries) {
        var load = bench.state(NAME).load();
        var plan = load.plan();
        assertThat(plan).isNotNull();
        var split = new LoadState.Plan(
                plan.id(),
                plan.made(),
                plan.read(),
                plan.filters(),
                new LoadState.KeyRanges("TPLNR", List.of(boundaries)),
                plan.total(),
                plan.documentsBefore(),
                plan.plannedAt(),
                plan.done());
        replaceLoad(load, split, load.sweepDue());
    }

    private void replaceLoad(LoadState load, LoadState.@Nullable Plan plan, boolean sweepDue) {
        var states = bench.store.documents(InboundState.TYPE);
        var stored = states.find(NAME).orElseThrow();
        var changed = new LoadState(
                plan,
                load.counters(),
                load.total(),
                load.loadedAt(),
                load.startedAt(),
                load.lastDurationMs(),
                load.pageSize(),
                load.absentProperties(),
                sweepDue);
        assertThat(states.replace(stored.value().with(changed), stored.rev()))
                .isInstanceOf(Documents.Written.Done.class);
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
        var small = settings(0, 20);
        try (var deltas = deltas("READER", small)) {
            assertThat(deltas.run(NAME, new Cancellation())).isInstanceOf(RunResult.Current.class);
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
        assertThat(current().source()).isEqualTo(ChangeSource.TOKEN);
        assertSame();
    }
}
