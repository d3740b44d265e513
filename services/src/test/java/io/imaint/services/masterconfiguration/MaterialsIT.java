package io.imaint.services.masterconfiguration;

import static io.imaint.services.ApiClient.Answer.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ServedPlant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The materials and their stocks. */
class MaterialsIT {
    @RegisterExtension
    static final ServedPlant PLANT = new ServedPlant(MasterConfigurationService.MODULE);

    private static String listed(String target, String field) {
        var answer = PLANT.get(target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var keys = answer.each(field);
        assertThat(answer.json().required("total").asInt()).isEqualTo(keys.size());
        return String.join(",", keys);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/api/stocks?storageLocation=0001 | plant", "/api/materials?colour=red | colour"})
    void refusesWhatNarrowsNothing(String target, String named) {
        var answer = PLANT.get(target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().required("errors").toString()).contains(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=50 | 000000000000000815,BEARING,SEAL | null,null,13",
                "plant=1000 | 000000000000000815,BEARING,SEAL | null,null,6",
                "plant=9999&text=seal | SEAL | null",
                "materialGroup=SEALS | 000000000000000815,SEAL | null,13",
                "materialGroup=SEALS&materialGroup=ROTATING&text=bearing | BEARING | null",
                "text=815 | 000000000000000815 | null"
            })
    void listsMaterialsWithTheStockOfThePlants(String query, String materials, String stocks) {
        assertThat(listed("/api/materials?" + query, "material")).isEqualTo(materials);
        var shown = PLANT.get("/api/materials?" + query)
                .json()
                .required("items")
                .valueStream()
                .map(item -> item.required("unrestrictedStock").toString())
                .toList();
        assertThat(String.join(",", shown)).isEqualTo(stocks);
    }

    @Test
    void countsOnlyTheStocksOfTheCallersPlants() {
        var hamburg = new Caller("hamburg", permission -> true, PlantScope.of("1000"));
        assertThat(PLANT.as(hamburg)
                        .get("/api/materials?text=seal")
                        .json()
                        .at("/items/0/unrestrictedStock")
                        .asInt())
                .isEqualTo(6);
        assertThat(texts(PLANT.as(hamburg).get("/api/materials/SEAL").json().required("stocks"), "plant"))
                .containsExactly("1000", "1000");
        assertThat(texts(PLANT.get("/api/materials/SEAL").json().required("stocks"), "plant"))
                .containsExactly("1000", "1000", "2000");
    }

    @Test
    void findsAMaterialWithOrWithoutLeadingZeros() {
        for (var number : new String[] {"815", "000000000000000815"}) {
            var material = PLANT.get("/api/materials/" + number).json();
            assertThat(material.required("description").asString()).isEqualTo("O-ring");
        }
        var missing = PLANT.get("/api/materials/816");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().required("code").asString()).isEqualTo("material-not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "material=SEAL | 0001,0002,0001",
                "plant=1000 | 0001,0002",
                "plant=1000&storageLocation=0002 | 0002",
                "material=BEARING | ''"
            })
    void listsStocks(String query, String expected) {
        assertThat(listed("/api/stocks?" + query, "storageLocation")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/api/materials, materials.read", "/api/materials/SEAL, materials.read", "/api/stocks, materials.read"})
    void answersOnlyThoseWhoHoldThePermission(String target, String permission) {
        var reader = new Caller(permission, Set.of(new Permission(permission)), PlantScope.ALL);
        var other = new Caller("other", Set.of(new Permission("work-orders.read")), PlantScope.ALL);
        assertThat(PLANT.as(reader).get(target).status()).isEqualTo(200);
        assertThat(PLANT.as(other).get(target).status()).isEqualTo(403);
        assertThat(PLANT.anonymous().get(target).status()).isEqualTo(401);
    }
}
