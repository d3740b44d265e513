package io.imaint.store.replica;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * The declared collections of replicated SAP data. Every document carries its key in {@code id}: the SAP key as SAP
 * writes it, leading zeros included, its parts joined by {@code /}.
 *
 * <p>Every index costs load time, so there is one for the object that something hangs on, by which lookups go and
 * copies are healed, and one per filter that lists offer; those of orders end with the start date in which lists show
 * them, because sorting some ten thousand found ones takes too long. The wide one counts a plant's orders without
 * reading them. The first part of a composite key needs an index of its own where somebody asks by it.
 */
public final class Replicas {
    public static final String ID = "id";

    // The plant and who works there

    public static final CollectionType<Document> PLANTS = replica("Plants").searched("plant", "name", "city");

    public static final CollectionType<Document> PLANNER_GROUPS =
            replica("PlannerGroups").index("planningPlant");

    public static final CollectionType<Document> WORK_CENTERS =
            replica("WorkCenters").index("plant").index("workCenter").searched("workCenter", "description");

    public static final CollectionType<Document> PERSONS = replica("Persons")
            .index("plant")
            .index("workCenter")
            .index("user")
            .searched("personnelNumber", "name", "user");

    // Customizing: tens to thousands of rows, usually read whole

    public static final CollectionType<Document> ORDER_TYPES = replica("OrderTypes");

    public static final CollectionType<Document> NOTIFICATION_TYPES = replica("NotificationTypes");

    public static final CollectionType<Document> PRIORITIES = replica("Priorities");

    public static final CollectionType<Document> ACTIVITY_TYPES = replica("ActivityTypes");

    /** Found by code as well: an object carries the short texts of its statuses, not their numbers. */
    public static final CollectionType<Document> STATUS_TEXTS =
            replica("StatusTexts").index("code");

    public static final CollectionType<Document> CATALOG_PROFILES =
            replica("CatalogProfiles").index("catalogProfile");

    public static final CollectionType<Document> CATALOG_CODES = replica("CatalogCodes")
            .index("catalog", "codeGroup")
            .searched("code", "description", "codeGroup", "codeGroupDescription");

    // Technical objects

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

    public static final CollectionType<Document> BOM_ITEMS =
            replica("BomItems").index("equipment").index("material").index("component");

    public static final CollectionType<Document> CLASS_CHARACTERISTICS =
            replica("ClassCharacteristics").index("object").index("class");

    public static final CollectionType<Document> MEASURING_POINTS = replica("MeasuringPoints")
            .index("equipment")
            .index("functionalLocation")
            .searched("measuringPoint", "description", "position");

    public static final CollectionType<Document> MEASUREMENT_DOCUMENTS = replica("MeasurementDocuments")
            .index("measuringPoint", "readingDate")
            .index("orderNumber");

    // Notifications

    public static final CollectionType<Document> NOTIFICATIONS = replica("Notifications")
            .index("equipment")
            .index("functionalLocation")
            .index("order")
            .searched("notification", "description");

    public static final CollectionType<Document> NOTIFICATION_ITEMS =
            replica("NotificationItems").index("notification");

    public static final CollectionType<Document> NOTIFICATION_CAUSES =
            replica("NotificationCauses").index("notification");

    public static final CollectionType<Document> NOTIFICATION_TASKS =
            replica("NotificationTasks").index("notification").index("personResponsible");

    public static final CollectionType<Document> NOTIFICATION_ACTIVITIES =
            replica("NotificationActivities").index("notification");

    // Orders

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

    public static final CollectionType<Document> COMPONENTS =
            replica("Components").index("orderNumber").index("material");

    public static final CollectionType<Document> CONFIRMATIONS =
            replica("Confirmations").index("orderNumber").index("personnelNumber", "postingDate");

    public static final CollectionType<Document> TIME_SHEETS =
            replica("TimeSheets").index("personnelNumber", "workDate").index("orderNumber");

    // Materials

    public static final CollectionType<Document> MATERIALS =
            replica("Materials").index("materialGroup").searched("material", "description", "oldMaterialNumber");

    public static final CollectionType<Document> STOCKS =
            replica("Stocks").index("material").index("plant", "storageLocation");

    public static final CollectionType<Document> GOODS_MOVEMENTS =
            replica("GoodsMovements").index("orderNumber").index("material", "postingDate");

    // Inspection

    public static final CollectionType<Document> INSPECTION_LOTS =
            replica("InspectionLots").index("orderNumber").index("equipment").index("functionalLocation");

    public static final CollectionType<Document> INSPECTION_CHARACTERISTICS =
            replica("InspectionCharacteristics").index("inspectionLot");

    public static final CollectionType<Document> USAGE_DECISIONS =
            replica("UsageDecisions").index("inspectionLot");

    // Preventive maintenance

    public static final CollectionType<Document> TASK_LISTS = replica("TaskLists")
            .index("equipment")
            .index("functionalLocation")
            .index("plant")
            .searched("taskListGroup", "description");

    public static final CollectionType<Document> TASK_LIST_OPERATIONS =
            replica("TaskListOperations").index("taskListGroup");

    public static final CollectionType<Document> MAINTENANCE_PLANS = replica("MaintenancePlans")
            .index("equipment")
            .index("functionalLocation")
            .index("planningPlant", "nextPlannedDate")
            .index("taskListGroup")
            .searched("maintenancePlan", "description");

    /** What is known of attachments; their content stays in SAP. */
    public static final CollectionType<Document> ATTACHMENTS =
            replica("Attachments").index("objectKey", "objectType").searched("description", "fileName");

    /** Those declared here, in the order in which they are shown. */
    public static final List<CollectionType<Document>> ALL = List.of(
            PLANTS,
            PLANNER_GROUPS,
            WORK_CENTERS,
            PERSONS,
            ORDER_TYPES,
            NOTIFICATION_TYPES,
            PRIORITIES,
            ACTIVITY_TYPES,
            STATUS_TEXTS,
            CATALOG_PROFILES,
            CATALOG_CODES,
            FUNCTIONAL_LOCATIONS,
            EQUIPMENT,
            BOM_ITEMS,
            CLASS_CHARACTERISTICS,
            MEASURING_POINTS,
            MEASUREMENT_DOCUMENTS,
            NOTIFICATIONS,
            NOTIFICATION_ITEMS,
            NOTIFICATION_CAUSES,
            NOTIFICATION_TASKS,
            NOTIFICATION_ACTIVITIES,
            WORK_ORDERS,
            OPERATIONS,
            COMPONENTS,
            CONFIRMATIONS,
            MATERIALS,
            STOCKS,
            GOODS_MOVEMENTS,
            TIME_SHEETS,
            INSPECTION_LOTS,
            INSPECTION_CHARACTERISTICS,
            USAGE_DECISIONS,
            TASK_LISTS,
            TASK_LIST_OPERATIONS,
            MAINTENANCE_PLANS,
            ATTACHMENTS);

    /** SAP leaves names that begin so to its customers; a declared collection never has one. */
    private static final Pattern CUSTOMERS = Pattern.compile("Z[A-Za-z0-9]{1,58}");

    /** Far more than anybody replicates; a name beyond them is still found, only more slowly. */
    private static final int CUSTOMERS_MAX = 1_000;

    /** Those asked for so far: a store prepares a collection once for each type. */
    private static final ConcurrentMap<String, CollectionType<Document>> CUSTOMERS_OWN = new ConcurrentHashMap<>();

    private Replicas() {}

    /** A declared collection, or a customer's own, which has no indexes but its key. */
    public static Optional<CollectionType<Document>> find(String name) {
        var declared = ALL.stream().filter(type -> type.name().equals(name)).findFirst();
        return declared.isPresent() || !CUSTOMERS.matcher(name).matches() ? declared : Optional.of(customers(name));
    }

    private static CollectionType<Document> customers(String name) {
        return CUSTOMERS_OWN.size() < CUSTOMERS_MAX || CUSTOMERS_OWN.containsKey(name)
                ? CUSTOMERS_OWN.computeIfAbsent(name, Replicas::replica)
                : replica(name);
    }

    /**
     * The collections of these names, each once: the declared ones in their order, then customers' own by name. An error
     * in the code for a name that {@link #find} does not know.
     */
    public static List<CollectionType<Document>> of(Collection<String> names) {
        var left = new TreeSet<>(names);
        var types = new LinkedHashSet<CollectionType<Document>>();
        for (var type : ALL) {
            if (left.remove(type.name())) {
                types.add(type);
            }
        }
        left.forEach(
                name -> types.add(find(name).orElseThrow(() -> new AssertionError("there is no collection " + name))));
        return List.copyOf(types);
    }

    private static CollectionType<Document> replica(String name) {
        return CollectionType.ofDocuments(name, ID).inChangeSequence();
    }
}
