package io.imaint.services;

import static io.imaint.services.SmallPlant.add;
import static io.imaint.services.SmallPlant.document;

import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** What is measured, built in and planned at the objects of the {@link SmallPlant}. */
@NullMarked
final class SmallPlantObjects {
    private static final String PUMP = "000000000010000001";
    private static final String COMPRESSOR = "000000000010000004";

    private SmallPlantObjects() {}

    static void fill(Store store) {
        add(
                store,
                Replicas.MEASURING_POINTS,
                point("1", PUMP, null, "1000", "Discharge pressure")
                        .put("unit", "BAR")
                        .put("upperLimit", 12),
                point("2", null, "HH-HALL", "1000", "Temperature of the hall"),
                point("3", COMPRESSOR, null, "2000", "Running hours").put("counter", true));
        add(
                store,
                Replicas.MEASUREMENT_DOCUMENTS,
                reading(1, "2026-01-01", "08:00:00", 9),
                reading(2, "2026-01-03", "16:00:00", 7),
                reading(3, "2026-01-03", "08:00:00", 11),
                reading(4, "2026-02-01", "08:00:00", 8),
                reading(5, "2026-02-02", "08:00:00", 99).put("cancelled", true));
        add(
                store,
                Replicas.BOM_ITEMS,
                bomItem(PUMP, "0010", "SEAL", "1000"),
                bomItem(PUMP, "0020", "BEARING", "1000"),
                bomItem(COMPRESSOR, "0010", "SEAL", "2000"));
        add(
                store,
                Replicas.CLASS_CHARACTERISTICS,
                characteristic(PUMP, "EQ_PUMP", "POWER", "002", "1000")
                        .put("numericValue", 55)
                        .put("unit", "KW"),
                characteristic(PUMP, "EQ_PUMP", "MATERIAL", "002", "1000").put("value", "Cast iron"),
                characteristic(PUMP, "EX_ZONE", "ZONE", "002", "1000").put("value", "2"),
                characteristic("HH-HALL", "FL_HALL", "AREA", "003", "1000").put("numericValue", 900));
        add(
                store,
                Replicas.MAINTENANCE_PLANS,
                plan("1", PUMP, "1000", "Oil change of the feed pump", "2026-06-01")
                        .put("taskListType", "A")
                        .put("taskListGroup", "PUMPS")
                        .put("groupCounter", "01"),
                plan("2", COMPRESSOR, "2000", "Inspection of the compressor", "2026-04-01"));
        add(store, Replicas.TASK_LISTS, taskList("01", "1000", "Pumps"), taskList("02", "2000", "Compressors"));
        add(
                store,
                Replicas.TASK_LIST_OPERATIONS,
                taskList("01", "1000", "Drain oil").put("id", "A/PUMPS/01/1").put("node", "1"),
                taskList("01", "1000", "Fill oil").put("id", "A/PUMPS/01/2").put("node", "2"),
                taskList("02", "2000", "Listen").put("id", "A/PUMPS/02/1").put("node", "1"));
    }

    private static Document point(
            String digit, @Nullable String equipment, @Nullable String location, String plant, String description) {
        var number = "00000000000" + digit;
        return document(number)
                .put("measuringPoint", number)
                .put("equipment", equipment)
                .put("functionalLocation", location)
                .put("plant", plant)
                .put("description", description);
    }

    private static Document reading(int number, String date, String time, int value) {
        return document("0" + number)
                .put("measurementDocument", "0" + number)
                .put("measuringPoint", "000000000001")
                .put("plant", "1000")
                .put("readingDate", date)
                .put("readingTime", time)
                .put("reading", value);
    }

    private static Document bomItem(String equipment, String item, String component, String plant) {
        return document("/" + equipment + "/" + item)
                .put("equipment", equipment)
                .put("item", item)
                .put("component", component)
                .put("plant", plant);
    }

    private static Document characteristic(String object, String name, String word, String type, String plant) {
        return document(object + "/" + name + "/" + word)
                .put("object", object)
                .put("class", name)
                .put("characteristic", word)
                .put("classType", type)
                .put("plant", plant);
    }

    private static Document plan(String digit, String equipment, String plant, String description, String due) {
        var number = "00000000000" + digit;
        return document(number)
                .put("maintenancePlan", number)
                .put("equipment", equipment)
                .put("plant", plant)
                .put("planningPlant", plant)
                .put("description", description)
                .put("nextPlannedDate", due);
    }

    private static Document taskList(String counter, String plant, String description) {
        return document("A/PUMPS/" + counter)
                .put("taskListType", "A")
                .put("taskListGroup", "PUMPS")
                .put("groupCounter", counter)
                .put("plant", plant)
                .put("description", description);
    }
}
