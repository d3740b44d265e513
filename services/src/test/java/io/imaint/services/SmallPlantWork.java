package io.imaint.services;

import static io.imaint.services.SmallPlant.add;
import static io.imaint.services.SmallPlant.document;

import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The notifications of the {@link SmallPlant}, and what hangs on its first order and its first notification. */
@NullMarked
final class SmallPlantWork {
    private static final String ORDER = "000004000001";

    private SmallPlantWork() {}

    static void fill(Store store) {
        add(store, Replicas.NOTIFICATIONS, notifications());
        add(store, Replicas.NOTIFICATION_ITEMS, part("0001").put("item", "0001").put("text", "Bearing worn"));
        add(
                store,
                Replicas.NOTIFICATION_CAUSES,
                part("0001/0001").put("item", "0001").put("cause", "0001").put("text", "No grease"));
        add(
                store,
                Replicas.NOTIFICATION_TASKS,
                part("0001").put("task", "0001").put("text", "Order bearing").put("plannedFinish", "2026-03-03"));
        add(
                store,
                Replicas.NOTIFICATION_ACTIVITIES,
                part("0001").put("activity", "0001").put("text", "Pump stopped").put("start", "2026-03-01"),
                part("0002")
                        .put("activity", "0002")
                        .put("text", "Never done")
                        .put("start", "2026-03-02")
                        .put("deletionFlag", true));
        add(
                store,
                Replicas.COMPONENTS,
                component("0001", "SEAL").put("storageLocation", "0001").put("requiredQuantity", 2),
                component("0002", "BEARING"));
        add(
                store,
                Replicas.CONFIRMATIONS,
                ofOrder("0000000007/00000001")
                        .put("confirmation", "0000000007")
                        .put("counter", "00000001")
                        .put("operation", "0010")
                        .put("actualWork", 1),
                ofOrder("0000000007/00000002")
                        .put("confirmation", "0000000007")
                        .put("counter", "00000002")
                        .put("operation", "0010")
                        .put("finalConfirmation", true)
                        .put("createdOn", "2026-03-03")
                        .put("createdTime", "14:10:00")
                        .put("actualWork", 2));
        add(
                store,
                Replicas.GOODS_MOVEMENTS,
                ofOrder("4900000001/2026/0001")
                        .put("materialDocument", "4900000001")
                        .put("materialDocumentYear", "2026")
                        .put("item", "0001")
                        .put("material", "SEAL")
                        .put("quantity", 2)
                        .put("postingDate", "2026-03-02"));
        add(
                store,
                Replicas.TIME_SHEETS,
                ofOrder("000000000001").put("record", "000000000001").put("hours", 3));
        add(
                store,
                Replicas.ATTACHMENTS,
                attached("0000000000000000000000001", "BUS2007")
                        .put("fileName", "seal.pdf")
                        .put("createdOn", "2026-03-03"),
                attached("0000000000000000000000002", "EQUI").put("fileName", "of-another-object.pdf"),
                attached("0000000000000000000000003", "BUS2038")
                        .put("objectKey", "000010000001")
                        .put("fileName", "noise.mp3")
                        .put("createdBy", "ANNA")
                        .put("createdOn", "2026-03-02"));
    }

    /** The last one has a number and nothing else. */
    private static Document[] notifications() {
        return new Document[] {
            notification("1", "M2", "1", "NOPR", "2026-03-01")
                    .put("description", "Feed pump is loud")
                    .put("plant", "1000")
                    .put("equipment", "000000000010000001")
                    .put("functionalLocation", "HH-PUMP-01")
                    .put("reportedBy", "ANNA")
                    .put("order", ORDER)
                    .put("breakdown", true)
                    .put("malfunctionStart", "2026-03-01")
                    .put("malfunctionStartTime", "06:30:00")
                    .put("systemStatuses", List.of("NOPR", "ORAS")),
            notification("2", "M1", "3", "OSNO", "2026-02-10")
                    .put("description", "Crane squeaks")
                    .put("plant", "1000")
                    .put("equipment", "000000000010000003")
                    .put("reportedBy", "BEN"),
            notification("3", "M2", "2", "NOCO", "2026-01-05")
                    .put("description", "Compressor leaks oil")
                    .put("plant", "2000")
                    .put("equipment", "000000000010000004")
                    .put("functionalLocation", "RO")
                    .put("reportedBy", "ANNA")
                    .put("order", "000004000004"),
            document("000010000004").put("notification", "000010000004")
        };
    }

    private static Document notification(String digit, String type, String priority, String status, String date) {
        var number = "00001000000" + digit;
        return document(number)
                .put("notification", number)
                .put("notificationType", type)
                .put("priority", priority)
                .put("lifecycleStatus", status)
                .put("notificationDate", date);
    }

    private static Document part(String key) {
        return document("000010000001/" + key)
                .put("notification", "000010000001")
                .put("plant", "1000");
    }

    private static Document component(String item, String material) {
        return ofOrder("0000000001/" + item)
                .put("reservation", "0000000001")
                .put("item", item)
                .put("material", material)
                .put("stockPlant", "1000");
    }

    /** A file; that of another object may have the same key. */
    private static Document attached(String number, String objectType) {
        return document("PMA/%s/00/000".formatted(number))
                .put("documentType", "PMA")
                .put("document", number)
                .put("version", "00")
                .put("part", "000")
                .put("objectType", objectType)
                .put("objectKey", ORDER)
                .put("plant", "1000");
    }

    private static Document ofOrder(String key) {
        return document(key).put("orderNumber", ORDER).put("plant", "1000");
    }
}
