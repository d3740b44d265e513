package io.imaint.integration.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.DeltaState;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadState;
import io.imaint.integration.state.RunResult;
import io.imaint.store.Documents;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a row that changed without a new change stamp is found and repaired within the stated time. Method: as DeltasIT. */
class ContentsIT extends ChangingSet {
    ContentsIT(@TempDir Path directory) {
        super(directory);
    }

    /** The store keeps an old value of a row with the row's present stamp. */
    private void makeStale(String id) {
        bench.store
                .documents(Replicas.FUNCTIONAL_LOCATIONS)
                .upsertAll(List.of(document(id).value().copy().put("description", "stale")));
    }

    /** SAP changes a row without a stamp, so that neither side has one. */
    private void loseStamp(String id) {
        sap.putAt(id, "PLTXT", "without a stamp", Instant.EPOCH);
        Objects.requireNonNull(sap.rows().get(id)).remove("CHANGEDAT");
        bench.store
                .documents(Replicas.FUNCTIONAL_LOCATIONS)
                .upsertAll(List.of(document(id).value().copy().put("changedAt", null)));
    }

    @Test
    void onlyTheComparisonOfContentsFindsARowThatChangedBehindItsStamp() {
        current();
        makeStale("FL-2");
        try (var deltas = deltas("READER")) {
            var stamps = compared(deltas, ReconciliationOptions.REPORT);
            assertThat(stamps.differences()).isZero();
            assertThat(stamps.line())
                    .isEqualTo(
                            "10 rows in SAP, 10 in the store, no difference: keys and change stamps equal; contents not compared");
            var contents = compared(deltas, new ReconciliationOptions(false, true, -1));
            assertThat(contents.stale().examples()).containsExactly("FL-2");
            assertThat(compared(deltas, new ReconciliationOptions(true, true, -1))
                            .same())
                    .isTrue();
            assertThat(compared(deltas, new ReconciliationOptions(false, true, -1))
                            .line())
                    .isEqualTo("10 rows in SAP, 10 in the store, no difference: keys and contents equal");
        }
        assertSame();
    }

    @Test
    void theScheduleFindsSuchRowsWithinThePeriod() {
        current();
        threeRanges();
        makeStale("FL-2");
        makeStale("FL-4");
        loseStamp("FL-7");
        var before = now.get();
        try (var deltas = deltas("READER")) {
            compareUntil(deltas, before.plus(SETTINGS.contentsEvery()));
        }
        assertThat(document("FL-2").value().text("description")).contains("first 2");
        assertThat(document("FL-4").value().text("description")).contains("first 4");
        assertThat(document("FL-7").value().text("description")).contains("without a stamp");
        assertThat(contents().comparedAt()).isAfter(before).isBeforeOrEqualTo(now.get());
        assertThat(new InboundRuns(bench.store)
                        .newest(NAME, 10).stream()
                                .filter(run -> run.kind() == InboundRun.Kind.RECONCILE)
                                .mapToLong(run -> run.counters().updated())
                                .sum())
                .isEqualTo(3);
    }

    @Test
    void eachRangeIsComparedOnceInAPeriodAndTheNextPassFollows() {
        current();
        threeRanges();
        sap.forget();
        try (var deltas = deltas("READER")) {
            compareUntil(deltas, now.get().plus(SETTINGS.contentsEvery().multipliedBy(3)));
        }
        assertThat(sap.requests()).isNotEmpty().allMatch(target -> target.contains("PLTXT"));
        for (var range : List.of("TPLNR%20lt%20'FL-3'", "TPLNR%20ge%20'FL-3'%20and", "TPLNR%20ge%20'FL-6'")) {
            assertThat(sap.requests().stream()
                            .filter(target -> target.contains("$filter=" + range) && !target.contains("skiptoken"))
                            .count())
                    .as(range)
                    .isBetween(2L, 4L);
        }
    }

    @Test
    void anotherProcessGoesOnWhereOneEnded() {
        current();
        threeRanges();
        sap.forget();
        pass(SETTINGS.contentsEvery().dividedBy(2));
        try (var deltas = deltas("READER")) {
            assertThat(deltas.compareContents(NAME, new Cancellation())).isInstanceOf(RunResult.Current.class);
        }
        assertThat(contents().partitions()).isEqualTo(1);
        sap.forget();
        pass(SETTINGS.contentsEvery());
        try (var deltas = deltas("READER")) {
            assertThat(deltas.compareContents(NAME, new Cancellation())).isInstanceOf(RunResult.Current.class);
        }
        assertThat(sap.requests()).allMatch(target -> target.contains("TPLNR%20ge%20'FL-3'"));
        assertThat(contents().partitions()).isEqualTo(2);
    }

    @Test
    void nothingIsReadBeforeItIsDueAndAStoppedRangeIsComparedAgain() {
        current();
        sap.forget();
        try (var deltas = deltas("READER")) {
            assertThat(deltas.compareContents(NAME, new Cancellation())).isInstanceOf(RunResult.NotStarted.class);
            assertThat(sap.requests()).isEmpty();
            pass(SETTINGS.contentsEvery());
            var stop = new Cancellation();
            sap.before(2, stop::request);
            assertThat(deltas.compareContents(NAME, stop)).isInstanceOf(RunResult.Cancelled.class);
            assertThat(bench.state(NAME).delta().contents()).isNull();
            assertThat(deltas.compareContents(NAME, new Cancellation())).isInstanceOf(RunResult.Current.class);
        }
    }

    @Test
    void deltasGoOnWhileContentsAreRead() {
        current();
        pass(SETTINGS.contentsEvery());
        var meanwhile = new AtomicReference<RunResult>();
        sap.before(2, () -> {
            sap.put("FL-3", "PLTXT", "changed meanwhile");
            meanwhile.set(current());
        });
        try (var deltas = deltas("READER")) {
            assertThat(deltas.compareContents(NAME, new Cancellation()))
                    .isInstanceOfSatisfying(
                            RunResult.Current.class,
                            run -> assertThat(run.run().counters().updated()).isZero());
        }
        assertThat(meanwhile.get()).isInstanceOf(RunResult.Current.class);
        assertSame();
    }

    @Test
    void aReconciliationComparesTheContentsOfASample() {
        current();
        makeStale("FL-2");
        sap.expire();
        try (var deltas = deltas("READER", settings(10, 1000))) {
            assertThat(deltas.run(NAME, new Cancellation()))
                    .isInstanceOfSatisfying(
                            RunResult.Current.class,
                            run -> assertThat(run.run().counters().updated()).isEqualTo(1));
        }
        assertSame();
    }

    /** Lets the time pass hour by hour, and compares what is due. */
    private void compareUntil(Deltas deltas, Instant end) {
        while (now.get().isBefore(end)) {
            pass(Duration.ofHours(1));
            while (deltas.contentsDue(NAME).orElseThrow().isBefore(now.get())) {
                var result = deltas.compareContents(NAME, new Cancellation());
                assertThat(result).as(result.line()).isInstanceOf(RunResult.Current.class);
            }
        }
    }

    private DeltaState.Contents contents() {
        var contents = bench.state(NAME).delta().contents();
        assertThat(contents).isNotNull();
        return contents;
    }

    /** As if the load had been split into three ranges. */
    private void threeRanges() {
        var load = bench.state(NAME).load();
        var plan = load.plan();
        assertThat(plan).isNotNull();
        var split = new LoadState.Plan(
                plan.id(),
                plan.made(),
                plan.read(),
                List.of("TPLNR lt 'FL-3'", "TPLNR ge 'FL-3' and TPLNR lt 'FL-6'", "TPLNR ge 'FL-6'"),
                new LoadState.KeyRanges("TPLNR", List.of("'FL-3'", "'FL-6'")),
                plan.total(),
                plan.documentsBefore(),
                now.get(),
                true);
        var states = bench.store.documents(InboundState.TYPE);
        var stored = states.find(NAME).orElseThrow();
        var loaded = new LoadState(
                split,
                load.counters(),
                load.total(),
                load.loadedAt(),
                load.startedAt(),
                load.lastDurationMs(),
                load.pageSize(),
                load.absentProperties(),
                load.sweepDue());
        assertThat(states.replace(stored.value().with(loaded), stored.rev()))
                .isInstanceOf(Documents.Written.Done.class);
    }
}
