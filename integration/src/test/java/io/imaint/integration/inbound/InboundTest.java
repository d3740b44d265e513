package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.pipeline.PagePipeline;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.DeltaState;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadState;
import io.imaint.integration.state.PartitionState;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InboundTest {
    @Test
    void aStateComesBackFromItsDocument() {
        var counters = new Counters(5, 3, 1, 1, 2, 6);
        var state = new InboundState(
                "work-orders",
                "test",
                7,
                new LoadState(
                        new LoadState.Plan(
                                "p",
                                "f",
                                "S?x",
                                List.of("a", "b"),
                                new LoadState.KeyRanges("A", List.of("'k'")),
                                8L,
                                7,
                                Instant.ofEpochMilli(9),
                                true),
                        counters,
                        9L,
                        Instant.ofEpochMilli(1),
                        Instant.ofEpochMilli(2),
                        4L,
                        250,
                        List.of("ZZ"),
                        true),
                new DeltaState(
                        new DeltaState.Position("scope", "m", Instant.ofEpochMilli(4), "D1", Instant.ofEpochMilli(5)),
                        counters,
                        3,
                        Instant.ofEpochMilli(6),
                        Instant.ofEpochMilli(7),
                        12L,
                        -40,
                        new DeltaState.Contents(Instant.ofEpochMilli(8), 2, Instant.ofEpochMilli(9)),
                        "note"),
                new InboundState.Health(
                        Instant.ofEpochMilli(7),
                        new InboundState.LastError(
                                "sap-failed", "d", "r", Instant.ofEpochMilli(3), Instant.ofEpochMilli(2)),
                        2,
                        3,
                        4));
        assertThat(InboundState.TYPE.read(InboundState.TYPE.write(state))).isEqualTo(state);
        var part = new PartitionState(
                "work-orders",
                3,
                "p",
                7,
                new PartitionState.Checkpoint("WorkOrderSet?x", "WorkOrderSet?y", false, "delta"),
                counters,
                9L,
                250,
                Instant.ofEpochMilli(1),
                2);
        assertThat(PartitionState.TYPE.read(PartitionState.TYPE.write(part))).isEqualTo(part);
        var none = InboundState.none("plants");
        assertThat(InboundState.TYPE.read(InboundState.TYPE.write(none))).isEqualTo(none);
    }

    @Test
    void linksMayGoOnForeverButNotInCircles() {
        var straight = new PagePipeline.NextLinks();
        Stream.iterate(0, i -> i + 1).limit(10_000).forEach(i -> straight.follow("p" + i));
        for (int length = 1; length < 40; length++) {
            int circle = length;
            var links = new PagePipeline.NextLinks();
            assertThatThrownBy(() -> Stream.iterate(0, i -> i + 1)
                            .limit(500)
                            .forEach(i -> links.follow(i < 10 ? "lead" + i : "p" + i % circle)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("INBOUND_PAGES_REPEAT");
        }
    }

    @Test
    void onlyProcessesOfThisMachineAreKnownToHaveEnded() {
        var here = Holder.here();
        assertThat(here.surelyEnded(here.anotherRunner().text())).isFalse();
        assertThat(here.surelyEnded(Bench.DEAD.text())).isTrue();
        assertThat(here.surelyEnded(new Holder(here.machine(), here.pid(), 1000, "earlier").text()))
                .isTrue();
        assertThat(here.surelyEnded(new Holder("elsewhere", 999_999_999L, 1, "x").text()))
                .isFalse();
        assertThat(here.surelyEnded("anything")).isFalse();
    }

    @Test
    void aHostAloneGetsThePathOfTheService() {
        var settings =
                Settings.of(Map.of("sap-url", "https://SAP.example:44300/", "sap-user", "u", "sap-password", "p"));
        var system = SapSystem.read(settings).orElseThrow();
        settings.verify();
        assertThat(system.serviceUrl())
                .hasToString("https://SAP.example:44300/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV");
        assertThat(system.identity())
                .isEqualTo("sap.example:44300/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV client 100");
        var whole = Settings.of(Map.of("sap-url", "http://h/x/Y_SRV/", "sap-user", "u", "sap-password", "p"));
        assertThat(SapSystem.read(whole).orElseThrow().serviceUrl()).hasToString("http://h/x/Y_SRV");
    }

    @Test
    void anAddressWithoutUserIsReported() {
        var settings = Settings.of(Map.of("sap-url", "http://h"));
        SapSystem.read(settings);
        assertThatThrownBy(settings::verify)
                .hasMessageContaining("sap-url needs either sap-user and sap-password, or sap-application-key");
    }
}
