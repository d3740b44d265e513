package io.imaint.integration.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.Bench;
import io.imaint.integration.inbound.MortalStore;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.RunResult;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that dies at each of its calls to the store while it brings a set current, and the one that follows it. */
class DeltaCrashSimulation {
    private static final String NAME = "functional-locations";

    /** Far more calls than one run makes. */
    private static final int CALLS_MAX = 200;

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"token, false", "token, true", "expired, false", "expired, true", "buckets, false"})
    void everyDeathIsFollowedByARunThatEndsLikeAnUndisturbedOne(String what, boolean doneThen) {
        for (int call = 1; call < CALLS_MAX; call++) {
            if (!dies(what, doneThen, call)) {
                assertThat(call).isGreaterThan(8);
                return;
            }
        }
        throw new AssertionError("the run never ended");
    }

    private boolean dies(String what, boolean doneThen, int call) {
        try (var bench = new Bench(directory.resolve(what + doneThen + call))) {
            var sap = loaded(bench);
            var settings = new DeltaSettings(
                    Duration.ofMinutes(10),
                    Duration.ZERO,
                    Duration.ofSeconds(30),
                    50,
                    10,
                    Duration.ofDays(1),
                    2,
                    what.equals("buckets") ? 4 : 1000);
            run(bench.store, sap, bench, settings, Holder.here());
            for (int i = 0; i < 12; i += 2) {
                sap.putAt("FL-" + i, "PLTXT", "second", CLOCK.instant().plusSeconds(i));
            }
            sap.remove("FL-3");
            sap.put("FL-NEW", "PLTXT", "new");
            if (!what.equals("token")) {
                sap.expire();
            }
            var mortal = new MortalStore(bench.store, call, doneThen);
            try {
                run(mortal, sap, bench, settings, Bench.DEAD);
            } catch (MortalStore.Died atTheEdge) {
                assertThat(mortal.died()).isTrue();
            }
            var result = run(bench.store, sap, bench, settings, Holder.here());
            assertThat(result).as("%s after call %d", result.line(), call).isInstanceOf(RunResult.Current.class);
            assertSame(sap, bench, what + " after call " + call);
            assertThat(bench.all(Replicas.FUNCTIONAL_LOCATIONS))
                    .as("nothing is written twice, %s after call %d", what, call)
                    .allMatch(stored -> stored.rev() <= 2);
            return mortal.died();
        }
    }

    private static RunResult run(Store store, ChangingSap sap, Bench bench, DeltaSettings settings, Holder holder) {
        try (var deltas = new Deltas(
                Bench.context(store, sap, bench.terms(3, holder, CLOCK)), "READER", settings, Deltas.Listener.NONE)) {
            return deltas.run(NAME, new Cancellation());
        }
    }

    private static ChangingSap loaded(Bench bench) {
        var all = bench.store.documents(Integrations.TYPE);
        Integrations.seed(all);
        var stored = all.find(NAME).orElseThrow();
        var old = stored.value();
        var alone = new Integration(NAME, null, old.mapping(), old.reading(), old.schedule(), List.of(), old.status());
        assertThat(all.replace(alone, stored.rev())).isInstanceOf(Documents.Written.Done.class);
        try (var client = bench.client()) {
            var sap = new ChangingSap(alone, client.metadata(), CLOCK);
            for (int i = 0; i < 12; i++) {
                sap.putAt("FL-" + i, "PLTXT", "first", CLOCK.instant().minusSeconds(1000 + i));
            }
            var loads = new InboundLoads(bench.store, "test", sap, bench.terms(5, Holder.here(), CLOCK));
            assertThat(loads.run(List.of(NAME), LoadListener.NONE, new Cancellation()))
                    .hasOnlyElementsOfType(RunResult.Loaded.class);
            return sap;
        }
    }

    private static void assertSame(ChangingSap sap, Bench bench, String when) {
        var expected = new LinkedHashMap<String, String>();
        sap.rows().forEach((key, row) -> expected.put(key, String.valueOf(row.get("PLTXT"))));
        var found = new LinkedHashMap<String, String>();
        bench.all(Replicas.FUNCTIONAL_LOCATIONS)
                .forEach(stored -> found.put(
                        stored.key(), stored.value().text("description").orElse("")));
        assertThat(found).as(when).containsExactlyInAnyOrderEntriesOf(expected);
    }
}
