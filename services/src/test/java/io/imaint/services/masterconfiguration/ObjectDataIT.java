package io.imaint.services.masterconfiguration;

import static io.imaint.services.ApiClient.Answer.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ServedPlant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hangs on technical objects: measuring points, bills of material, classes, maintenance plans. */
class ObjectDataIT {
    @RegisterExtension
    static final ServedPlant PLANT = new ServedPlant(MasterConfigurationService.MODULE);

    private static final String POINT = "/api/measuring-points/1";

    private static String listed(String target, String field) {
        var answer = PLANT.get(target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var keys = answer.each(field);
        assertThat(answer.json().required("total").asInt()).isEqualTo(keys.size());
        return String.join(" ", keys);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=50 | 000000000001 000000000002 000000000003",
                "plant=1000 | 000000000001 000000000002",
                "equipment=10000001 | 000000000001",
                "functionalLocation=HH-HALL | 000000000002",
                "functionalLocation=HH* | 000000000002",
                "functionalLocation=RO | ''",
                "text=pressure | 000000000001",
                "text=hours&plant=1000 | ''"
            })
    void findsMeasuringPointsByEachFilter(String query, String expected) {
        assertThat(listed("/api/measuring-points?" + query, "measuringPoint")).isEqualTo(expected);
    }

    @Test
    void showsTheLastReadingOfAPointThatWasNotCancelled() {
        var point = PLANT.get("/api/measuring-points?equipment=10000001").json().at("/items/0");
        assertThat(point.required("unit").asString()).isEqualTo("BAR");
        assertThat(point.at("/lastReading/readingDate").asString()).isEqualTo("2026-02-01");
        assertThat(PLANT.get(POINT).json().at("/lastReading/reading").asInt()).isEqualTo(8);
        assertThat(PLANT.get("/api/measuring-points/000000000002")
                        .json()
                        .required("lastReading")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "points=500 | 9 11 7 8 | false",
                "from=2026-01-02 | 11 7 8 | false",
                "to=2026-01-03 | 9 11 7 | false",
                "from=2026-01-03&to=2026-01-03 | 11 7 | false",
                "from=2026-03-01 | '' | false"
            })
    void showsReadingsFromTheOldestToTheNewest(String query, String expected, boolean reduced) {
        var readings = PLANT.get(POINT + "/readings?" + query).json();
        assertThat(String.join(" ", texts(readings.required("readings"), "reading")))
                .isEqualTo(expected);
        assertThat(readings.required("count").asInt()).isEqualTo(expected.isEmpty() ? 0 : expected.split(" ").length);
        assertThat(readings.required("reduced").asBoolean()).isEqualTo(reduced);
        assertThat(readings.required("truncated").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/measuring-points?limit=201 | limit",
                "/api/measuring-points?colour=red | colour",
                "/api/measuring-points/1/readings?points=3 | points",
                "/api/measuring-points/1/readings?from=soon | from",
                "/api/bom-items?limit=0 | limit",
                "/api/maintenance-plans?sort=colour | sort",
                "/api/maintenance-plans?dueTo=soon | dueTo",
                "/api/task-list-operations | taskListGroup"
            })
    void refusesBadParametersByName(String target, String parameter) {
        var answer = PLANT.get(target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().required("errors").toString()).contains(parameter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "equipment=10000001 | SEAL BEARING",
                "equipment=10000001&plant=2000 | ''",
                "plant=2000 | SEAL",
                "component=SEAL | SEAL SEAL",
                "material=PUMP | ''"
            })
    void findsItemsOfBillsOfMaterial(String query, String expected) {
        assertThat(listed("/api/bom-items?" + query, "component")).isEqualTo(expected);
    }

    @Test
    void putsTheCharacteristicsOfEachClassTogether() {
        var classes = PLANT.get("/api/equipment/10000001/classification").json().required("classes");
        assertThat(texts(classes, "name")).containsExactly("EQ_PUMP", "EX_ZONE");
        assertThat(texts(classes.at("/0/characteristics"), "characteristic")).containsExactly("MATERIAL", "POWER");
        assertThat(classes.at("/0/characteristics/1/numericValue").asInt()).isEqualTo(55);
        assertThat(classes.at("/1/characteristics/0/value").asString()).isEqualTo("2");
        var hall = PLANT.get("/api/functional-locations/HH-HALL/classification").json();
        assertThat(texts(hall.required("classes"), "name")).containsExactly("FL_HALL");
        assertThat(PLANT.get("/api/equipment/10000003/classification").json().required("classes"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=50 | 000000000001 000000000002",
                "sort=nextPlannedDate | 000000000002 000000000001",
                "plant=1000 | 000000000001",
                "planningPlant=2000 | 000000000002",
                "equipment=10000004 | 000000000002",
                "functionalLocation=HH* | ''",
                "taskListGroup=PUMPS | 000000000001",
                "dueFrom=2026-05-01 | 000000000001",
                "dueTo=2026-04-01 | 000000000002",
                "text=oil+change | 000000000001"
            })
    void findsMaintenancePlansByEachFilter(String query, String expected) {
        assertThat(listed("/api/maintenance-plans?" + query, "maintenancePlan")).isEqualTo(expected);
    }

    @Test
    void showsAMaintenancePlanWithTheOperationsOfItsTaskList() {
        var plan = PLANT.get("/api/maintenance-plans/1").json();
        assertThat(plan.required("maintenancePlan").asString()).isEqualTo("000000000001");
        assertThat(texts(plan.required("operations"), "description")).containsExactly("Drain oil", "Fill oil");
        assertThat(PLANT.get("/api/maintenance-plans/2").json().required("operations"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/task-lists | Pumps Compressors",
                "/api/task-lists?plant=2000 | Compressors",
                "/api/task-lists?text=pum | Pumps Compressors",
                "/api/task-lists?text=compressors | Compressors",
                "/api/task-lists?equipment=10000001 | ''",
                "/api/task-list-operations?taskListGroup=PUMPS&groupCounter=02 | Listen",
                "/api/task-list-operations?taskListGroup=PUMPS&taskListType=E | ''"
            })
    void findsTaskListsAndTheirOperations(String target, String expected) {
        assertThat(listed(target, "description")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/measuring-points/9, measuring-point-not-found",
        "/api/measuring-points/9/readings, measuring-point-not-found",
        "/api/equipment/9/classification, equipment-not-found",
        "/api/functional-locations/XX/classification, functional-location-not-found",
        "/api/maintenance-plans/9, maintenance-plan-not-found"
    })
    void saysWhatThereIsNot(String target, String code) {
        var answer = PLANT.get(target);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().required("code").asString()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "measurements.read | /api/measuring-points /api/measuring-points/1 /api/measuring-points/1/readings",
                "master-data.read | /api/bom-items /api/equipment/10000001/classification /api/functional-locations/HH/classification",
                "maintenance-plans.read | /api/maintenance-plans /api/maintenance-plans/1 /api/task-lists"
            })
    void answersOnlyThoseWhoHoldThePermission(String permission, String targets) {
        var reader = new Caller(permission, Set.of(new Permission(permission)), PlantScope.ALL);
        var other = new Caller("other", Set.of(new Permission("work-orders.read")), PlantScope.ALL);
        for (var target : List.of(targets.split(" "))) {
            assertThat(PLANT.as(reader).get(target).status()).as(target).isEqualTo(200);
            assertThat(PLANT.as(other).get(target).status()).as(target).isEqualTo(403);
            assertThat(PLANT.anonymous().get(target).status()).as(target).isEqualTo(401);
        }
    }
}
