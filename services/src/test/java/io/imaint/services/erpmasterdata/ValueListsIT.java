package io.imaint.services.erpmasterdata;

import static io.imaint.services.ApiClient.Answer.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lists from which people choose. */
class ValueListsIT {
    @RegisterExtension
    static final ServedPlant PLANT = new ServedPlant(ErpMasterDataService.MODULE);

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
            value = {
                "order-types | orderType | PM01,PM02",
                "order-types?text=prev | orderType | PM02",
                "notification-types | notificationType | M1,M2",
                "notification-types?text=m2 | notificationType | M2",
                "priorities | description | Very high,At once",
                "priorities?priorityType=PM | description | Very high",
                "priorities?text=once | description | At once",
                "activity-types | description | Inspection",
                "activity-types?text=repair | description | ''",
                "status-texts?text=rel | description | Released",
                "catalog-profiles?catalogProfile=PUMPS&catalog=C | codeGroup | PUMP",
                "catalog-profiles?catalogProfile=FANS | codeGroup | ''",
                "catalog-profiles?text=damages | codeGroup | PUMP",
                "catalog-codes | description | Lack of grease,Overheats,Leaks",
                "catalog-codes?catalog=C | description | Overheats,Leaks",
                "catalog-codes?catalog=C&codeGroup=PUMP | description | Leaks",
                "catalog-codes?codeGroup=PUMP | description | 'Lack of grease,Leaks'",
                "catalog-codes?text=grease | description | Lack of grease",
                "planner-groups | plannerGroup | P1,P2",
                "planner-groups?planningPlant=2000 | plannerGroup | P2",
                "planner-groups?text=pumps | plannerGroup | P1",
                "work-centers | description | Electricians,Mechanics,Mechanics of the port",
                "work-centers?plant=1000 | description | Electricians,Mechanics",
                "work-centers?workCenter=MECH | description | Mechanics,Mechanics of the port",
                "work-centers?text=port | description | Mechanics of the port",
                "persons | name | Anna Berg,Ben Vries",
                "persons?plant=2000 | name | Ben Vries",
                "persons?workCenter=MECH&user=ANNA | name | Anna Berg",
                "persons?text=vries | name | Ben Vries",
                "order-types?plant=2000 | orderType | PM01,PM02",
                "planner-groups?plant=2000 | plannerGroup | P2",
                "planner-groups?plant=1000&planningPlant=2000 | plannerGroup | ''",
                "materials | material | 000000000000000815,BEARING,SEAL",
                "materials?plant=1000&text=seal | material | SEAL",
                "storage-locations | storageLocation | 0001,0002,0001",
                "storage-locations?plant=1000 | storageLocation | 0001,0002",
                "storage-locations?text=0002 | storageLocation | 0002",
                "storage-locations?plant=3000 | storageLocation | ''"
            })
    void findsValues(String target, String field, String expected) {
        assertThat(listed("/api/master-data/" + target, field)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/master-data/catalog-profiles?catalog=C | catalogProfile",
                "/api/master-data/persons?limit=0 | limit",
                "/api/master-data/order-types?language=german | language"
            })
    void refusesWhatNarrowsNothing(String target, String named) {
        var answer = PLANT.get(target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().required("errors").toString()).contains(named);
    }

    @Test
    void pagesThroughAList() {
        var first = PLANT.get("/api/master-data/catalog-codes?limit=2").json();
        assertThat(texts(first.required("items"), "description")).containsExactly("Lack of grease", "Overheats");
        var second = PLANT.get("/api/master-data/catalog-codes?limit=2&after="
                + first.required("next").asString());
        assertThat(second.each("description")).containsExactly("Leaks");
        assertThat(second.json().required("next").isNull()).isTrue();
    }

    @Test
    void showsTheStocksOfAMaterialInTheCallersPlants() {
        var seal = "/api/master-data/materials?text=seal";
        var all = PLANT.get(seal).json().at("/items/0");
        assertThat(all.required("description").asString()).isEqualTo("Shaft seal");
        assertThat(texts(all.required("stocks"), "unrestrictedStock")).containsExactly("5", "1", "7");
        var ofPlant = PLANT.get(seal + "&plant=2000").json().at("/items/0/stocks");
        assertThat(texts(ofPlant, "storageLocation")).containsExactly("0001");
        var seen = rotterdam().get(seal).json().at("/items/0/stocks");
        assertThat(texts(seen, "plant")).containsExactly("2000");
    }

    @Test
    void showsOnlyWhatBelongsToTheCallersPlants() {
        assertThat(rotterdam().get("/api/master-data/persons").each("name")).containsExactly("Ben Vries");
        assertThat(rotterdam().get("/api/master-data/persons?plant=1000").each("name"))
                .isEmpty();
        assertThat(rotterdam().get("/api/master-data/storage-locations").each("plant"))
                .containsExactly("2000");
        assertThat(rotterdam().get("/api/master-data/order-types?plant=2000").each("orderType"))
                .containsExactly("PM01", "PM02");
    }

    private static ApiClient rotterdam() {
        return PLANT.as(new Caller("rotterdam", permission -> true, PlantScope.of("2000")));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/master-data/order-types, master-data.read",
        "/api/master-data/persons, master-data.read",
        "/api/master-data/materials, materials.read",
        "/api/master-data/storage-locations, materials.read"
    })
    void answersOnlyThoseWhoHoldThePermission(String target, String permission) {
        var reader = new Caller(permission, Set.of(new Permission(permission)), PlantScope.ALL);
        var other = new Caller("other", Set.of(new Permission("work-orders.read")), PlantScope.ALL);
        assertThat(PLANT.as(reader).get(target).status()).isEqualTo(200);
        assertThat(PLANT.as(other).get(target).status()).isEqualTo(403);
        assertThat(PLANT.anonymous().get(target).status()).isEqualTo(401);
    }
}
