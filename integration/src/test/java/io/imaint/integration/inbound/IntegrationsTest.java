package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Document;
import io.imaint.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IntegrationsTest {
    @Test
    void theProductBringsSevenInDependencyOrder() {
        var product = Integrations.product();
        assertThat(product)
                .extracting(Integration::name)
                .containsExactly(
                        "plants",
                        "work-centers",
                        "functional-locations",
                        "equipment",
                        "notifications",
                        "work-orders",
                        "operations");
        assertThat(Integrations.inOrder(stored(product.reversed())))
                .extracting(Stored::key)
                .startsWith("plants")
                .endsWith("operations");
    }

    @Test
    void anIntegrationComesBackFromItsDocument() {
        var product = Integrations.product().get(5);
        var integration = product.with(
                        Status.FAILED,
                        new Run(
                                new Counters(5, 3, 1, 1, 2),
                                9L,
                                new Checkpoint("WorkOrderSet?x", "WorkOrderSet?y", false, "delta", 1),
                                Instant.ofEpochMilli(1),
                                Instant.ofEpochMilli(2),
                                new LastError("SAP_FAILED", "d", "r", Instant.ofEpochMilli(3)),
                                Duration.ofMillis(4),
                                "test",
                                7,
                                List.of("ZZ")))
                .withPageSize(250);
        var document = Integrations.TYPE.write(integration);
        assertThat(document.get("status")).isEqualTo(4L);
        assertThat(Integrations.TYPE.read(document)).isEqualTo(integration);
        assertThat(Integrations.TYPE.read(Integrations.TYPE.write(product))).isEqualTo(product);
    }

    @Test
    void unknownAndWrongFieldsAreRefusedByName() {
        var plants = Integrations.product().getFirst();
        assertRefused(Integrations.TYPE.write(plants).put("pagesize", 5), "Integrations 'plants': 'pagesize' is unknown");
        assertRefused(Integrations.TYPE.write(plants).put("pageSize", 0), "Integrations 'plants': pageSize is 0");
        assertRefused(Integrations.TYPE.write(plants).put("status", 2), "'status' must be 0, 1, 3 or 4, not 2");
        assertRefused(Integrations.TYPE.write(plants).put("keys", "WERKS"), "'keys' must be a list");
        assertRefused(Integrations.TYPE.write(plants).put("collection", "Users"), "no collection 'Users'");
        assertRefused(Integrations.TYPE.write(plants).put("keys", List.of(1)), "'keys' must be a list of texts");
        assertRefused(
                Integrations.TYPE
                        .write(plants)
                        .put("fields", List.of(new Document().put("from", "A").put("to", "a").put("convert", "magic"))),
                "Integrations 'plants'.fields: there is no convert 'magic'");
    }

    @Test
    void circlesOfDependenciesAreRefused() {
        var plants = Integrations.product().getFirst();
        var circle = new Integration("plants", plants.mapping(), null, List.of("plants"), Status.ACTIVE, Run.NONE);
        assertThatThrownBy(() -> Integrations.inOrder(stored(List.of(circle))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("wait for one another: plants");
        var lost = new Integration("plants", plants.mapping(), null, List.of("gone"), Status.ACTIVE, Run.NONE);
        assertThatThrownBy(() -> Integrations.inOrder(stored(List.of(lost))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("depends on 'gone'");
    }

    @Test
    void linksMayGoOnForeverButNotInCircles() {
        var straight = new NextLinks();
        Stream.iterate(0, i -> i + 1).limit(10_000).forEach(i -> straight.follow("p" + i));
        for (int length = 1; length < 40; length++) {
            int circle = length;
            var links = new NextLinks();
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
        var settings = Settings.of(Map.of("sap-url", "https://SAP.example:44300/", "sap-user", "u", "sap-password", "p"));
        var system = SapSettings.read(settings).system().orElseThrow();
        settings.verify();
        assertThat(system.serviceUrl())
                .hasToString("https://SAP.example:44300/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV");
        assertThat(system.identity())
                .isEqualTo("sap.example:44300/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV client 100");
        var whole = Settings.of(Map.of("sap-url", "http://h/x/Y_SRV/", "sap-user", "u", "sap-password", "p"));
        assertThat(SapSettings.read(whole).system().orElseThrow().serviceUrl()).hasToString("http://h/x/Y_SRV");
    }

    @Test
    void anAddressWithoutUserIsReported() {
        var settings = Settings.of(Map.of("sap-url", "http://h"));
        SapSettings.read(settings);
        assertThatThrownBy(settings::verify).hasMessageContaining("sap-url needs sap-user and sap-password");
    }

    private static List<Stored<Integration>> stored(List<Integration> integrations) {
        return integrations.stream()
                .map(integration -> new Stored<>(integration.name(), 1, 0, integration))
                .toList();
    }

    private static void assertRefused(Document document, String finding) {
        assertThatThrownBy(() -> Integrations.TYPE.read(document))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("INTEGRATION_INVALID")
                .hasMessageContaining(finding);
    }
}
