package io.imaint.checks;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.Arrays;
import java.util.List;

/**
 * Two plants that mirror each other, and what belongs to none. Each has something below an object of the other, so that
 * whatever hangs on an object is counted and shown wrongly where it is not confined. What belongs to a plant names it by
 * its code or its city; the objects on which the other plant hangs something have no city, since their texts are copied.
 *
 * <pre>
 * 1000  HH ┬ HH-PUMP ── 10000002      2000  RO ┬ RO-PUMP ── 20000002
 *          ├ HH-GUEST (of 2000)                ├ RO-GUEST (of 1000)
 *          └ 10000001 ── 20000003              └ 20000001 ── 10000003
 * </pre>
 */
final class TwoPlants {
    static final String HAMBURG = "1000";
    static final String ROTTERDAM = "2000";

    /** Something that fails, so that alerts arise. */
    record Machine(String id, PlantCode plant) {}

    record MachineFailed(String machine) implements Fact {}

    static final CollectionType<Machine> MACHINES =
            CollectionType.of("Machines", Machine.class, Machine::id).plant("plant");

    private TwoPlants() {}

    static String city(String plant) {
        return plant.equals(HAMBURG) ? "Hamburg" : "Rotterdam";
    }

    /** The life-cycle status of all orders of a plant. */
    static String status(String plant) {
        return plant.equals(HAMBURG) ? "REL" : "TECO";
    }

    static String other(String plant) {
        return plant.equals(HAMBURG) ? ROTTERDAM : HAMBURG;
    }

    /** The first letters of a plant's functional locations. */
    static String site(String plant) {
        return plant.equals(HAMBURG) ? "HH" : "RO";
    }

    /** The number of a plant's object: those of 1000 begin with 1, those of 2000 with 2. */
    static String number(String plant, int which) {
        return plant.charAt(0) + "000000" + which;
    }

    static void fill(Store store) {
        for (var plant : new String[] {HAMBURG, ROTTERDAM}) {
            fill(store, plant);
        }
        add(store, Replicas.EQUIPMENT, equipment("30000001", "Nowhere"));
        add(store, Replicas.WORK_ORDERS, order("30000001", "Nowhere").put("lifecycleStatus", "CLSD"));
    }

    private static void fill(Store store, String plant) {
        var site = site(plant);
        var city = city(plant);
        var first = key(number(plant, 1));
        add(
                store,
                Replicas.PLANTS,
                new Document().put("id", plant).put("plant", plant).put("city", city));
        add(
                store,
                Replicas.FUNCTIONAL_LOCATIONS,
                location(site, plant).put("description", "Works"),
                location(site + "-PUMP", plant)
                        .put("superiorFunctionalLocation", site)
                        .put("description", city + " pump house"),
                location(site(other(plant)) + "-GUEST", plant)
                        .put("superiorFunctionalLocation", site(other(plant)))
                        .put("description", city + " guests"));
        add(
                store,
                Replicas.EQUIPMENT,
                owned(equipment(number(plant, 1), "Pump"), plant).put("functionalLocation", site),
                owned(equipment(number(plant, 2), city + " motor"), plant).put("functionalLocation", site + "-PUMP"),
                owned(equipment(number(plant, 3), city + " part"), plant)
                        .put("functionalLocation", site(other(plant)))
                        .put("superiorEquipment", key(number(other(plant), 1))));
        add(
                store,
                Replicas.WORK_ORDERS,
                ordered(order(number(plant, 1), city + " repair"), plant)
                        .put("equipment", first)
                        .put("notification", key(number(other(plant), 1)).substring(6)),
                ordered(order(number(plant, 2), city + " inspection"), plant)
                        .put("notification", key(number(plant, 1)).substring(6)),
                ordered(order(number(plant, 3), city + " repair of others"), plant)
                        .put("equipment", key(number(other(plant), 1))));
        var order = key(number(plant, 1)).substring(6);
        add(
                store,
                Replicas.OPERATIONS,
                new Document()
                        .put("id", order + "/0010/")
                        .put("orderNumber", order)
                        .put("operation", "0010")
                        .put("plant", plant)
                        .put("description", city + " step"));
        add(
                store,
                Replicas.NOTIFICATIONS,
                owned(new Document(), plant)
                        .put("id", order)
                        .put("notification", order)
                        .put("workCenterPlant", plant)
                        .put("description", city + " noise")
                        .put("breakdown", false));
        fillWork(store, plant);
        fillObjects(store, plant);
        fillInspections(store, plant);
        fillValues(store, plant);
    }

    /** What hangs on the first order and the first notification; it is of their plant, from which the mapper copies it. */
    private static void fillWork(Store store, String plant) {
        var city = city(plant);
        var order = key(number(plant, 1)).substring(6);
        add(
                store,
                Replicas.CONFIRMATIONS,
                hung(order, plant, "confirmation", "counter")
                        .put("orderNumber", order)
                        .put("text", city + " turned"));
        add(
                store,
                Replicas.GOODS_MOVEMENTS,
                hung(order, plant, "materialDocument", "item")
                        .put("materialDocumentYear", "2026")
                        .put("orderNumber", order)
                        .put("text", city + " taken"));
        add(
                store,
                Replicas.TIME_SHEETS,
                hung(order, plant, "record", "document")
                        .put("orderNumber", order)
                        .put("personnelNumber", "00000007")
                        .put("workDate", "2026-03-02")
                        .put("text", city + " hours"));
        add(
                store,
                Replicas.NOTIFICATION_ITEMS,
                hung(order, plant, "notification", "item").put("text", city + " crack"));
    }

    private static void fillObjects(Store store, String plant) {
        var city = city(plant);
        var first = key(number(plant, 1));
        add(
                store,
                Replicas.MEASUREMENT_DOCUMENTS,
                hung(first.substring(6), plant, "measuringPoint", "measurementDocument")
                        .put("readingDate", "2026-03-01")
                        .put("text", city + " read"));
        add(
                store,
                Replicas.CLASS_CHARACTERISTICS,
                hung(first, plant, "object", "characteristic")
                        .put("class", "EQ_PUMP")
                        .put("classType", "002"),
                hung(site(plant), plant, "object", "characteristic")
                        .put("class", "FL_SITE")
                        .put("classType", "003"));
        add(
                store,
                Replicas.MEASURING_POINTS,
                hung(first.substring(6), plant, "measuringPoint", "position")
                        .put("id", first.substring(6))
                        .put("equipment", first)
                        .put("description", city + " pressure"));
        add(store, Replicas.BOM_ITEMS, hung(first, plant, "equipment", "item").put("description", city + " bearing"));
        add(
                store,
                Replicas.MAINTENANCE_PLANS,
                hung(first.substring(6), plant, "maintenancePlan", "maintenanceItem")
                        .put("id", first.substring(6))
                        .put("equipment", first)
                        .put("taskListGroup", "PUMPS")
                        .put("description", city + " oil change"));
        var list = new Document()
                .put("taskListType", "A")
                .put("taskListGroup", "PUMPS")
                .put("groupCounter", plant);
        add(
                store,
                Replicas.TASK_LISTS,
                list.copy().put("id", "A/PUMPS/" + plant).put("plant", plant).put("description", city + " pumps"));
        add(
                store,
                Replicas.TASK_LIST_OPERATIONS,
                list.copy()
                        .put("id", "A/PUMPS/" + plant + "/1")
                        .put("node", "1")
                        .put("plant", plant)
                        .put("description", city + " oil"));
    }

    private static void fillInspections(Store store, String plant) {
        var city = city(plant);
        var lot = key(number(plant, 1)).substring(6);
        add(
                store,
                Replicas.INSPECTION_LOTS,
                hung(lot, plant, "inspectionLot", "origin")
                        .put("id", lot)
                        .put("equipment", key(number(plant, 1)))
                        .put("lifecycleStatus", status(plant))
                        .put("description", city + " check"));
        add(
                store,
                Replicas.INSPECTION_CHARACTERISTICS,
                hung(lot, plant, "inspectionLot", "characteristic")
                        .put("operation", "00000001")
                        .put("description", city + " pressure"));
        add(
                store,
                Replicas.USAGE_DECISIONS,
                hung(lot, plant, "inspectionLot", "code").put("id", lot).put("text", city + " accepts"));
    }

    private static void fillValues(Store store, String plant) {
        var city = city(plant);
        add(
                store,
                Replicas.WORK_CENTERS,
                hung(plant, plant, "plant", "workCenter").put("description", city + " crew"));
        add(
                store,
                Replicas.PERSONS,
                hung(plant, plant, "personnelNumber", "workCenter").put("name", city + " Jones"));
        add(
                store,
                Replicas.MATERIALS,
                new Document().put("id", "SEAL").put("material", "SEAL").put("description", "Shaft seal"));
        add(
                store,
                Replicas.STOCKS,
                hung("SEAL", plant, "material", "storageLocation")
                        .put("materialDescription", city + " seal")
                        .put("unrestrictedStock", 3));
    }

    /** Something of a plant below an object, named by the plant's city. */
    private static Document hung(String object, String plant, String objectField, String ownField) {
        return new Document()
                .put("id", object + "/" + city(plant))
                .put(objectField, object)
                .put(ownField, city(plant))
                .put("plant", plant);
    }

    static String key(String number) {
        return "0000000000" + number;
    }

    private static Document owned(Document document, String plant) {
        return document.put("maintenancePlant", plant).put("plant", plant);
    }

    private static Document location(String label, String plant) {
        return owned(new Document().put("id", label).put("functionalLocation", label), plant);
    }

    private static Document equipment(String number, String description) {
        return new Document()
                .put("id", key(number))
                .put("equipment", key(number))
                .put("description", description);
    }

    private static Document order(String number, String description) {
        var key = key(number).substring(6);
        return new Document().put("id", key).put("orderNumber", key).put("description", description);
    }

    private static Document ordered(Document order, String plant) {
        return order.put("plant", plant).put("lifecycleStatus", status(plant)).put("basicStart", "2026-03-01");
    }

    /** Adds something to a plant after everything else. */
    static void addLast(Store store, String plant, String label) {
        var below = location(label, plant).put("superiorFunctionalLocation", site(plant) + "-PUMP");
        add(store, Replicas.FUNCTIONAL_LOCATIONS, below);
    }

    /** Adds something to a plant that is gone at once. */
    static void addAndRemove(Store store, String plant, String label) {
        addLast(store, plant, label);
        store.documents(Replicas.FUNCTIONAL_LOCATIONS).removeAll(Condition.equal("functionalLocation", label));
    }

    /** The keys of what belongs to a plant. */
    static List<String> keys(String plant) {
        return List.of(
                plant,
                site(plant),
                site(plant) + "-PUMP",
                site(other(plant)) + "-GUEST",
                key(number(plant, 1)),
                key(number(plant, 3)),
                key(number(plant, 1)).substring(6),
                key(number(plant, 3)).substring(6));
    }

    private static void add(Store store, CollectionType<Document> type, Document... documents) {
        store.documents(type).upsertAll(Arrays.asList(documents));
    }
}
