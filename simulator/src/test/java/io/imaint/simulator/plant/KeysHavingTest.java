package io.imaint.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: keys told without reading are those that reading finds. Method: both, for every value that occurs. */
class KeysHavingTest {
    private final PlantData plant = PlantSource.open(1, 3000, Optional.empty());

    @ParameterizedTest
    @CsvSource({"MeasurementDocumentSet, POINT", "EquipmentSet, HEQUI"})
    void tellsWhatReadingFinds(String setName, String property) {
        var set = IcwpModel.find(setName).orElseThrow();
        var found = new HashMap<String, Set<List<String>>>();
        read(set, row -> {
            if (!row.text(property).isEmpty()) {
                found.computeIfAbsent(row.text(property), none -> new HashSet<>())
                        .add(row.key());
            }
        });
        assertThat(found).isNotEmpty();
        found.forEach((value, keys) ->
                assertThat(told(set, Map.of(property, value))).containsExactlyInAnyOrderElementsOf(keys));
        assertThat(told(set, Map.of(property, "999999999999"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GoodsMovementSet, SMBLN", "TimeSheetSet, WORKDATE"})
    void whatIsSaidNotToBeThereIsNot(String setName, String property) {
        var set = IcwpModel.find(setName).orElseThrow();
        var today = Days.date(Days.TODAY);
        read(set, row -> {
            if (row.value(property) instanceof LocalDate day) {
                assertThat(day).isBefore(today);
            } else {
                assertThat(row.value(property)).isNull();
            }
        });
    }

    private List<List<String>> told(EntitySet set, Map<String, Object> values) {
        return Objects.requireNonNull(
                plant.keysHaving(set, List.copyOf(values.keySet()), List.copyOf(values.values())));
    }

    private void read(EntitySet set, Consumer<Row> reader) {
        var rows = plant.rows(set, List.of());
        var values = new @Nullable Object[set.properties().size()];
        while (rows.next(values)) {
            reader.accept(Row.of(set, values.clone()));
        }
    }
}
