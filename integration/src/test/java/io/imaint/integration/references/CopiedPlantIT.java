package io.imaint.integration.references;

import static io.imaint.integration.references.ReferenceFixture.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: whatever belongs to an object names the plant that owns it. Method: one object of each kind, and what hangs on it. */
class CopiedPlantIT {
    private final ReferenceFixture fixture;

    CopiedPlantIT(@TempDir Path directory) {
        fixture = new ReferenceFixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatHangsOnAnObjectBelongsToTheObjectsPlant() {
        fixture.write("Plants", document("1000", "name", "Works"), document("1010", "name", "Yard"));
        fixture.write("FunctionalLocations", document("A", "functionalLocation", "A", "maintenancePlant", "1010"));
        fixture.write("Equipment", document("E1", "equipment", "E1", "maintenancePlant", "1000"));
        fixture.write("WorkOrders", document("4", "orderNumber", "4", "plant", "1000"));
        fixture.write("TaskLists", document("A/1/1", "plant", "1010"));
        fixture.write("Persons", document("7", "plant", "1010"));
        fixture.write("Notifications", document("9", "notification", "9", "functionalLocation", "A"));
        var hanging = Map.ofEntries(
                Map.entry("Operations", document("1", "orderNumber", "4", "workCenterPlant", "1010")),
                Map.entry("Components", document("1", "orderNumber", "4", "stockPlant", "1010")),
                Map.entry("Confirmations", document("1", "orderNumber", "4", "workCenterPlant", "1010")),
                Map.entry("GoodsMovements", document("1", "orderNumber", "4", "stockPlant", "1010")),
                Map.entry("TimeSheets", document("1", "orderNumber", "4", "personnelNumber", "7")),
                Map.entry("BomItems", document("1", "equipment", "E1")),
                Map.entry("ClassCharacteristics", document("1", "object", "E1", "classType", "002")),
                Map.entry("MeasuringPoints", document("1", "equipment", "E1")),
                Map.entry("MeasurementDocuments", document("1", "measuringPoint", "1")),
                Map.entry("MaintenancePlans", document("1", "equipment", "E1", "planningPlant", "1010")),
                Map.entry("Attachments", document("1", "objectType", "BUS2007", "objectKey", "4")));
        hanging.forEach((collection, document) -> fixture.write(collection, document));
        fixture.write("GoodsMovements", document("2", "stockPlant", "1010"));
        fixture.write("TimeSheets", document("2", "personnelNumber", "7"));
        fixture.write("ClassCharacteristics", document("2", "object", "A", "classType", "003"));
        fixture.write(
                "TaskListOperations",
                document(
                        "2",
                        "taskListType",
                        "A",
                        "taskListGroup",
                        "1",
                        "groupCounter",
                        "1",
                        "workCenterPlant",
                        "1000"));
        fixture.write("NotificationTasks", document("2", "notification", "9"));
        fixture.write(
                "Attachments",
                document("2", "objectType", "BUS2038", "objectKey", "9"),
                document("3", "objectType", "FUNC_LOC", "objectKey", "A"),
                document("4", "objectType", "EQUI", "objectKey", "A"));
        fixture.follow();
        hanging.keySet()
                .forEach(collection -> assertThat(fixture.find(collection, "1").text("plant"))
                        .as(collection)
                        .hasValue("1000"));
        for (var collection : List.of(
                "GoodsMovements", "TimeSheets", "ClassCharacteristics", "TaskListOperations", "NotificationTasks")) {
            assertThat(fixture.find(collection, "2").text("plant"))
                    .as(collection)
                    .hasValue("1010");
        }
        assertThat(fixture.find("Attachments", "2").text("plant")).hasValue("1010");
        assertThat(fixture.find("Attachments", "3").text("plant")).hasValue("1010");
        assertThat(fixture.find("Attachments", "4").has("plant")).isFalse();
    }
}
