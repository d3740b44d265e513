package io.imaint.integration.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import io.imaint.store.Stored;
import java.time.Duration;
import java.util.List;
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
        var integration = new Integration(
                "work-orders",
                "/sap/opu/odata/sap/API_X",
                product.mapping(),
                new Reading(250, "WERKS eq '1000'", new Partitioning("AUFNR", 50_000), DeltaMode.STAMP, "CHANGEDAT"),
                new Schedule(Duration.ofSeconds(1), null, Duration.ofMillis(100), Schedule.Misfire.SKIP, true),
                List.of("plants"),
                Status.FAILED);
        var document = Integrations.TYPE.write(integration);
        assertThat(document.get("status")).isEqualTo(4L);
        assertThat(Integrations.TYPE.read(document)).isEqualTo(integration);
        assertThat(Integrations.TYPE.read(Integrations.TYPE.write(product))).isEqualTo(product);
    }

    @Test
    void unknownAndWrongFieldsAreRefusedByName() {
        var plants = Integrations.product().getFirst();
        assertRefused(
                Integrations.TYPE.write(plants).put("pagesize", 5), "Integrations 'plants': 'pagesize' is unknown");
        assertRefused(Integrations.TYPE.write(plants).put("pageSize", 0), "Integrations 'plants': pageSize is 0");
        assertRefused(Integrations.TYPE.write(plants).put("status", 2), "'status' must be 0, 1, 3 or 4, not 2");
        assertRefused(Integrations.TYPE.write(plants).put("keys", "WERKS"), "'keys' must be a list");
        assertRefused(Integrations.TYPE.write(plants).put("collection", "Users"), "no collection 'Users'");
        assertRefused(Integrations.TYPE.write(plants).put("keys", List.of(1)), "'keys' must be a list of texts");
        assertRefused(
                Integrations.TYPE
                        .write(plants)
                        .put(
                                "fields",
                                List.of(new Document()
                                        .put("from", "A")
                                        .put("to", "a")
                                        .put("convert", "magic"))),
                "Integrations 'plants'.fields: there is no convert 'magic'");
    }

    @Test
    void circlesOfDependenciesAreRefused() {
        var circle = depending("plants");
        assertThatThrownBy(() -> Integrations.inOrder(stored(List.of(circle))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("wait for one another: plants");
        var lost = depending("gone");
        assertThatThrownBy(() -> Integrations.inOrder(stored(List.of(lost))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("depends on 'gone'");
    }

    private static Integration depending(String need) {
        var plants = Integrations.product().getFirst();
        return new Integration(
                "plants", null, plants.mapping(), plants.reading(), Schedule.NONE, List.of(need), Status.ACTIVE);
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
