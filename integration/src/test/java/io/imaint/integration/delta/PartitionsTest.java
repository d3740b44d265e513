package io.imaint.integration.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Literals;
import io.imaint.integration.state.LoadState;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Goal: each key is in one partition, the one whose ends it lies between. Method: keys and boundaries of all sorts. */
class PartitionsTest {
    private static final List<String> KEYS = List.of("KIND", "NUMBER");

    @Property
    void aKeyLiesBetweenTheEndsOfItsPartition(
            @ForAll @Size(max = 20) List<String> boundaries, @ForAll String kind, @ForAll String number) {
        var partitions = partitions(EdmKind.STRING, boundaries);
        int partition = partitions.of(RowMapping.joined(kind, number));
        assertThat(partition).isBetween(0, partitions.count() - 1);
        var from = partitions.from(partition);
        var below = partitions.below(partition);
        assertThat(from == null || from.compareTo(number) <= 0).isTrue();
        assertThat(below == null || number.compareTo(below) < 0).isTrue();
    }

    @Property
    void numbersAreInTheOrderOfNumbers(@ForAll @Size(max = 20) List<Integer> boundaries, @ForAll int number) {
        var decimals = boundaries.stream().map(BigDecimal::valueOf).toList();
        var partition = partitions(EdmKind.DECIMAL, decimals).of("K/" + BigDecimal.valueOf(number));
        assertThat(partition)
                .isEqualTo(boundaries.stream()
                        .distinct()
                        .filter(boundary -> boundary <= number)
                        .count());
    }

    @Property
    void partitionsFollowEachOtherWithoutGap(@ForAll @Size(max = 20) List<String> boundaries) {
        var distinct = new TreeSet<>(boundaries);
        var partitions = partitions(EdmKind.STRING, distinct);
        assertThat(partitions.from(0)).isNull();
        for (int i = 1; i < partitions.count(); i++) {
            assertThat(partitions.from(i)).isEqualTo(partitions.below(i - 1));
        }
        assertThat(partitions.below(partitions.count() - 1)).isNull();
        assertThat(partitions.count()).isEqualTo(distinct.size() + 1);
    }

    @Test
    void aKeyWithoutAValueIsInTheFirst() {
        var partitions = partitions(EdmKind.INT32, List.of(-5L, 5L));
        assertThat(partitions.of("K/-6")).isZero();
        assertThat(partitions.of("K/-5")).isEqualTo(1);
        assertThat(partitions.of("K/5")).isEqualTo(2);
        assertThat(partitions.of("K/")).isZero();
        assertThat(partitions.of("an id of another mapping")).isZero();
    }

    @Test
    void aPropertyThatIsNotInTheKeyMakesOnePartition() {
        var type = type(EdmKind.STRING);
        var partitions = Partitions.of(List.of("KIND"), type, new LoadState.KeyRanges("NUMBER", List.of("'5'")));
        assertThat(partitions.count()).isEqualTo(1);
        assertThat(partitions.property()).isNull();
        assertThat(partitions.of("7")).isZero();
        assertThat(Partitions.of(KEYS, type, LoadState.KeyRanges.ALL).count()).isEqualTo(1);
    }

    private static Partitions partitions(EdmKind kind, Iterable<?> boundaries) {
        var literals = new TreeSet<String>(); // In an order that is not that of the values.
        boundaries.forEach(boundary -> literals.add(Literals.literal(kind, boundary)));
        return Partitions.of(KEYS, type(kind), new LoadState.KeyRanges("NUMBER", List.copyOf(literals)));
    }

    private static EntityType type(EdmKind kind) {
        return new EntityType(
                "Thing", List.of(EdmProperty.of("KIND", EdmKind.STRING), EdmProperty.of("NUMBER", kind)), KEYS);
    }
}
