package io.imaint.store.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.store.CollectionType;
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
    void theNamesOfCustomersAreCollectionsWithoutIndexes() {
        var own = Replicas.find("ZPumpCurves").orElseThrow();
        assertThat(own.name()).isEqualTo("ZPumpCurves");
        assertThat(own.indexes()).isEmpty();
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
