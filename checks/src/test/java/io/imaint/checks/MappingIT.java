package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Conversion;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataSettings;
import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.SimulatorSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: no property of the service was forgotten. Method: the product's mappings against the simulator's metadata. */
class MappingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path temp = Path.of("");

    private static Metadata metadata = new Metadata(List.of());

    private static Program simulator;

    @BeforeAll
    static void readMetadata() {
        simulator = Program.start(temp.resolve("simulator"), Map.of(), "simulator", "--port", "0", "--orders", "100");
        var url = URI.create(simulator.awaitLine("ready").split(" ", -1)[1]);
        var password = new Secret(SimulatorSettings.DEMO_PASSWORD);
        try (var client =
                new ODataClient(new ODataSettings(url, "IMAINT", password, "100", "EN", PATIENCE, PATIENCE))) {
            metadata = client.metadata();
        }
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    @Test
    void everySetHasAnIntegration() {
        assertThat(Integrations.product())
                .extracting(integration -> integration.mapping().entitySet())
                .containsExactlyInAnyOrderElementsOf(metadata.entitySets().stream()
                        .map(set -> set.name())
                        .filter(name -> !name.startsWith("DeltaLinksOf"))
                        .toList());
    }

    @Test
    void everyPropertyIsMappedOrSkippedOnPurpose() {
        for (var integration : Integrations.product()) {
            var type = metadata.set(integration.mapping().entitySet())
                    .orElseThrow()
                    .type();
            assertThat(integration.mapping().unconsidered(type))
                    .as(integration.name())
                    .isEmpty();
            assertThat(type.properties())
                    .as(integration.name())
                    .extracting(EdmProperty::name)
                    .containsAll(integration.mapping().skip());
            assertThat(integration.mapping().keys()).as(integration.name()).isEqualTo(type.keys());
        }
    }

    @Test
    void theTypesFitTheConversions() {
        for (var integration : Integrations.product()) {
            var type = RowMapping.of(integration, metadata).type();
            for (var field : integration.mapping().fields()) {
                var property = type.properties().get(type.place(field.from()));
                assertThat(field.convert())
                        .as(integration.name() + " " + field.to())
                        .isIn(fitting(property, field));
            }
        }
    }

    private static List<Conversion> fitting(EdmProperty property, Mapping.Field field) {
        return switch (property.kind()) {
            case DATE_TIME -> List.of(Conversion.DATE);
            case DATE_TIME_OFFSET -> List.of(Conversion.INSTANT);
            case STRING -> {
                boolean one = property.maxLength() == 1;
                yield property.name().equals("STATUSES")
                        ? List.of(Conversion.CODES, Conversion.LIFECYCLE)
                        : one ? List.of(Conversion.TEXT, Conversion.FLAG) : List.of(Conversion.TEXT);
            }
            default -> {
                assertThat(field.to().endsWith("Time"))
                        .as(field.to() + " ends with Time when it is one")
                        .isEqualTo(property.typeName().equals("Edm.Time"));
                yield List.of(Conversion.TEXT);
            }
        };
    }

    @Test
    void whatHasAChangeStampIsReadByIt() {
        for (var integration : Integrations.product()) {
            var type = metadata.set(integration.mapping().entitySet())
                    .orElseThrow()
                    .type();
            boolean stamped = type.place("CHANGEDAT") >= 0;
            assertThat(integration.reading().changeStamp())
                    .as(integration.name())
                    .isEqualTo(stamped ? "CHANGEDAT" : null);
            assertThat(integration.reading().delta() == Reading.DeltaMode.FULL)
                    .as(integration.name())
                    .isEqualTo(!stamped);
            assertPartitioned(integration);
        }
    }

    private static void assertPartitioned(Integration integration) {
        var partitioning = integration.reading().partitioning();
        if (partitioning != null) {
            assertThat(integration.mapping().keys()).as(integration.name()).contains(partitioning.property());
            var type = metadata.set(integration.mapping().entitySet())
                    .orElseThrow()
                    .type();
            var property = type.properties().get(type.place(partitioning.property()));
            assertThat(property.filterable() && property.sortable())
                    .as(integration.name())
                    .isTrue();
        }
    }
}
