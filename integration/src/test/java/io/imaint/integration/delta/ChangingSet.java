package io.imaint.integration.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.inbound.Bench;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.ReconciliationReport;
import io.imaint.integration.state.RunResult;
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
import org.junit.jupiter.api.io.TempDir;

/** A set that changes, loaded into a real store, for the tests of how it is kept current. */
abstract class ChangingSet {
    static final String NAME = "functional-locations";
    static final DeltaSettings SETTINGS = settings(0, 1000);

    static DeltaSettings settings(int contentsSample, int idsMax) {
        return new DeltaSettings(
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                3,
                10,
                Duration.ofDays(1),
                contentsSample,
                idsMax);
    }

    final Bench bench;
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T08:00:00Z"));
    final InstantSource clock = now::get;
    final List<long[]> lags = new ArrayList<>();
    ChangingSap sap;

    ChangingSet(@TempDir Path directory) {
        bench = new Bench(directory);
        Integrations.seed(bench.store.documents(Integrations.TYPE));
        define(old ->
                new Integration(NAME, null, old.mapping(), old.reading(), old.schedule(), List.of(), old.status()));
        sap = sap();
    }

    ChangingSap sap() {
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
        assertThat(loads.run(List.of(NAME), LoadListener.NONE, new Cancellation())
                        .getFirst())
                .isInstanceOf(RunResult.Loaded.class);
        sap.forget();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    RunResult.Current current() {
        try (var deltas = deltas("READER")) {
            var result = deltas.run(NAME, new Cancellation());
            assertThat(result).as(result.line()).isInstanceOf(RunResult.Current.class);
            return (RunResult.Current) result;
        }
    }

    static ReconciliationReport compared(Deltas deltas, ReconciliationOptions how) {
        var result = deltas.reconcile(NAME, how, new Cancellation(), rows -> {});
        assertThat(result).as(result.line()).isInstanceOf(RunResult.Reconciled.class);
        return ((RunResult.Reconciled) result).report();
    }

    Deltas deltas(String user) {
        return deltas(user, SETTINGS);
    }

    Deltas deltas(String user, DeltaSettings settings) {
        return new Deltas(Bench.context(bench.store, sap, terms()), user, settings, (run, ms) -> lags.add(ms));
    }

    LoadOptions terms() {
        return bench.terms(3, Holder.here(), clock);
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    static Counters counters(long rows, long inserted, long updated, long unchanged, long pages) {
        return new Counters(rows, inserted, updated, unchanged, pages, 0);
    }

    void define(UnaryOperator<Integration> change) {
        var all = bench.store.documents(Integrations.TYPE);
        var stored = all.find(NAME).orElseThrow();
        assertThat(all.replace(change.apply(stored.value()), stored.rev())).isInstanceOf(Documents.Written.Done.class);
    }

    static Integration with(Integration old, Mapping mapping) {
        return new Integration(
                old.name(), old.service(), mapping, old.reading(), old.schedule(), old.dependsOn(), old.status());
    }

    static Integration with(Integration old, Reading reading) {
        return new Integration(
                old.name(), old.service(), old.mapping(), reading, old.schedule(), old.dependsOn(), old.status());
    }

    Stored<io.imaint.store.Document> document(String id) {
        return bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS).find(id).orElseThrow();
    }

    long stateRev() {
        return bench.store.documents(InboundState.TYPE).find(NAME).orElseThrow().rev();
    }

    /** The store has each of SAP's rows, and no other. */
    void assertSame() {
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
