package io.imaint.integration.references;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.references.ReferenceRule.FirstNonNull;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static Map<String, Set<String>> mapped() {
        var fields = new HashMap<String, Set<String>>();
        for (var integration : Integrations.product()) {
            var names = new HashSet<String>();
            names.add(Replicas.ID);
            integration.mapping().fields().stream().map(Mapping.Field::to).forEach(names::add);
            fields.put(integration.mapping().collection(), names);
        }
        return fields;
    }

    @Test
    void referencesOfTheProductGoByFieldsThatAreThere() {
        var references = References.product();
        var mapped = mapped();
        for (var collection : references.order()) {
            var definition = references.of(collection).orElse(new CollectionReferences(collection, List.of()));
            var own = new HashSet<>(mapped.get(collection));
            assertThat(definition.fills()).as(collection).doesNotContainAnyElementsOf(own);
            own.addAll(definition.fills());
            for (var reference : definition.references()) {
                var there = new HashSet<>(mapped.get(reference.to().collection()));
                there.addAll(references.fills(reference.to().collection()));
                assertThat(own).as(collection + " " + reference.name()).containsAll(reference.by());
                assertThat(there)
                        .as(collection + " " + reference.name())
                        .contains(reference.to().match());
                reference
                        .copies()
                        .forEach(taken -> assertThat(there)
                                .as(collection + " " + reference.name())
                                .contains(taken.from()));
            }
        }
    }

    @Test
    void parentsComeBeforeChildren() {
        assertThat(References.product().order())
                .doesNotHaveDuplicates()
                .containsSubsequence("Plants", "FunctionalLocations", "Equipment", "WorkOrders", "Operations")
                .containsSubsequence("Equipment", "Notifications", "NotificationItems");
    }

    @Test
    void whatTheProductTakesByAnIndexOfManyHasOne() {
        var references = References.product();
        for (var parent :
                List.of("WorkOrders", "Notifications", "Equipment", "FunctionalLocations", "InspectionLots")) {
            for (var link : references.into(parent)) {
                var type = Replicas.find(link.children().collection()).orElseThrow();
                assertThat(type.indexes())
                        .as(type + " by " + link.reference().by())
                        .anyMatch(index ->
                                link.reference().by().contains(index.fields().getFirst()));
            }
        }
    }

    private static void assertRefused(String finding, CollectionReferences... all) {
        assertThatThrownBy(() -> References.of(List.of(all))).hasMessageContaining(finding);
    }

    private static CollectionReferences of(String collection, ReferenceRule... lines) {
        return new CollectionReferences(collection, List.of(lines));
    }

    private static Reference to(String collection, String by, String from, String to) {
        return new Reference(
                collection.toLowerCase(Locale.ROOT),
                List.of(by),
                List.of(),
                new Reference.Target(collection, Replicas.ID),
                null,
                List.of(new Reference.CopiedField(from, to)));
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        var plant = to("Plants", "plant", "name", "plantName");
        assertRefused("there is no such collection", of("Pumps", plant));
        assertRefused("it is there twice", of("WorkOrders", plant), of("WorkOrders", plant));
        assertRefused("'plantName' is filled twice", of("WorkOrders", plant, plant));
        assertRefused("'id' is filled twice, or is the key", of("WorkOrders", to("Plants", "plant", "name", "id")));
        assertRefused("'pumps' leads to 'Pumps'", of("WorkOrders", to("Pumps", "pump", "name", "pumpName")));
        assertRefused(
                "'plants' goes by 'plant', which a later rule fills",
                of(
                        "Equipment",
                        plant,
                        new FirstNonNull("plant", List.of(FirstNonNull.Source.parsed("maintenancePlant")))));
        assertRefused(
                "'pump' names no reference of this collection",
                of("Equipment", new FirstNonNull("plant", List.of(FirstNonNull.Source.parsed("pump.plant")))));
        assertRefused(
                "'equipment' copies 'description2' from its own collection",
                of("Equipment", to("Equipment", "superiorEquipment", "description2", "description2")));
        assertRefused(
                "only as the last source",
                of(
                        "Equipment",
                        to("Equipment", "superiorEquipment", "description", "superiorDescription"),
                        new FirstNonNull(
                                "plant",
                                List.of(
                                        FirstNonNull.Source.parsed("equipment.plant"),
                                        FirstNonNull.Source.parsed("maintenancePlant")))));
        assertRefused(
                "references form a cycle: WorkOrders → Notifications and back to WorkOrders",
                of("WorkOrders", to("Notifications", "notification", "a", "b")),
                of("Notifications", to("WorkOrders", "order", "a", "b")));
    }

    @Test
    void documentsOfReferencesAreReadStrictly() {
        var line = new Document()
                .put("reference", "plant")
                .put("by", List.of("plant"))
                .put("to", "Plants")
                .put("copies", List.of(new Document().put("from", "name").put("to", "plantName")));
        var document = new Document().put("collection", "WorkOrders").put("rules", List.of(line));
        assertThat(CollectionReferences.read(document).fills()).containsExactly("plantName");
        assertThatThrownBy(() -> CollectionReferences.read(
                        document.copy().put("rules", List.of(line.copy().put("mach", "code")))))
                .hasMessageContaining(
                        "references of 'WorkOrders'.rules: 'mach' is unknown; known are firstNonNull, reference");
        assertThatThrownBy(() -> CollectionReferences.read(document.copy()
                        .put("rules", List.of(line.copy().put("mayBeEmpty", List.of("x"))))))
                .hasMessageContaining("'mayBeEmpty' names some of these fields");
    }

    @Test
    void compositeKeysAreThoseOfTheMapping() {
        var operation = new Reference(
                "operation",
                List.of("orderNumber", "operation", "suboperation"),
                List.of("suboperation"),
                new Reference.Target("Operations", Replicas.ID),
                null,
                List.of());
        var document = new Document().put("orderNumber", "4/1").put("operation", "0010");
        assertThat(operation.keys(document)).containsExactly("4%2F1/0010/");
        assertThat(operation.part("4%2F1/0010/", "orderNumber")).isEqualTo("4/1");
        assertThat(operation.part("4%2F1/0010/", "suboperation")).isEmpty();
        assertThat(operation.keys(new Document().put("orderNumber", "4"))).isEmpty();
    }
}
