package io.imaint.integration.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrationsTest {
    @Test
    void theProductBringsOneForEachDeclaredCollectionInDependencyOrder() {
        var product = Integrations.product();
        assertThat(product)
                .extracting(integration -> integration.mapping().collection())
                .containsExactlyInAnyOrderElementsOf(
                        Replicas.ALL.stream().map(CollectionType::name).toList());
        var loaded = new HashSet<String>();
        for (var integration : product) {
            assertThat(loaded).as(integration.name()).containsAll(integration.dependsOn());
            loaded.add(integration.name());
        }
        assertThat(Integrations.inOrder(stored(product.reversed())))
                .extracting(Stored::key)
                .containsSubsequence(
                        "plants", "functional-locations", "equipment", "work-orders", "operations", "confirmations");
    }

    @Test
    void fieldsOfTheProductHaveOneStyle() {
        for (var integration : Integrations.product()) {
            for (var field : integration.mapping().fields()) {
                assertThat(field.to()).as(integration.name()).matches("[a-z][a-zA-Z0-9]*");
                assertThat(field.from().equals("CHANGEDAT"))
                        .as(integration.name() + " " + field.to())
                        .isEqualTo(field.to().equals("changedAt"));
            }
            assertThat(integration.schedule().every()).as(integration.name()).isNotNull();
        }
    }

    @Test
    void aDefinitionOfVersion0KeepsWhatAnOperatorChanged() {
        var product = product("operations");
        var old = Integrations.beforeMigrations(Integrations.TYPE.write(product))
                .put("pageSize", 250)
                .put("filter", "WERKS eq '1000'");
        var migrated = Integrations.TYPE.read(Integrations.TYPE.migrated(old, 0));
        assertThat(migrated.mapping()).isEqualTo(product.mapping());
        assertThat(migrated.reading().pageSize()).isEqualTo(250);
        assertThat(migrated.reading().filter()).isEqualTo("WERKS eq '1000'");
        assertThat(Integrations.TYPE.migrated(Integrations.TYPE.write(migrated), 0))
                .isEqualTo(Integrations.TYPE.write(migrated));
        var orders = Integrations.TYPE.write(product("work-orders"));
        assertThat(Integrations.TYPE.migrated(orders, 0)).isEqualTo(orders);
    }

    @Test
    void aDefinitionOfVersion2LearnsTheLifeCycleOfInspectionLots() {
        var product = product("inspection-lots");
        var now = Integrations.TYPE.write(product);
        var lines = (List<?>) Objects.requireNonNull(now.get("fields"));
        var before = lines.stream()
                .filter(line -> !"lifecycleStatus".equals(((Document) line).get("to")))
                .toList();
        var old = now.copy().put("fields", before);
        assertThat(Integrations.TYPE.read(old).mapping()).isNotEqualTo(product.mapping());
        var migrated = Integrations.TYPE.migrated(old, 2);
        assertThat(Integrations.TYPE.read(migrated).mapping()).isEqualTo(product.mapping());
        assertThat(Integrations.TYPE.migrated(migrated, 2)).isEqualTo(migrated);
    }

    @Test
    void aDefinitionOfVersion3LearnsTheExternalIdUnlessAnOperatorReadsIt() {
        for (var name : List.of("work-orders", "notifications")) {
            var now = Integrations.TYPE.write(product(name));
            var lines = (List<?>) Objects.requireNonNull(now.get("fields"));
            var before = lines.stream()
                    .filter(line -> !"externalId".equals(((Document) line).get("to")))
                    .toList();
            var old = now.copy().put("fields", before).put("skip", List.of("OBJNR", "EXTID"));
            var migrated = Integrations.TYPE.migrated(old, 3);
            assertThat(Integrations.TYPE.read(migrated).mapping())
                    .isEqualTo(product(name).mapping());
            assertThat(Integrations.TYPE.migrated(migrated, 3)).isEqualTo(migrated);
        }
        var operations = Integrations.TYPE.write(product("operations"));
        assertThat(Integrations.TYPE.migrated(operations, 3)).isEqualTo(operations);
    }

    private static Integration product(String name) {
        return Integrations.product().stream()
                .filter(integration -> integration.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anIntegrationComesBackFromItsDocument() {
        var product = Integrations.product().stream()
                .filter(integration -> integration.name().equals("work-orders"))
                .findFirst()
                .orElseThrow();
        var integration = new Integration(
                "work-orders",
                "/sap/opu/odata/sap/API_X",
                product.mapping(),
                new Reading(
                        250,
                        "WERKS eq '1000'",
                        new Reading.Partitioning("AUFNR", 50_000),
                        Reading.DeltaMode.STAMP,
                        "CHANGEDAT"),
                new Schedule(Duration.ofSeconds(1), null, Duration.ofMillis(100), Schedule.Misfire.SKIP, true),
                List.of("plants"),
                Status.NOT_ACTIVE);
        var document = Integrations.TYPE.write(integration);
        assertThat(document.get("status")).isEqualTo(0L);
        assertThat(Integrations.TYPE.read(document)).isEqualTo(integration);
        assertThat(Integrations.TYPE.read(Integrations.TYPE.write(product))).isEqualTo(product);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void whatAnOlderVersionNotedOfARunCountsAsActive(int status) {
        var plants = Integrations.TYPE.write(product("plants"));
        var old = plants.copy().put("status", status);
        assertThat(Integrations.TYPE.migrated(old, 1)).isEqualTo(plants);
        assertThat(Integrations.TYPE.read(old).status()).isEqualTo(Status.ACTIVE);
        assertThat(Integrations.TYPE.write(Integrations.TYPE.read(plants).with(Status.RUNNING)))
                .isEqualTo(plants);
    }

    @Test
    void unknownAndWrongFieldsAreRefusedByName() {
        var plants = Integrations.product().getFirst();
        assertRefused(
                Integrations.TYPE.write(plants).put("pagesize", 5), "Integrations 'plants': 'pagesize' is unknown");
        assertRefused(Integrations.TYPE.write(plants).put("pageSize", 0), "Integrations 'plants': pageSize is 0");
        assertRefused(Integrations.TYPE.write(plants).put("status", 2), "status must be 0, 1, 3 or 4, not 2");
        assertRefused(Integrations.TYPE.write(plants).put("keys", "WERKS"), "keys must be a list");
        assertRefused(Integrations.TYPE.write(plants).put("collection", "Users"), "no collection 'Users'");
        assertRefused(Integrations.TYPE.write(plants).put("keys", List.of(1)), "keys must be a list of texts");
        assertRefused(
                Integrations.TYPE
                        .write(plants)
                        .put(
                                "fields",
                                List.of(new Document()
                                        .put("from", "A")
                                        .put("to", "a")
                                        .put("convert", "magic"))),
                "Integrations 'plants': fields[0] there is no convert 'magic'; use one of text, date, instant, codes, lifecycle, flag");
    }

    @Test
    void linesThatCannotBeMeantAreRefusedWithWhatToDo() {
        assertRefused(line(new Document().put("from", "A").put("to", "id")), "no field may fill 'id'");
        assertRefused(line(new Document().put("constant", "SAP").put("to", "")), "a constant needs 'to'");
        assertRefused(
                line(new Document().put("constant", List.of("a")).put("to", "a")),
                "'constant' must be text, a whole number, true or false");
        assertRefused(
                line(new Document().put("constant", "a").put("to", "a").put("convert", "date")),
                "'convert' is unknown; known are constant, to");
        assertRefused(
                line(new Document().put("from", "A").put("to", "a").put("otherwise", "b")), "'otherwise' is unknown");
        assertRefused(
                line(new Document().put("from", "A").put("to", "a").put("lookup", new Document())),
                "a lookup has 1 to 200 entries, not 0");
        assertRefused(
                line(new Document()
                        .put("from", "A")
                        .put("to", "a")
                        .put("convert", "date")
                        .put("lookup", new Document().put("1", "b"))),
                "a lookup excludes a conversion; remove 'convert'");
        assertRefused(
                Integrations.TYPE.write(Integrations.product().getFirst()).put("skip", List.of("WERKS")),
                "'WERKS' is skipped and mapped; remove one of the two");
        assertRefused(
                Integrations.TYPE.write(Integrations.product().getFirst()).put("collection", "Pumps"), "begins with Z");
    }

    @Test
    void constantsLookupsAndSkippedPropertiesComeBackFromTheDocument() {
        var table = new LinkedHashMap<String, Object>(Map.of("1", "very high"));
        table.put("", false);
        var mapping = new Mapping(
                "PlantSet",
                "ZPlants",
                List.of("WERKS"),
                List.of(
                        new Mapping.Field("WERKS", "plant", Conversion.TEXT, false, List.of()),
                        new Mapping.Field(
                                "PRIOK",
                                "urgency",
                                Conversion.LOOKUP,
                                true,
                                List.of(),
                                new Mapping.Lookup(table, "normal"))),
                List.of(
                        new Mapping.Constant("SAP", "source"),
                        new Mapping.Constant(7L, "weight"),
                        new Mapping.Constant(true, "own")),
                List.of("EXTID"));
        var integration = new Integration("z", null, mapping, Reading.WHOLE, Schedule.NONE, List.of(), Status.ACTIVE);
        assertThat(Integrations.TYPE.read(Integrations.TYPE.write(integration))).isEqualTo(integration);
    }

    private static Document line(Document line) {
        return Integrations.TYPE.write(Integrations.product().getFirst()).put("fields", List.of(line));
    }

    @Test
    void circlesOfDependenciesAreRefused() {
        var circle = depending("plants");
        assertThatThrownBy(() -> Integrations.inOrder(stored(List.of(circle))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("depend on each other: plants");
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
