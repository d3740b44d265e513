package io.imaint.store.replica;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * copies are healed, and one per filter that lists offer; those of orders and notifications end with the date in whose
 * order lists show them, because sorting some ten thousand found ones takes too long. The wide one counts a plant's
 * orders without reading them. The first part of a composite key needs an index of its own where somebody asks by it.
 *
 * <p>Whatever belongs to a plant has the maintenance plant that owns it in {@link #PLANT}, as SAP sends it or derived
 * from the object that it belongs to. Other plants have other names: the work center's, the stock's, the planning plant.
 * Where documents are found by what they hang on, the plant follows in that index, so that a caller's plants narrow the
 * search and never lead it astray.
 */
public final class Replicas {
    public static final String ID = "id";

    /** The field that holds the maintenance plant that owns a document's object; absent while nothing says which. */
    public static final String PLANT = "plant";

    /** The id of the outbox item that made SAP create an order or a notification; absent where none did. */
    public static final String EXTERNAL_ID = "externalId";

    private static final String CUSTOMIZING = "customizing is the same in all plants";

    /** The fields of plants that SAP sends with a collection's rows and that do not own the object. */
    private static final Map<String, String> OTHER_PLANTS = Map.of(
            "Operations", "workCenterPlant",
            "Confirmations", "workCenterPlant",
            "TaskListOperations", "workCenterPlant",
            "Components", "stockPlant",
            "GoodsMovements", "stockPlant");

    // The plant and who works there

    public static final CollectionType<Document> PLANTS =
            replica("Plants").plant(PLANT).searched("plant", "name", "city");

    public static final CollectionType<Document> PLANNER_GROUPS = replica("PlannerGroups")
            .index("planningPlant")
            .searched("plannerGroup", "name")
            .unscoped("a planner group plans the work of several plants");

    public static final CollectionType<Document> WORK_CENTERS =
            replica("WorkCenters").plant(PLANT).index("workCenter").searched("workCenter", "description");

    public static final CollectionType<Document> PERSONS = replica("Persons")
            .plant(PLANT)
            .index("workCenter")
            .index("user")
            .searched("personnelNumber", "name", "user");

    // Customizing: tens to thousands of rows, usually read whole

    public static final CollectionType<Document> ORDER_TYPES =
            customizing("OrderTypes").searched("orderType", "description");

    public static final CollectionType<Document> NOTIFICATION_TYPES =
            customizing("NotificationTypes").searched("notificationType", "description");

    public static final CollectionType<Document> PRIORITIES =
            customizing("Priorities").index("priorityType").searched("priority", "description");

    public static final CollectionType<Document> ACTIVITY_TYPES =
            customizing("ActivityTypes").searched("activityType", "description");

    /** Found by code as well: an object carries the short texts of its statuses, not their numbers. */
    public static final CollectionType<Document> STATUS_TEXTS =
            customizing("StatusTexts").index("code").searched("code", "description");

    public static final CollectionType<Document> CATALOG_PROFILES =
            customizing("CatalogProfiles").index("catalogProfile").searched("codeGroup", "description");

    public static final CollectionType<Document> CATALOG_CODES = customizing("CatalogCodes")
            .index("catalog", "codeGroup")
            .index("codeGroup")
            .searched("code", "description", "codeGroup", "codeGroupDescription");

    // Technical objects

    public static final CollectionType<Document> FUNCTIONAL_LOCATIONS = owned("FunctionalLocations")
            .index("functionalLocation", PLANT)
            .index("superiorFunctionalLocation", PLANT)
            .searched("functionalLocation", "description");

    public static final CollectionType<Document> EQUIPMENT = owned("Equipment")
            .index("functionalLocation", PLANT)
            .index("superiorEquipment", PLANT)
            .index("objectType")
            .index("objectType", PLANT)
            .searched(
                    "equipment",
                    "description",
                    "manufacturer",
                    "modelNumber",
                    "manufacturerSerialNumber",
                    "technicalIdentification",
                    "functionalLocation");

    public static final CollectionType<Document> BOM_ITEMS =
            owned("BomItems").index("equipment", PLANT).index("material", PLANT).index("component", PLANT);

    public static final CollectionType<Document> CLASS_CHARACTERISTICS =
            owned("ClassCharacteristics").index("object", PLANT).index("class", PLANT);

    public static final CollectionType<Document> MEASURING_POINTS = owned("MeasuringPoints")
            .index("equipment", PLANT)
            .index("functionalLocation", PLANT)
            .searched("measuringPoint", "description", "position");

    public static final CollectionType<Document> MEASUREMENT_DOCUMENTS = owned("MeasurementDocuments")
            .index("measuringPoint", "readingDate", "readingTime")
            .index("orderNumber");

    // Notifications

    public static final CollectionType<Document> NOTIFICATIONS = replica("Notifications")
            .index(PLANT, "notificationDate")
            .index("lifecycleStatus", "notificationDate")
            .index("notificationType", "notificationDate")
            .index("priority", "notificationDate")
            .index("reportedBy", "notificationDate")
            .index("breakdown", "notificationDate")
            .index("notificationDate")
            .index("equipment", PLANT)
            .index("functionalLocation", PLANT)
            .index("order", PLANT)
            .plant(PLANT)
            .searched("notification", "description");

    public static final CollectionType<Document> NOTIFICATION_ITEMS =
            owned("NotificationItems").index("notification", PLANT);

    public static final CollectionType<Document> NOTIFICATION_CAUSES =
            owned("NotificationCauses").index("notification", PLANT);

    public static final CollectionType<Document> NOTIFICATION_TASKS =
            owned("NotificationTasks").index("notification", PLANT).index("personResponsible", PLANT);

    public static final CollectionType<Document> NOTIFICATION_ACTIVITIES =
            owned("NotificationActivities").index("notification", PLANT);

    // Orders

    public static final CollectionType<Document> WORK_ORDERS = replica("WorkOrders")
            .index(PLANT, "lifecycleStatus", "workCenter", "orderType", "priority")
            .index(PLANT, "lifecycleStatus", "basicStart")
            .index(PLANT, "basicStart")
            .index("lifecycleStatus", "basicStart")
            .index("workCenter", "basicStart")
            .index("orderType", "basicStart")
            .index("priority", "basicStart")
            .index("plannerGroup", "basicStart")
            .index("equipment", "basicStart")
            .index("functionalLocation", "basicStart")
            .index("basicStart")
            .index("basicFinish")
            .plant(PLANT)
            .searched(
                    "orderNumber", "description", "equipment", "functionalLocation", "notification", "systemStatuses");

    public static final CollectionType<Document> OPERATIONS =
            owned("Operations").index("orderNumber", PLANT).migrated(old -> ownerInPlant("Operations", old));

    public static final CollectionType<Document> COMPONENTS = owned("Components")
            .index("orderNumber", PLANT)
            .index("material", PLANT)
            .migrated(old -> ownerInPlant("Components", old));

    public static final CollectionType<Document> CONFIRMATIONS = owned("Confirmations")
            .index("orderNumber", PLANT)
            .index("personnelNumber", "postingDate")
            .migrated(old -> ownerInPlant("Confirmations", old));

    public static final CollectionType<Document> TIME_SHEETS = owned("TimeSheets")
            .index("personnelNumber", "workDate")
            .index("orderNumber", PLANT)
            .migrated(old -> ownerInPlant("TimeSheets", old));

    // Materials

    public static final CollectionType<Document> MATERIALS = replica("Materials")
            .unscoped("a material is the same in all plants; its stocks belong to them")
            .index("materialGroup")
            .searched("material", "description", "oldMaterialNumber");

    public static final CollectionType<Document> STOCKS = replica("Stocks")
            .index("material", PLANT)
            .index(PLANT, "storageLocation")
            .plant(PLANT);

    public static final CollectionType<Document> GOODS_MOVEMENTS = owned("GoodsMovements")
            .index("orderNumber", PLANT)
            .index("material", "postingDate")
            .migrated(old -> ownerInPlant("GoodsMovements", old));

    // Inspection

    public static final CollectionType<Document> INSPECTION_LOTS = replica("InspectionLots")
            .index(PLANT, "createdOn")
            .index("lifecycleStatus", "createdOn")
            .index("inspectionType", "createdOn")
            .index("createdOn")
            .index("orderNumber", PLANT)
            .index("equipment", PLANT)
            .index("functionalLocation", PLANT)
            .plant(PLANT)
            .searched("inspectionLot", "description");

    public static final CollectionType<Document> INSPECTION_CHARACTERISTICS =
            owned("InspectionCharacteristics").index("inspectionLot", PLANT);

    public static final CollectionType<Document> USAGE_DECISIONS =
            owned("UsageDecisions").index("inspectionLot", PLANT);

    // Preventive maintenance

    public static final CollectionType<Document> TASK_LISTS = owned("TaskLists")
            .index("equipment", PLANT)
            .index("functionalLocation", PLANT)
            .searched("taskListGroup", "description");

    public static final CollectionType<Document> TASK_LIST_OPERATIONS = owned("TaskListOperations")
            .index("taskListGroup", PLANT)
            .migrated(old -> ownerInPlant("TaskListOperations", old));

    public static final CollectionType<Document> MAINTENANCE_PLANS = owned("MaintenancePlans")
            .index("equipment", PLANT)
            .index("functionalLocation", PLANT)
            .index("planningPlant", "nextPlannedDate")
            .index("nextPlannedDate")
            .index("taskListGroup", PLANT)
            .searched("maintenancePlan", "description");

    /** What is known of attachments; their content stays in SAP. */
    public static final CollectionType<Document> ATTACHMENTS =
            owned("Attachments").index("objectKey", "objectType").searched("description", "fileName");

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
                ? CUSTOMERS_OWN.computeIfAbsent(name, Replicas::owned)
                : owned(name);
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

    /** Those with texts in several languages: what words in one of them find is asked for by the keys. */
    private static CollectionType<Document> customizing(String name) {
        return replica(name).unscoped(CUSTOMIZING).index(ID);
    }

    /** Documents of objects that belong to a plant. */
    private static CollectionType<Document> owned(String name) {
        return replica(name).plant(PLANT);
    }

    /** The field for the plant that SAP sends with a collection's rows, where it is not the one that owns the object. */
    public static Optional<String> otherPlant(String collection) {
        return Optional.ofNullable(OTHER_PLANTS.get(collection));
    }

    /** In version 0 the plant that SAP sends stood in {@link #PLANT}, and the owner in {@code orderPlant}. */
    private static Document ownerInPlant(String collection, Document old) {
        var other = OTHER_PLANTS.get(collection);
        if (!old.has("orderPlant") && (other == null || old.has(other))) {
            return old;
        }
        var migrated = new Document();
        old.forEach((field, value) -> {
            if (!field.equals("orderPlant")) {
                migrated.putKept(field.equals(PLANT) && other != null ? other : field, value);
            }
        });
        var owner = old.get("orderPlant");
        return owner == null ? migrated : migrated.putKept(PLANT, owner);
    }

    private static CollectionType<Document> replica(String name) {
        return CollectionType.ofDocuments(name, ID).inChangeSequence();
    }
}
