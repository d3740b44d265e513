package io.imaint.services;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Two plants written by hand, small enough to know every answer by heart.
 *
 * <pre>
 * 1000 Hamburg     HH             Hamburg works
 *                  ├ HH-PUMP      Pump house            ├ 10000001 feed pump (PUMP) ── 10000002 its motor (MOTOR)
 *                  │ └ HH-PUMP-01 Feed water line       ┘
 *                  └ HH-HALL      Hall                    10000003 crane (CRANE)
 * 2000 Rotterdam   RO             Rotterdam works         10000004 compressor (PUMP)
 * </pre>
 */
@NullMarked
final class SmallPlant {
    private SmallPlant() {}

    static void fill(Store store) {
        add(store, Replicas.PLANTS, plant("1000", "Hamburg works", "Hamburg"), plant("2000", "Europoort", "Rotterdam"));
        add(
                store,
                Replicas.FUNCTIONAL_LOCATIONS,
                location("HH", null, "1000", "Hamburg works"),
                location("HH-PUMP", "HH", "1000", "Pump house"),
                location("HH-PUMP-01", "HH-PUMP", "1000", "Feed water line"),
                location("HH-HALL", "HH", "1000", "Hall"),
                location("RO", null, "2000", "Rotterdam works"));
        add(
                store,
                Replicas.EQUIPMENT,
                equipment("10000001", "1000", "HH-PUMP-01", "PUMP", "Feed pump")
                        .put("manufacturer", "Nordström")
                        .put("manufacturerSerialNumber", "SN-4711"),
                equipment("10000002", "1000", "HH-PUMP-01", "MOTOR", "Motor of the feed pump")
                        .put("superiorEquipment", "000000000010000001")
                        .put("positionInSuperior", "0010"),
                equipment("10000003", "1000", "HH-HALL", "CRANE", "Crane"),
                equipment("10000004", "2000", "RO", "PUMP", "Compressor"));
        add(store, Replicas.WORK_ORDERS, orders());
        add(
                store,
                Replicas.OPERATIONS,
                operation("4000001", "0020", "Mount bearing", 4),
                operation("4000001", "0010", "Dismount bearing", 2),
                operation("4000002", "0010", "Measure winding", 1));
        SmallPlantWork.fill(store);
        SmallPlantObjects.fill(store);
        SmallPlantValues.fill(store);
    }

    /** The last one has a number and nothing else: SAP promises no more. */
    private static Document[] orders() {
        return new Document[] {
            order("4000001", "1000", "MECH", "REL", "PM01", "1", "2026-03-02")
                    .put("plannerGroup", "P1")
                    .put("basicFinish", "2026-03-04")
                    .put("description", "Replace bearing of feed pump")
                    .put("equipment", "000000000010000001")
                    .put("functionalLocation", "HH-PUMP-01")
                    .put("notification", "000010000001")
                    .put("costCenter", "4100")
                    .put("releasedOn", "2026-03-01")
                    .put("systemStatuses", List.of("REL", "PRC")),
            order("4000002", "1000", "ELEC", "CRTD", "PM02", "3", "2026-03-05")
                    .put("plannerGroup", "P2")
                    .put("basicFinish", "2026-03-09")
                    .put("description", "Inspect winding")
                    .put("equipment", "000000000010000002")
                    .put("functionalLocation", "HH-PUMP-01"),
            order("4000003", "1000", "MECH", "PCNF", "PM01", "2", "2026-01-15")
                    .put("plannerGroup", "P1")
                    .put("basicFinish", "2026-01-20")
                    .put("description", "Align coupling of feed pump")
                    .put("equipment", "000000000010000001")
                    .put("functionalLocation", "HH-PUMP-01"),
            order("4000004", "2000", "MECH", "TECO", "PM03", "2", "2025-12-01")
                    .put("plannerGroup", "P1")
                    .put("basicFinish", "2025-12-20")
                    .put("description", "Overhaul compressor")
                    .put("equipment", "000000000010000004")
                    .put("functionalLocation", "RO"),
            order("4000005", "2000", "ELEC", "REL", "PM01", "1", "2026-03-05")
                    .put("plannerGroup", "P2")
                    .put("basicFinish", "2026-03-05")
                    .put("description", "Repair lighting")
                    .put("functionalLocation", "RO"),
            order("4000006", "1000", "MECH", "CLSD", "PM02", "4", "2025-11-20")
                    .put("plannerGroup", "P2")
                    .put("basicFinish", "2025-11-21")
                    .put("description", "Grease bearings of crane")
                    .put("equipment", "000000000010000003")
                    .put("functionalLocation", "HH-HALL"),
            document("000004000007").put("orderNumber", "000004000007")
        };
    }

    private static Document plant(String code, String name, String city) {
        return document(code).put("plant", code).put("name", name).put("city", city);
    }

    private static Document location(String label, @Nullable String superior, String plant, String description) {
        return document(label)
                .put("functionalLocation", label)
                .put("superiorFunctionalLocation", superior)
                .put("maintenancePlant", plant)
                .put("plant", plant)
                .put("description", description);
    }

    private static Document equipment(
            String number, String plant, String location, String objectType, String description) {
        var key = "0000000000" + number;
        return document(key)
                .put("equipment", key)
                .put("maintenancePlant", plant)
                .put("plant", plant)
                .put("functionalLocation", location)
                .put("objectType", objectType)
                .put("description", description);
    }

    private static Document order(
            String number, String plant, String workCenter, String status, String type, String priority, String start) {
        var key = "00000" + number;
        return document(key)
                .put("orderNumber", key)
                .put("plant", plant)
                .put("workCenter", workCenter)
                .put("lifecycleStatus", status)
                .put("orderType", type)
                .put("priority", priority)
                .put("basicStart", start);
    }

    private static Document operation(String order, String number, String description, int hours) {
        return document("00000" + order + "/" + number + "/")
                .put("orderNumber", "00000" + order)
                .put("operation", number)
                .put("plant", "1000")
                .put("description", description)
                .put("work", hours)
                .put("workUnit", "H");
    }

    static Document document(String key) {
        return new Document().put(Replicas.ID, key);
    }

    static void add(Store store, CollectionType<Document> type, Document... documents) {
        store.documents(type).upsertAll(Arrays.asList(documents));
    }
}
