package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The data of an invented company, as large as wanted. No row is held but those of customizing: each is computed from
 * its number in the order of the keys, so a company of a million orders is there at once, and any key is found by a
 * binary search. What hangs on orders or notifications by chance is counted when it is first asked for.
 */
final class Generator implements PlantData {
    private static final Map<EntitySet, Function<Company, NumberedRows>> MAKERS = makers();

    private final Company company;
    private final String description;

    Generator(long seed, int orders) {
        this.company = new Company(seed, orders);
        this.description = "generated plant, " + orders + " orders, seed " + seed;
    }

    private static Map<EntitySet, Function<Company, NumberedRows>> makers() {
        Map<EntitySet, Function<Company, NumberedRows>> makers = new HashMap<>();
        makers.put(IcwpModel.PLANT, PlantRows::new);
        makers.put(IcwpModel.PLANNER_GROUP, PlannerGroupRows::new);
        makers.put(IcwpModel.WORK_CENTER, WorkCenterRows::new);
        makers.put(IcwpModel.PERSON, PersonRows::new);
        makers.put(IcwpModel.FUNCTIONAL_LOCATION, LocationRows::new);
        makers.put(IcwpModel.EQUIPMENT, EquipmentRows::new);
        makers.put(IcwpModel.BOM_ITEM, BomItemRows::new);
        makers.put(IcwpModel.CLASS_CHARACTERISTIC, ClassCharacteristicRows::new);
        makers.put(IcwpModel.MEASURING_POINT, MeasuringPointRows::new);
        makers.put(IcwpModel.MEASUREMENT_DOCUMENT, MeasurementDocumentRows::new);
        makers.put(IcwpModel.NOTIFICATION, NotificationRows::new);
        makers.put(IcwpModel.NOTIFICATION_ITEM, NotificationItemRows::new);
        makers.put(IcwpModel.CAUSE, CauseRows::new);
        makers.put(IcwpModel.TASK, TaskRows::new);
        makers.put(IcwpModel.ACTIVITY, ActivityRows::new);
        makers.put(IcwpModel.WORK_ORDER, OrderRows::new);
        makers.put(IcwpModel.OPERATION, OperationRows::new);
        makers.put(IcwpModel.COMPONENT, ComponentRows::new);
        makers.put(IcwpModel.CONFIRMATION, ConfirmationRows::new);
        makers.put(IcwpModel.MATERIAL, MaterialRows::new);
        makers.put(IcwpModel.STOCK, StockRows::new);
        makers.put(IcwpModel.GOODS_MOVEMENT, GoodsMovementRows::new);
        makers.put(IcwpModel.TIME_SHEET, TimeSheetRows::new);
        makers.put(IcwpModel.INSPECTION_LOT, InspectionLotRows::new);
        makers.put(IcwpModel.INSPECTION_CHARACTERISTIC, InspectionCharacteristicRows::new);
        makers.put(IcwpModel.USAGE_DECISION, UsageDecisionRows::new);
        makers.put(IcwpModel.TASK_LIST, TaskListRows::new);
        makers.put(IcwpModel.TASK_LIST_OPERATION, TaskListOperationRows::new);
        makers.put(IcwpModel.MAINTENANCE_PLAN, MaintenancePlanRows::new);
        // Documents are files, of which an invented company has none.
        makers.put(IcwpModel.ATTACHMENT, company -> FixedRows.NONE);
        for (EntitySet set : IcwpModel.SETS) {
            FixedRows fixed = Customizing.rows(set);
            if (fixed != null) {
                makers.put(set, company -> fixed);
            }
            if (!makers.containsKey(set)) {
                throw new AssertionError("the generator does not know " + set);
            }
        }
        return Map.copyOf(makers);
    }

    @Override
    public long count(EntitySet set) {
        return maker(set).count();
    }

    @Override
    public Rows rows(EntitySet set, List<String> from) {
        return maker(set).from(from);
    }

    /** What is too much to be looked for lies at places that can be computed, or is known not to be there. */
    @Override
    public @Nullable List<List<String>> keysHaving(EntitySet set, List<String> properties, List<Object> values) {
        if (set == IcwpModel.MEASUREMENT_DOCUMENT && properties.equals(List.of("POINT"))) {
            return new MeasurementDocumentRows(company).keysOf((String) values.getFirst());
        }
        if (set == IcwpModel.EQUIPMENT && properties.equals(List.of("HEQUI"))) {
            return new EquipmentRows(company).keysBelow((String) values.getFirst());
        }
        boolean cancellations = set == IcwpModel.GOODS_MOVEMENT && properties.contains("SMBLN");
        boolean future = set == IcwpModel.TIME_SHEET
                && properties.contains("WORKDATE")
                && !((LocalDate) values.get(properties.indexOf("WORKDATE"))).isBefore(Days.date(Days.TODAY));
        return cancellations || future ? List.of() : null;
    }

    @Override
    public String description() {
        return description;
    }

    NumberedRows maker(EntitySet set) {
        return Objects.requireNonNull(MAKERS.get(set)).apply(company);
    }
}
