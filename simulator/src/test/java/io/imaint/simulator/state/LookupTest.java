package io.imaint.simulator.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.plant.PlantSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: rows are found by values outside their key, whether they are new, changed or old. Method: compared with reading all. */
class LookupTest {
    private static final Actor ADA = Actor.unrestricted("ADA");

    private final PlantData plant = PlantSource.open(2, 200, Optional.empty());
    private final PlantState state = PlantState.inMemory(plant, () -> Instant.parse("2026-11-10T12:00:00Z"));

    private List<Row> all(EntitySet set) {
        var rows = new ArrayList<Row>();
        var values = new @Nullable Object[set.properties().size()];
        var reader = state.rows(set, List.of());
        while (reader.next(values)) {
            rows.add(Row.of(set, values.clone()));
        }
        return rows;
    }

    private void agree(EntitySet set, String property) {
        for (var row : all(set)) {
            var value = row.value(property);
            if (value != null) {
                var expected = all(set).stream()
                        .filter(other -> value.equals(other.value(property)))
                        .map(Row::key)
                        .toList();
                assertThat(found(set, property, value)).isEqualTo(expected);
            }
        }
    }

    private List<List<String>> found(EntitySet set, String property, Object value) {
        return state.change(
                ADA,
                change -> change.having(set, Map.of(property, value))
                        .map(Row::key)
                        .toList());
    }

    @Test
    void whatDataTellsByItselfIsWhatReadingAllTells() {
        var points = all(IcwpModel.MEASURING_POINT);
        var documents = all(IcwpModel.MEASUREMENT_DOCUMENT);
        for (var point : points) {
            var number = point.text("POINT");
            assertThat(found(IcwpModel.MEASUREMENT_DOCUMENT, "POINT", number))
                    .isNotEmpty()
                    .isEqualTo(documents.stream()
                            .filter(document -> document.text("POINT").equals(number))
                            .map(Row::key)
                            .toList());
        }
        assertThat(found(IcwpModel.MEASUREMENT_DOCUMENT, "POINT", "000000000000"))
                .isEmpty();
        assertThat(found(IcwpModel.MEASUREMENT_DOCUMENT, "POINT", "999999999999"))
                .isEmpty();
    }

    @Test
    void whatChangesIsFoundWhereItIsNow() {
        agree(IcwpModel.PERSON, "ARBPL");
        var person = all(IcwpModel.PERSON).getFirst();
        state.change(ADA, change -> change.put(person.copy().set("ARBPL", "NEW")));
        assertThat(found(IcwpModel.PERSON, "ARBPL", "NEW")).containsExactly(person.key());
        agree(IcwpModel.PERSON, "ARBPL");
        state.change(ADA, change -> {
            change.delete(person);
            assertThat(change.having(IcwpModel.PERSON, Map.of("ARBPL", "NEW"))).isEmpty();
            return person;
        });
        assertThat(found(IcwpModel.PERSON, "ARBPL", "NEW")).isEmpty();
    }

    @Test
    void aChangeFindsWhatItWroteItself() {
        state.change(ADA, change -> {
            var person = Row.of(IcwpModel.PERSON).set("PERNR", "99999999").set("ARBPL", "NEW");
            change.put(person);
            assertThat(change.having(IcwpModel.PERSON, Map.of("ARBPL", "NEW")).map(Row::key))
                    .containsExactly(person.key());
            return person;
        });
    }
}
