package io.imaint.simulator.rules;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.FunctionImport;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the rules of the business object that a request is about. All methods throw {@link Refusal} when SAP would decline. */
public final class BusinessRules {
    /** Rules by which an entity comes into being. */
    private interface Creation {
        Row create(Change change, Draft draft);
    }

    /** Rules by which an entity is changed. */
    private interface Update {
        Row update(Change change, Row current, Map<String, @Nullable Object> given);
    }

    /** Rules of a function; the arguments come in the order of its parameters. */
    private interface Call {
        Row call(Change change, String[] arguments);
    }

    private static final Map<EntitySet, Creation> CREATIONS = Map.ofEntries(
            Map.entry(IcwpModel.FUNCTIONAL_LOCATION, TechnicalObjects::createLocation),
            Map.entry(IcwpModel.EQUIPMENT, TechnicalObjects::createEquipment),
            Map.entry(IcwpModel.MEASUREMENT_DOCUMENT, MeasurementDocuments::create),
            Map.entry(IcwpModel.NOTIFICATION, Notifications::create),
            Map.entry(IcwpModel.NOTIFICATION_ITEM, NotificationParts::create),
            Map.entry(IcwpModel.CAUSE, NotificationParts::create),
            Map.entry(IcwpModel.TASK, NotificationParts::create),
            Map.entry(IcwpModel.ACTIVITY, NotificationParts::create),
            Map.entry(IcwpModel.WORK_ORDER, Orders::create),
            Map.entry(IcwpModel.OPERATION, Operations::create),
            Map.entry(IcwpModel.COMPONENT, Components::create),
            Map.entry(IcwpModel.CONFIRMATION, Confirmations::create),
            Map.entry(IcwpModel.GOODS_MOVEMENT, GoodsMovements::create),
            Map.entry(IcwpModel.TIME_SHEET, TimeSheets::create),
            Map.entry(IcwpModel.USAGE_DECISION, InspectionLots::decide));

    private static final Map<EntitySet, Update> UPDATES = Map.ofEntries(
            Map.entry(IcwpModel.FUNCTIONAL_LOCATION, TechnicalObjects::updateLocation),
            Map.entry(IcwpModel.EQUIPMENT, TechnicalObjects::updateEquipment),
            Map.entry(IcwpModel.MEASUREMENT_DOCUMENT, MeasurementDocuments::update),
            Map.entry(IcwpModel.NOTIFICATION, Notifications::update),
            Map.entry(IcwpModel.NOTIFICATION_ITEM, NotificationParts::update),
            Map.entry(IcwpModel.CAUSE, NotificationParts::update),
            Map.entry(IcwpModel.TASK, NotificationParts::update),
            Map.entry(IcwpModel.ACTIVITY, NotificationParts::update),
            Map.entry(IcwpModel.WORK_ORDER, Orders::update),
            Map.entry(IcwpModel.OPERATION, Operations::update),
            Map.entry(IcwpModel.COMPONENT, Components::update),
            Map.entry(IcwpModel.TIME_SHEET, TimeSheets::update),
            Map.entry(IcwpModel.INSPECTION_CHARACTERISTIC, InspectionLots::recordResult));

    private static final Map<FunctionImport, Call> CALLS = Map.of(
            IcwpModel.RELEASE_ORDER, (change, of) -> Orders.release(change, of[0]),
            IcwpModel.COMPLETE_ORDER, (change, of) -> Orders.complete(change, of[0]),
            IcwpModel.REOPEN_ORDER, (change, of) -> Orders.reopen(change, of[0]),
            IcwpModel.PUT_NOTIFICATION_IN_PROCESS, (change, of) -> Notifications.putInProcess(change, of[0]),
            IcwpModel.COMPLETE_NOTIFICATION, (change, of) -> Notifications.complete(change, of[0]),
            IcwpModel.ASSIGN_ORDER, (change, of) -> Notifications.assignOrder(change, of[0], of[1]),
            IcwpModel.CANCEL_CONFIRMATION, (change, of) -> Confirmations.cancel(change, of[0], of[1]),
            IcwpModel.CANCEL_GOODS_MOVEMENT, (change, of) -> GoodsMovements.cancel(change, of[0], of[1]),
            IcwpModel.INSTALL_EQUIPMENT, (change, of) -> Installations.install(change, of[0], of[1]),
            IcwpModel.DISMANTLE_EQUIPMENT, (change, of) -> Installations.dismantle(change, of[0]));

    private BusinessRules() {}

    /**
     * Creates an entity and what is below it.
     *
     * @return the entity as SAP made it, already put into the change; the children are found below it
     */
    public static Row create(Change change, Draft draft) {
        var rules = CREATIONS.get(draft.set());
        if (rules == null) {
            throw impossible(draft.set().name(), "created");
        }
        return rules.create(change, draft);
    }

    /**
     * Changes an entity.
     *
     * @param current as it is now; a copy that may be altered
     * @param given the new values of the properties to be changed, as in {@link Draft#values}
     */
    public static Row update(Change change, Row current, Map<String, @Nullable Object> given) {
        var rules = UPDATES.get(current.set());
        if (rules == null) {
            throw impossible(current.set().name(), "changed");
        }
        return rules.update(change, current, given);
    }

    public static void delete(Change change, Row current) {
        if (current.set() != IcwpModel.COMPONENT) {
            throw impossible(current.set().name(), "deleted");
        }
        Components.delete(change, current);
    }

    /**
     * Calls a function.
     *
     * @param arguments one for each parameter, in SAP's internal form
     */
    public static Row call(Change change, FunctionImport function, Map<String, String> arguments) {
        var rules = CALLS.get(function);
        if (rules == null) {
            throw impossible(function.name(), "called");
        }
        var inOrder = function.parameters().stream()
                .map(parameter -> arguments.getOrDefault(parameter.name(), ""))
                .toArray(String[]::new);
        return rules.call(change, inOrder);
    }

    /**
     * Creates an attachment from an uploaded file.
     *
     * @param given properties such as FILENAME, OBJTYPE and OBJKEY, as far as the caller named them
     */
    public static Row upload(Change change, byte[] content, String mimeType, Map<String, @Nullable Object> given) {
        return Attachments.upload(change, content, mimeType, given);
    }

    /** The name in the lock table of what is locked while an entity is changed: a part locks the whole it belongs to. */
    public static String lockedObject(Row row) {
        return Lookups.lockedObject(row);
    }

    private static Refusal impossible(String what, String done) {
        return Refusal.business("IW/000", what + " cannot be " + done);
    }
}
