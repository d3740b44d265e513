package io.imaint.integration.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.inbound.Bench;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.Row;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadState;
import io.imaint.integration.state.RunResult;
import io.imaint.integration.state.RunResult.ChangeSource;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: what changes in SAP arrives once, whatever happens. Method: a set that changes, read into a real store. */
class DeltasIT extends ChangingSet {
    DeltasIT(@TempDir Path directory) {
        super(directory);
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
        assertThat(run.source()).isEqualTo(ChangeSource.TOKEN);
        assertThat(run.run().counters()).isEqualTo(counters(4, 1, 2, 0, 2));
        assertThat(run.run().removed()).isEqualTo(1);
        assertThat(sap.requests()).hasSize(3).allMatch(target -> !target.contains("$filter"));
        assertSame();
        assertThat(document("FL-6").rev()).isEqualTo(2);
        assertThat(current().run().counters().rowsRead()).isZero();
    }

    @Test
    void aPollThatFindsNothingWritesNothingUntilItsTimeToNoteIt() {
        current();
        sap.put("FL-3", "PLTXT", "second");
        current();
        var rev = stateRev();
        var token = bench.state(NAME).delta().position().token();
        var fence = fence();
        for (int i = 0; i < 9; i++) {
            pass(Duration.ofSeconds(3));
            current();
        }
        assertThat(stateRev()).isEqualTo(rev);
        assertThat(fence()).as("no lease but of this test").isEqualTo(fence + 1);
        pass(Duration.ofSeconds(3));
        current();
        assertThat(stateRev()).isEqualTo(rev + 1);
        assertThat(bench.state(NAME).delta().position().token()).isEqualTo(token);
        assertThat(new InboundRuns(bench.store).newest(NAME, 10))
                .extracting(InboundRun::kind)
                .contains(InboundRun.Kind.DELTA);
    }

    /** The fence of the next lease says how many there were. */
    private long fence() {
        var leases = bench.store.leases();
        var next = leases.acquire(HeldLease.nameFor(NAME), "a test", Duration.ofSeconds(1))
                .orElseThrow();
        leases.release(next);
        return next.fence();
    }

    @Test
    void aTokenIsAlsoFoundWhereSapListsThem() {
        sap.tell(ChangingSap.Telling.LINKS);
        current();
        sap.put("FL-3", "PLTXT", "second");
        assertThat(current().source()).isEqualTo(ChangeSource.TOKEN);
        assertSame();
        assertThat(bench.state(NAME).delta().note()).isNull();
    }

    @Test
    void aNewerTokenOfAnotherReaderIsNotTaken() {
        sap.tell(ChangingSap.Telling.LINKS_OF_OTHERS_TOO);
        sap.expire();
        current();
        sap.put("FL-3", "PLTXT", "second");
        assertThat(current().source()).isEqualTo(ChangeSource.TOKEN);
        assertSame();
    }

    @Test
    void withoutATokenStampsShowWhatChangedAndKeysWhatIsGone() {
        sap.tell(ChangingSap.Telling.NOWHERE);
        sap.expire();
        var first = current();
        assertThat(first.source()).isEqualTo(ChangeSource.RECONCILIATION);
        assertThat(first.note()).contains("no delta token");
        pass(Duration.ofMinutes(1));
        sap.put("FL-3", "PLTXT", "second");
        sap.remove("FL-5");
        sap.forget();
        assertThat(current().source()).isEqualTo(ChangeSource.STAMP);
        assertThat(sap.requests().getFirst()).contains("CHANGEDAT%20ge%20datetimeoffset'2026-03-01T07:55:00Z'");
        assertThat(document("FL-3").value().text("description")).contains("second");
        assertThat(bench.state(NAME).delta().position().watermark()).isEqualTo(Instant.parse("2026-03-01T08:01:00Z"));
        pass(Duration.ofMinutes(10));
        sap.tell(ChangingSap.Telling.LAST_PAGE);
        assertThat(current().source()).isEqualTo(ChangeSource.RECONCILIATION);
        assertSame();
        assertThat(bench.state(NAME).delta().note()).isNull();
        assertThat(current().source()).isEqualTo(ChangeSource.TOKEN);
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherMappingReadsTheSetAgain(boolean beforeTheFirstDelta) {
        if (!beforeTheFirstDelta) {
            current();
        }
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
        assertThat(current().source()).isEqualTo(ChangeSource.REREAD);
        assertThat(document("FL-3").value().has("description")).isFalse();
        assertThat(bench.all(Replicas.FUNCTIONAL_LOCATIONS)).hasSize(9);
        assertThat(current().source()).isEqualTo(ChangeSource.TOKEN);
    }

    @Test
    void anotherUserDoesNotUseTheTokenOfTheFirst() {
        current();
        sap.put("FL-3", "PLTXT", "second");
        sap.forget();
        try (var deltas = deltas("OTHER")) {
            assertThat(deltas.run(NAME, new Cancellation()))
                    .isInstanceOfSatisfying(
                            RunResult.Current.class,
                            run -> assertThat(run.source()).isEqualTo(ChangeSource.RECONCILIATION));
        }
        assertThat(sap.requests()).noneMatch(target -> target.contains("deltatoken"));
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
    void aLetterThatACrashLeftUnnotedGoesWithTheRowsCure() {
        current();
        var unnoted = new DeadLetters(bench.store);
        var letter = new Row.Unreadable(Map.of("TPLNR", "FL-3"), "PLTXT", "#", "it is poisoned");
        var integration = Integrations.all(bench.store.documents(Integrations.TYPE)).stream()
                .map(Stored::value)
                .filter(one -> one.name().equals(NAME))
                .findFirst()
                .orElseThrow();
        unnoted.keep(List.of(DeadLetter.of(integration, letter, clock.instant())));
        assertThat(bench.state(NAME).health().deadLetters()).isZero();
        sap.cure("FL-3");
        current();
        assertThat(unnoted.count(NAME)).isZero();
        assertSame();
    }

    @Test
    void aFloodOfPoisonEndsTheRunWithoutMovingOn() {
        current();
        for (int i = 0; i < 200; i++) {
            sap.put("FL-P%03d".formatted(i), "PLTXT", "p");
            sap.poison("FL-P%03d".formatted(i));
        }
        var token = bench.state(NAME).delta().position().token();
        try (var deltas = new Deltas(
                Bench.context(bench.store, sap, bench.terms(150, Holder.here(), clock)),
                "READER",
                SETTINGS,
                Deltas.Listener.NONE)) {
            assertThat(deltas.run(NAME, new Cancellation()))
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed -> assertThat(failed.failure().code())
                                    .isEqualTo(InboundProblem.INBOUND_ROWS_UNREADABLE));
        }
        assertThat(bench.state(NAME).delta().position().token()).isEqualTo(token);
        assertThat(bench.state(NAME).health().lastError())
                .isNotNull()
                .matches(error -> error.code().equals("inbound-rows-unreadable"));
    }

    @Test
    void aRunThatFailsKeepsThePositionAndTheNextOneSucceeds() {
        current();
        var token = bench.state(NAME).delta().position().token();
        for (int i = 0; i < 5; i++) {
            sap.put("FL-" + i, "PLTXT", "second");
        }
        sap.forget();
        sap.before(3, () -> {
            throw ODataProblem.SAP_REQUEST_REFUSED.because("the second page");
        });
        try (var deltas = deltas("READER")) {
            assertThat(deltas.run(NAME, new Cancellation())).isInstanceOf(RunResult.Current.class);
            sap.before(3, () -> {
                throw ODataProblem.SAP_UNAUTHORIZED.because("the second page");
            });
            for (int i = 0; i < 5; i++) {
                sap.put("FL-" + i, "PLTXT", "third");
            }
            var failed = deltas.run(NAME, new Cancellation());
            assertThat(failed).isInstanceOf(RunResult.Failed.class);
            var state = bench.state(NAME);
            assertThat(state.health().failuresInRow()).isEqualTo(1);
            assertThat(state.delta().position().token()).isNotEqualTo(token);
            assertThat(document("FL-0").value().text("description")).contains("third");
            assertThat(document("FL-4").value().text("description")).contains("second");
            assertThat(deltas.run(NAME, new Cancellation())).isInstanceOf(RunResult.Current.class);
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
    void aLoadThatWasBrokenOffIsToldAndOneThatGoesOnIsWaitedFor() {
        var states = bench.store.documents(InboundState.TYPE);
        var stored = states.find(NAME).orElseThrow();
        var plan = new LoadState.Plan(
                "again", "", "FunctionalLocationSet", List.of(""), LoadState.KeyRanges.ALL, null, 10, now.get(), false);
        states.replace(stored.value().with(stored.value().load().begun(plan, List.of(), now.get())), stored.rev());
        try (var deltas = deltas("READER")) {
            assertThat(deltas.run(NAME, new Cancellation()))
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed -> assertThat(failed.failure().code())
                                    .isEqualTo(InboundProblem.INBOUND_LOAD_UNFINISHED));
            try (var part =
                    HeldLease.acquire(bench.store, NAME, 1, bench.terms(3)).orElseThrow()) {
                assertThat(deltas.run(NAME, new Cancellation())).isInstanceOf(RunResult.RunningElsewhere.class);
                part.check();
            }
        }
    }

    @Test
    void anIntegrationThatIsNotLoadedOrAtWorkElsewhereIsLeftAlone() {
        try (var deltas = deltas("READER")) {
            assertThat(deltas.run("plants", new Cancellation())).isInstanceOf(RunResult.NotStarted.class);
            try (var held = HeldLease.acquire(bench.store, NAME, bench.terms(3)).orElseThrow()) {
                assertThat(deltas.run(NAME, new Cancellation())).isInstanceOf(RunResult.RunningElsewhere.class);
                held.check();
            }
            assertThat(deltas.runAll(new Cancellation()))
                    .filteredOn(RunResult.Current.class::isInstance)
                    .hasSize(1);
        }
    }
}
