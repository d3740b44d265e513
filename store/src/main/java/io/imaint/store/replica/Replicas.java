package io.imaint.store.replica;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.util.List;
import java.util.Optional;

/**
 * The declared collections of replicated SAP data. Every document carries its key in {@code id}: the SAP key as SAP
 * writes it, leading zeros included, its parts joined by {@code /}. An index per filter that lists offer; those of
 * orders end with the start date in which lists show them, because sorting some ten thousand found ones takes too long.
 * The wide one counts a plant's orders without reading them.
 */
public final class Replicas {
    public static final String ID = "id";

    public static final CollectionType<Document> PLANTS = replica("Plants").searched("plant", "name", "city");

    public static final CollectionType<Document> WORK_CENTERS =
            replica("WorkCenters").index("plant").index("workCenter").searched("workCenter", "description");

    public static final CollectionType<Document> FUNCTIONAL_LOCATIONS = replica("FunctionalLocations")
            .index("functionalLocation")
            .index("superiorFunctionalLocation")
            .index("maintenancePlant")
            .searched("functionalLocation", "description");

    public static final CollectionType<Document> EQUIPMENT = replica("Equipment")
            .index("functionalLocation")
            .index("superiorEquipment")
            .index("maintenancePlant")
            .index("objectType")
            .searched(
                    "equipment",
                    "description",
                    "manufacturer",
                    "modelNumber",
                    "manufacturerSerialNumber",
                    "technicalIdentification",
                    "functionalLocation");

    public static final CollectionType<Document> NOTIFICATIONS = replica("Notifications")
            .index("equipment")
            .index("functionalLocation")
            .index("order")
            .searched("notification", "description");

    public static final CollectionType<Document> WORK_ORDERS = replica("WorkOrders")
            .index("plant", "lifecycleStatus", "workCenter", "orderType", "priority")
            .index("plant", "lifecycleStatus", "basicStart")
            .index("plant", "basicStart")
            .index("lifecycleStatus", "basicStart")
            .index("workCenter", "basicStart")
            .index("orderType", "basicStart")
            .index("priority", "basicStart")
            .index("equipment", "basicStart")
            .index("functionalLocation", "basicStart")
            .index("basicStart")
            .searched(
                    "orderNumber", "description", "equipment", "functionalLocation", "notification", "systemStatuses");

    public static final CollectionType<Document> OPERATIONS =
            replica("Operations").index("orderNumber");

    public static final List<CollectionType<Document>> ALL =
            List.of(PLANTS, WORK_CENTERS, FUNCTIONAL_LOCATIONS, EQUIPMENT, NOTIFICATIONS, WORK_ORDERS, OPERATIONS);

    private Replicas() {}

    public static Optional<CollectionType<Document>> find(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    private static CollectionType<Document> replica(String name) {
        return CollectionType.ofDocuments(name, ID).inChangeSequence();
    }
}
