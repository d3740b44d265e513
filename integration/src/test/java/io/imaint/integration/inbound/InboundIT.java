package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Integrations;
import io.imaint.kernel.problem.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
    void anotherSystemIsRefusedUntilTheReset() {
        Bench.run(bench.loads(3));
        bench.sap.forget();
        var other = new InboundLoads(bench.store, "other", bench.client(), bench.terms(3));
        assertThatThrownBy(() -> Bench.run(other))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(InboundProblem.SYSTEM_CHANGED));
        assertThat(bench.sap.requests()).isEmpty();
        var reset = new Reset(bench.store, bench.terms(3));
        assertThat(reset.counts()).isEqualTo(seven());
        assertThat(reset.run()).isEqualTo(seven());
        assertThat(reset.counts()).allSatisfy((name, count) -> assertThat(count).isZero());
        assertThat(Bench.run(new InboundLoads(bench.store, "other", bench.client(), bench.terms(3))))
                .hasOnlyElementsOfType(LoadResult.Loaded.class);
    }

    @Test
    void firstLoadRunsInTheBackgroundAndOnlyOnce() {
        try (var inbound = bench.inbound(3)) {
            assertThat(inbound.awaitFirstLoad()).hasSize(37).hasOnlyElementsOfType(LoadResult.Loaded.class);
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
    void readinessNamesWhatFailed() {
        bench.sap.fault(target -> new SapFixture.Reply(401, "text/html", "<html>Logon failed</html>"));
        try (var inbound = bench.inbound(3)) {
            inbound.awaitFirstLoad();
            assertThat(inbound.readiness().ready()).isFalse();
            assertThat(inbound.readiness().detail()).matches("loading 1 of 37: .* failed: SAP_UNAUTHENTICATED: .*");
        }
        assertThat(bench.sap.requests()).hasSize(1);
    }

    private static Map<String, Long> seven() {
        var seven = new LinkedHashMap<String, Long>();
        Integrations.product()
                .forEach(integration -> seven.put(integration.mapping().collection(), 7L));
        return seven;
    }
}
