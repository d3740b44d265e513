package io.imaint.simulator.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The model of ICWP_INTEGRATION_SUITE_SRV: its entity sets, which icwp.txt describes, the ways between them, its functions. */
public final class IcwpModel {
    public static final String NAMESPACE = "ICWP_INTEGRATION_SUITE_SRV";
    public static final String PATH = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";

    public static final List<EntitySet> SETS = ModelText.read("icwp.txt", NAMESPACE);

    private static final Map<String, EntitySet> BY_NAME = SETS.stream()
            .collect(Collectors.toMap(EntitySet::name, Function.identity(), (one, other) -> one, LinkedHashMap::new));

    public static final EntitySet PLANT = the("Plant");
    public static final EntitySet PLANNER_GROUP = the("PlannerGroup");
    public static final EntitySet WORK_CENTER = the("WorkCenter");
    public static final EntitySet PERSON = the("Person");
    public static final EntitySet ORDER_TYPE = the("OrderType");
    public static final EntitySet NOTIFICATION_TYPE = the("NotificationType");
    public static final EntitySet PRIORITY = the("Priority");
    public static final EntitySet ACTIVITY_TYPE = the("ActivityType");
    public static final EntitySet STATUS_TEXT = the("StatusText");
    public static final EntitySet CATALOG_PROFILE = the("CatalogProfile");
    public static final EntitySet CATALOG_CODE = the("CatalogCode");
    public static final EntitySet FUNCTIONAL_LOCATION = the("FunctionalLocation");
    public static final EntitySet EQUIPMENT = the("Equipment");
    public static final EntitySet BOM_ITEM = the("BomItem");
    public static final EntitySet CLASS_CHARACTERISTIC = the("ClassCharacteristic");
    public static final EntitySet MEASURING_POINT = the("MeasuringPoint");
    public static final EntitySet MEASUREMENT_DOCUMENT = the("MeasurementDocument");
    public static final EntitySet NOTIFICATION = the("Notification");
    public static final EntitySet NOTIFICATION_ITEM = the("NotificationItem");
    public static final EntitySet CAUSE = the("Cause");
    public static final EntitySet TASK = the("Task");
    public static final EntitySet ACTIVITY = the("Activity");
    public static final EntitySet WORK_ORDER = the("WorkOrder");
    public static final EntitySet OPERATION = the("Operation");
    public static final EntitySet COMPONENT = the("Component");
    public static final EntitySet CONFIRMATION = the("Confirmation");
    public static final EntitySet MATERIAL = the("Material");
    public static final EntitySet STOCK = the("Stock");
    public static final EntitySet GOODS_MOVEMENT = the("GoodsMovement");
    public static final EntitySet TIME_SHEET = the("TimeSheet");
    public static final EntitySet INSPECTION_LOT = the("InspectionLot");
    public static final EntitySet INSPECTION_CHARACTERISTIC = the("InspectionCharacteristic");
    public static final EntitySet USAGE_DECISION = the("UsageDecision");
    public static final EntitySet TASK_LIST = the("TaskList");
    public static final EntitySet TASK_LIST_OPERATION = the("TaskListOperation");
    public static final EntitySet MAINTENANCE_PLAN = the("MaintenancePlan");
    public static final EntitySet ATTACHMENT = the("Attachment");

    public static final List<Navigation> NAVIGATIONS = List.of(
            many("Items", NOTIFICATION, NOTIFICATION_ITEM, "QMNUM"),
            many("Causes", NOTIFICATION, CAUSE, "QMNUM"),
            many("Tasks", NOTIFICATION, TASK, "QMNUM"),
            many("Activities", NOTIFICATION, ACTIVITY, "QMNUM"),
            one("Order", NOTIFICATION, WORK_ORDER, "AUFNR"),
            many("Causes", NOTIFICATION_ITEM, CAUSE, "QMNUM", "FENUM"),
            many("Operations", WORK_ORDER, OPERATION, "AUFNR"),
            many("Components", WORK_ORDER, COMPONENT, "RSNUM"),
            one("Notification", WORK_ORDER, NOTIFICATION, "QMNUM"),
            many("Confirmations", OPERATION, CONFIRMATION, "RUECK"),
            many("Characteristics", INSPECTION_LOT, INSPECTION_CHARACTERISTIC, "PRUEFLOS"),
            many("Operations", TASK_LIST, TASK_LIST_OPERATION, "PLNTY", "PLNNR", "PLNAL"));

    public static final FunctionImport RELEASE_ORDER = function("ReleaseOrder", WORK_ORDER, "AUFNR");
    public static final FunctionImport COMPLETE_ORDER = function("CompleteOrderTechnically", WORK_ORDER, "AUFNR");
    public static final FunctionImport REOPEN_ORDER = function("ReopenOrder", WORK_ORDER, "AUFNR");
    public static final FunctionImport PUT_NOTIFICATION_IN_PROCESS =
            function("PutNotificationInProcess", NOTIFICATION, "QMNUM");
    public static final FunctionImport COMPLETE_NOTIFICATION = function("CompleteNotification", NOTIFICATION, "QMNUM");
    public static final FunctionImport ASSIGN_ORDER =
            function("AssignOrderToNotification", NOTIFICATION, "QMNUM", "AUFNR");
    public static final FunctionImport CANCEL_CONFIRMATION =
            function("CancelConfirmation", CONFIRMATION, "RUECK", "RMZHL");
    public static final FunctionImport CANCEL_GOODS_MOVEMENT =
            function("CancelGoodsMovement", GOODS_MOVEMENT, "MBLNR", "MJAHR");
    public static final FunctionImport INSTALL_EQUIPMENT = function("InstallEquipment", EQUIPMENT, "EQUNR", "TPLNR");
    public static final FunctionImport DISMANTLE_EQUIPMENT = function("DismantleEquipment", EQUIPMENT, "EQUNR");

    public static final List<FunctionImport> FUNCTIONS = List.of(
            RELEASE_ORDER,
            COMPLETE_ORDER,
            REOPEN_ORDER,
            PUT_NOTIFICATION_IN_PROCESS,
            COMPLETE_NOTIFICATION,
            ASSIGN_ORDER,
            CANCEL_CONFIRMATION,
            CANCEL_GOODS_MOVEMENT,
            INSTALL_EQUIPMENT,
            DISMANTLE_EQUIPMENT);

    public static final ServiceModel MODEL = new ServiceModel(NAMESPACE, PATH, SETS, NAVIGATIONS, FUNCTIONS);

    private IcwpModel() {}

    public static Optional<EntitySet> find(String setName) {
        return Optional.ofNullable(BY_NAME.get(setName));
    }

    public static Optional<FunctionImport> findFunction(String name) {
        return FUNCTIONS.stream()
                .filter(function -> function.name().equals(name))
                .findFirst();
    }

    public static List<Navigation> navigations(EntitySet from) {
        return NAVIGATIONS.stream().filter(way -> way.from().equals(from)).toList();
    }

    public static Optional<Navigation> navigation(EntitySet from, String name) {
        return NAVIGATIONS.stream()
                .filter(way -> way.from().equals(from) && way.name().equals(name))
                .findFirst();
    }

    private static EntitySet the(String typeName) {
        return find(typeName + "Set").orElseThrow(() -> new AssertionError("icwp.txt lacks " + typeName));
    }

    private static Navigation many(String name, EntitySet from, EntitySet to, String... by) {
        return new Navigation(name, from, to, List.of(by), true);
    }

    private static Navigation one(String name, EntitySet from, EntitySet to, String... by) {
        return new Navigation(name, from, to, List.of(by), false);
    }

    /** Its parameters are properties of what it returns. */
    private static FunctionImport function(String name, EntitySet returns, String... parameters) {
        return new FunctionImport(
                name,
                Arrays.stream(parameters)
                        .map(parameter -> returns.properties().get(returns.place(parameter)))
                        .toList(),
                returns);
    }
}
