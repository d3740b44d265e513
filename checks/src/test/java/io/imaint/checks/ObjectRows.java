package io.imaint.checks;

import static io.imaint.checks.ScopeTable.listed;
import static io.imaint.checks.ScopeTable.one;
import static io.imaint.checks.ScopeTable.unscoped;
import static io.imaint.checks.TwoPlants.number;

import io.imaint.checks.ScopeRow.Figure;
import io.imaint.checks.ScopeRow.Listed;
import io.imaint.checks.ScopeRow.Overview;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The rows of the routes that show replicated data. */
final class ObjectRows {
    private static final String CUSTOMIZING = "customizing is the same in all plants";
    private static final String NOBODYS = "99999999";

    private ObjectRows() {}

    static List<ScopeRow> rows() {
        return Stream.of(technicalObjects(), preventive(), valueLists(), orders(), notifications(), inspections())
                .flatMap(List::stream)
                .toList();
    }

    private static List<ScopeRow> technicalObjects() {
        return List.of(
                listed("GET /api/plants", 0),
                one("GET /api/plants/{plant}", UnaryOperator.identity(), "9999"),
                listed("GET /api/functional-locations", 0),
                one(
                        "GET /api/functional-locations/{functionalLocation}",
                        TwoPlants::site,
                        "XX",
                        new Figure("/equipmentCount", 1, 2)),
                one("GET /api/functional-locations/{functionalLocation}/classification", TwoPlants::site, "XX"),
                new Overview(
                        "GET /api/functional-location-tree",
                        "levels=4",
                        List.of(new Figure("/nodes/0/childCount", 1, 2), new Figure("/nodes/0/equipmentCount", 1, 2))),
                listed("GET /api/equipment", 1),
                first("GET /api/equipment/{equipment}", new Figure("/orderCount", 1, 2)),
                first("GET /api/equipment/{equipment}/classification"),
                listed("GET /api/bom-items", 0),
                listed("GET /api/measuring-points", 0),
                first("GET /api/measuring-points/{measuringPoint}"),
                first("GET /api/measuring-points/{measuringPoint}/readings"),
                new Listed("GET /api/search", "q=pump", 0));
    }

    private static List<ScopeRow> preventive() {
        return List.of(
                listed("GET /api/maintenance-plans", 0),
                first("GET /api/maintenance-plans/{maintenancePlan}"),
                listed("GET /api/task-lists", 0),
                new Listed("GET /api/task-list-operations", "taskListGroup=PUMPS", 0));
    }

    private static List<ScopeRow> valueLists() {
        return List.of(
                new Overview(
                        "GET /api/materials", "text=seal", List.of(new Figure("/items/0/unrestrictedStock", 3, 6))),
                unscoped(
                        "GET /api/materials/{material}",
                        "a material is the same in all plants; its stocks are tested with the route",
                        () -> "/api/materials/SEAL",
                        null),
                listed("GET /api/stocks", 0),
                new Overview(
                        "GET /api/master-data/materials",
                        "text=seal",
                        List.of(new Figure("/items/0/stocks/0/unrestrictedStock", 3, 3))),
                listed("GET /api/master-data/storage-locations", 0),
                listed("GET /api/master-data/work-centers", 0),
                listed("GET /api/master-data/persons", 0),
                unscoped("GET /api/attachment-limits", "settings say what may be attached; they name no object"),
                unscoped("GET /api/master-data/order-types", CUSTOMIZING),
                unscoped("GET /api/master-data/notification-types", CUSTOMIZING),
                unscoped("GET /api/master-data/priorities", CUSTOMIZING),
                unscoped("GET /api/master-data/activity-types", CUSTOMIZING),
                unscoped("GET /api/master-data/status-texts", CUSTOMIZING),
                unscoped("GET /api/master-data/catalog-profiles", CUSTOMIZING),
                unscoped("GET /api/master-data/catalog-codes", CUSTOMIZING),
                unscoped("GET /api/master-data/planner-groups", "a planner group plans the work of several plants"));
    }

    private static List<ScopeRow> orders() {
        return List.of(
                listed("GET /api/work-orders", 1),
                first("GET /api/work-orders/{orderNumber}"),
                first("GET /api/work-orders/{orderNumber}/confirmations"),
                first("GET /api/work-orders/{orderNumber}/goods-movements"),
                first("GET /api/work-orders/{orderNumber}/time-sheets"),
                new Listed("GET /api/time-sheets", "personnelNumber=7&from=2026-03-02&to=2026-03-08", 0),
                first("GET /api/work-orders/{orderNumber}/documents"),
                first("GET /api/work-orders/{orderNumber}/history"),
                new Overview("GET /api/work-order-counts", "", List.of(new Figure("/counts/{status}", 3, 3))));
    }

    private static List<ScopeRow> notifications() {
        return List.of(
                listed("GET /api/notifications", 0),
                first("GET /api/notifications/{notification}"),
                first("GET /api/notifications/{notification}/documents"),
                first("GET /api/notifications/{notification}/history"),
                new Overview("GET /api/notification-counts", "", List.of(new Figure("/counts/", 1, 2))));
    }

    private static List<ScopeRow> inspections() {
        return List.of(
                listed("GET /api/inspection-lots", 0),
                first("GET /api/inspection-lots/{inspectionLot}"),
                new Overview("GET /api/inspection-lot-counts", "", List.of(new Figure("/counts/{status}", 1, 1))));
    }

    /** The first object of a plant, on which something hangs. */
    private static ScopeRow first(String route, Figure... figures) {
        return one(route, plant -> number(plant, 1), NOBODYS, figures);
    }
}
