package io.imaint.integration.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUFNR|Order Number|orderNumber",
                "AUFNR|Order|order",
                "AUFNR|''|aufnr",
                "AUFNR|*|aufnr",
                "AUFNR|设备|aufnr",
                "AUFNR|3rd text|aufnr",
                "AUFNR|The number of the order in the plant|aufnr",
                "AUFNR|X|aufnr",
                "EQUNR|Größe/Abmessung|groEAbmessung",
                "EQUNR|Numéro d'équipement|numeroDEquipement",
                "GSTRP|Bsc start|bscStart",
                "KTEXT|Maint.Plant|maintPlant",
                "MRP|MRP Area|mrpArea",
                "ID|ID|id2",
                "PLANT_NAME||plantName",
                "MaintOrdBasicStartDate||maintOrdBasicStartDate",
                "YY1_Region_MOR||yy1RegionMor",
                "___||field"
            })
    void makesANameOfTheLabelOrElseOfTheProperty(String property, String label, String name) {

        assertThat(FieldNames.of(List.of(property(property, label == null ? "" : label)), Set.of("id")))
                .containsEntry(property, name);
    }

    @Test
    void givesEveryPropertyItsOwnName() {
        var names = FieldNames.of(
                List.of(
                        property("ERDAT", "Date"),
                        property("AEDAT", "Date"),
                        property("DATE", ""),
                        property("PLANT", "Work center"),
                        property("ARBPL", "plant"),
                        property("a_b", ""),
                        property("A_B", "")),
                Set.of("id", "workCenter"));
        assertThat(names.values())
                .containsExactly("erdat", "aedat", "date", "plant", "arbpl", "aB", "aB2")
                .doesNotHaveDuplicates();
    }

    private static EdmProperty property(String name, String label) {
        return new EdmProperty(
                name, EdmKind.STRING, "Edm.String", true, 10, 0, 0, false, label, EdmProperty.Abilities.DEFAULT, null);
    }
}
