package io.imaint.store.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    @Test
    void everyConstantIsAmongAllOnce() {
        var constants = Arrays.stream(Replicas.class.getFields())
                .filter(field -> field.getType() == CollectionType.class)
                .map(field -> {
                    try {
                        return (CollectionType<?>) field.get(null);
                    } catch (IllegalAccessException hidden) {
                        throw new AssertionError(hidden);
                    }
                })
                .toList();
        assertThat(Replicas.ALL).hasSize(37).doesNotHaveDuplicates();
        assertThat(constants).hasSize(37).allMatch(Replicas.ALL::contains);
        assertThat(Replicas.ALL).extracting(CollectionType::name).doesNotHaveDuplicates();
        assertThat(Replicas.ALL).allMatch(CollectionType::synchronised);
    }

    @Test
    void whateverBelongsToAPlantIsFoundByIt() {
        var ofNoPlant = List.of(
                "PlannerGroups",
                "OrderTypes",
                "NotificationTypes",
                "Priorities",
                "ActivityTypes",
                "StatusTexts",
                "CatalogProfiles",
                "CatalogCodes",
                "Materials");
        for (var type : Replicas.ALL) {
            assertThat(type.indexes())
                    .as(type.name())
                    .satisfies(indexes -> assertThat(indexes.stream()
                                    .anyMatch(index -> index.fields().getFirst().equals(Replicas.PLANT)))
                            .isEqualTo(!ofNoPlant.contains(type.name())));
        }
    }

    @Test
    void thePlantThatOwnsAnOldOperationTakesThePlaceOfItsWorkCentersPlant() {
        var old = operation().put("plant", "1010").put("orderPlant", "1000");
        var migrated = Replicas.OPERATIONS.migrated(old, 0);
        assertThat(migrated)
                .isEqualTo(operation().put("workCenterPlant", "1010").put("plant", "1000"));
        assertThat(Replicas.OPERATIONS.migrated(migrated, 0)).isEqualTo(migrated);
        assertThat(Replicas.OPERATIONS.migrated(operation().put("plant", "1010"), 0))
                .isEqualTo(operation().put("workCenterPlant", "1010"));
        assertThat(Replicas.TIME_SHEETS.migrated(operation().put("orderPlant", "1000"), 0))
                .isEqualTo(operation().put("plant", "1000"));
    }

    private static Document operation() {
        return new Document().put("id", "4/0010/").put("workCenter", "MECH");
    }

    @Test
    void theNamesOfCustomersAreCollectionsWithoutIndexesButThePlants() {
        var own = Replicas.find("ZPumpCurves").orElseThrow();
        assertThat(own.name()).isEqualTo("ZPumpCurves");
        assertThat(own.indexes()).containsExactly(new CollectionType.Index(List.of(Replicas.PLANT), false));
        assertThat(own.searched()).isEmpty();
        assertThat(own.synchronised()).isTrue();
        assertThat(Replicas.ALL).noneMatch(type -> type.name().startsWith("Z"));
    }

    @Test
    void otherNamesAreNotCollections() {
        for (var name : List.of("Users", "Z", "Z-A", "zPumps", "ZÄ", "", "Z" + "a".repeat(59), "plants")) {
            assertThat(Replicas.find(name)).as(name).isEmpty();
        }
        assertThat(Replicas.find("Z" + "a".repeat(58))).isPresent();
    }

    @Test
    void collectionsOfNamesComeOnceInTheOrderOfTheDeclaration() {
        assertThat(Replicas.of(List.of("Zb", "WorkOrders", "Za", "Plants", "WorkOrders")))
                .extracting(CollectionType::name)
                .containsExactly("Plants", "WorkOrders", "Za", "Zb");
        assertThatThrownBy(() -> Replicas.of(List.of("Users"))).isInstanceOf(AssertionError.class);
    }
}
