package io.imaint.services.masterconfiguration;

import static io.imaint.services.ApiClient.Answer.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ServedPlant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MasterConfigurationIT {
    @RegisterExtension
    static final ServedPlant PLANT = new ServedPlant(MasterConfigurationService.MODULE);

    /** The keys that a list shows, those of equipment without their zeros. */
    private static String listed(String path, String key, String query) {
        var answer = PLANT.get(path + "?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var keys = answer.each(key).stream()
                .map(value -> value.replaceFirst("^0+", ""))
                .toList();
        assertThat(answer.json().required("total").asInt()).isEqualTo(keys.size());
        return String.join(" ", keys);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=50 | 1000 2000",
                "text=hamburg | 1000",
                "text=rotter | 2000",
                "text=2000 | 2000",
                "text=europ | 2000",
                "text=paris | ''"
            })
    void findsPlants(String query, String expected) {
        assertThat(listed("/api/plants", "plant", query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plant=1000 | HH HH-HALL HH-PUMP HH-PUMP-01",
                "plant=2000 | RO",
                "plant=9999 | ''",
                "functionalLocation=HH-PUMP | HH-PUMP",
                "functionalLocation=HH-PUMP* | HH-PUMP HH-PUMP-01",
                "functionalLocation=hh-pump | ''",
                "superior=HH | HH-HALL HH-PUMP",
                "superior=HH-PUMP | HH-PUMP-01",
                "superior=RO | ''",
                "text=works | HH RO",
                "text=feed+line | HH-PUMP-01",
                "text=hall&plant=2000 | ''"
            })
    void findsFunctionalLocationsByEachFilter(String query, String expected) {
        assertThat(listed("/api/functional-locations", "functionalLocation", query))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plant=1000 | 10000001 10000002 10000003",
                "plant=2000 | 10000004",
                "plant=9999 | ''",
                "functionalLocation=HH-PUMP-01 | 10000001 10000002",
                "functionalLocation=HH-PUMP | ''",
                "functionalLocation=HH* | 10000001 10000002 10000003",
                "superior=10000001 | 10000002",
                "superior=000000000010000001 | 10000002",
                "superior=10000002 | ''",
                "objectType=PUMP | 10000001 10000004",
                "objectType=MOTOR&objectType=CRANE | 10000002 10000003",
                "text=pump | 10000001 10000002",
                "text=10000003 | 10000003",
                "text=nordstrom | 10000001",
                "text=sn-4711 | 10000001",
                "text=hh-hall | 10000003",
                "plant=1000&objectType=PUMP&text=feed&functionalLocation=HH* | 10000001"
            })
    void findsEquipmentByEachFilter(String query, String expected) {
        assertThat(listed("/api/equipment", "equipment", query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/plants, plant, 2",
        "/api/functional-locations, functionalLocation, 5",
        "/api/equipment, equipment, 4"
    })
    void pagesShowEverythingOnce(String path, String key, int total) {
        var paged = new ArrayList<String>();
        var page = PLANT.get(path + "?limit=1");
        while (true) {
            assertThat(page.json().required("total").asInt()).isEqualTo(total);
            assertThat(page.each(key)).hasSize(1);
            paged.addAll(page.each(key));
            var next = page.json().required("next");
            if (next.isNull()) {
                break;
            }
            page = PLANT.get(path + "?limit=1&after=" + next.asString());
        }
        assertThat(paged).hasSize(total).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/plants?limit=0 | limit",
                "/api/plants?limit=1001 | limit",
                "/api/plants?colour=red | colour",
                "/api/functional-locations?limit=many | limit",
                "/api/functional-locations?plant=1&plant=2 | plant",
                "/api/equipment?limit=-1 | limit",
                "/api/equipment?sort=plant | sort",
                "/api/functional-location-tree?levels=0 | levels",
                "/api/functional-location-tree?levels=5 | levels"
            })
    void refusesBadParametersByName(String target, String parameter) {
        var answer = PLANT.get(target);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().required("errors").toString()).contains(parameter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/plants", "/api/functional-locations", "/api/equipment"})
    void refusesACursorThatItNeverGaveOut(String path) {
        assertThat(PLANT.get(path + "?after=rubbish").status()).isEqualTo(400);
    }

    @Test
    void showsAPlant() {
        var plant = PLANT.get("/api/plants/2000").json();
        assertThat(plant.required("name").asString()).isEqualTo("Europoort");
        assertThat(plant.required("street").isNull()).isTrue();
    }

    @Test
    void showsAFunctionalLocationWithItsPlace() {
        var shown = PLANT.get("/api/functional-locations/HH-PUMP-01").json();
        assertThat(shown.required("functionalLocation").required("description").asString())
                .isEqualTo("Feed water line");
        assertThat(texts(shown.required("path"), "functionalLocation")).containsExactly("HH", "HH-PUMP");
        assertThat(shown.required("children").isEmpty()).isTrue();
        assertThat(shown.required("equipmentCount").asInt()).isEqualTo(2);
        var top = PLANT.get("/api/functional-locations/HH").json();
        assertThat(top.required("path").isEmpty()).isTrue();
        assertThat(texts(top.required("children"), "functionalLocation")).containsExactly("HH-HALL", "HH-PUMP");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "levels=1 | HH(2,0) RO(0,1)",
                "levels=2 | HH(2,0)[HH-HALL(0,1) HH-PUMP(1,0)] RO(0,1)",
                "levels=4 | HH(2,0)[HH-HALL(0,1) HH-PUMP(1,0)[HH-PUMP-01(0,2)]] RO(0,1)",
                "root=HH | HH-HALL(0,1) HH-PUMP(1,0)",
                "root=HH-PUMP&levels=3 | HH-PUMP-01(0,2)",
                "root=RO | ''"
            })
    void showsTheHierarchy(String query, String expected) {
        var tree = PLANT.get("/api/functional-location-tree?" + query).json();
        assertThat(drawn(tree.required("nodes"))).isEqualTo(expected);
    }

    /** Each node with how many locations and how much equipment it has directly below. */
    private static String drawn(JsonNode nodes) {
        var drawn = new ArrayList<String>();
        for (var node : nodes) {
            var below = drawn(node.required("children"));
            drawn.add("%s(%s,%s)%s"
                    .formatted(
                            node.required("functionalLocation").asString(),
                            node.required("childCount"),
                            node.required("equipmentCount"),
                            below.isEmpty() ? "" : "[" + below + "]"));
        }
        return String.join(" ", drawn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000001", "000000000010000001"})
    void showsEquipmentWithItsPlaceItsPartsAndItsOrders(String number) {
        var shown = PLANT.get("/api/equipment/" + number).json();
        assertThat(shown.required("description").asString()).isEqualTo("Feed pump");
        assertThat(texts(shown.required("place"), "functionalLocation")).containsExactly("HH", "HH-PUMP", "HH-PUMP-01");
        assertThat(texts(shown.required("parts"), "equipment")).containsExactly("000000000010000002");
        assertThat(texts(shown.required("parts"), "positionInSuperior")).containsExactly("0010");
        assertThat(texts(shown.required("orders"), "orderNumber"))
                .as("the newest first")
                .containsExactly("000004000001", "000004000003");
        assertThat(shown.required("orderCount").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/plants/9999, plant-not-found",
        "/api/functional-locations/HX, functional-location-not-found",
        "/api/functional-location-tree?root=XX, functional-location-not-found",
        "/api/equipment/10000009, equipment-not-found"
    })
    void saysWhatThereIsNot(String target, String code) {
        var answer = PLANT.get(target);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().required("code").asString()).isEqualTo(code);
    }

    @Test
    void showsTheOrdersOfEquipmentOnlyToThoseWhoMayReadOrders() {
        var reader = new Caller("reader-of-master-data", Set.of(new Permission("master-data.read")), PlantScope.ALL);
        var shown = PLANT.as(reader).get("/api/equipment/10000001").json();
        assertThat(shown.required("orders")).isEmpty();
        assertThat(shown.required("orderCount").isNull()).isTrue();
    }

    @Test
    void answersOnlyThoseWhoMayReadMasterData() {
        var reader = new Caller("reader", Set.of(new Permission("master-data.read")), PlantScope.ALL);
        var other = new Caller("other", Set.of(new Permission("work-orders.read")), PlantScope.ALL);
        for (var target : List.of(
                "/api/plants",
                "/api/plants/1000",
                "/api/functional-locations",
                "/api/functional-locations/HH",
                "/api/functional-location-tree",
                "/api/equipment",
                "/api/equipment/10000001")) {
            assertThat(PLANT.as(reader).get(target).status()).as(target).isEqualTo(200);
            assertThat(PLANT.as(other).get(target).status()).as(target).isEqualTo(403);
            assertThat(PLANT.anonymous().get(target).status()).as(target).isEqualTo(401);
        }
    }
}
