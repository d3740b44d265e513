package io.imaint.store.outbox;

import io.imaint.kernel.identity.Permission;

/** The permissions that commands take: for the routes that accept them, and for those who correct their own entries. */
public final class CommandPermissions {
    /** Who has it records the work of others. */
    public static final Permission OTHERS = new Permission("work-orders.confirm-others");

    private CommandPermissions() {}

    /** What the route that takes a command asks for, and who resubmits one still has to hold. */
    public static Permission of(Command command) {
        return new Permission(
                switch (command) {
                    case CREATE_NOTIFICATION -> "notifications.create";
                    case CHANGE_NOTIFICATION, PUT_NOTIFICATION_IN_PROCESS, ASSIGN_NOTIFICATION_TO_ORDER ->
                        "notifications.edit";
                    case COMPLETE_NOTIFICATION -> "notifications.complete";
                    case CREATE_ORDER -> "work-orders.create";
                    case CHANGE_ORDER, ADD_OPERATION, ADD_COMPONENT -> "work-orders.edit";
                    case CHANGE_OPERATION -> "work-orders.assign";
                    case RELEASE_ORDER -> "work-orders.release";
                    case COMPLETE_ORDER_TECHNICALLY, REOPEN_ORDER -> "work-orders.complete";
                    case CONFIRM_OPERATION -> "work-orders.confirm";
                    case CANCEL_CONFIRMATION -> "work-orders.cancel-confirmation";
                    case POST_GOODS_MOVEMENT -> "goods-movements.post";
                    case CANCEL_GOODS_MOVEMENT -> "goods-movements.cancel";
                    case CREATE_MEASUREMENT_DOCUMENT -> "measurements.record";
                    case CANCEL_MEASUREMENT_DOCUMENT -> "measurements.cancel";
                    case CREATE_TIME_SHEET, CHANGE_TIME_SHEET, CANCEL_TIME_SHEET -> "time-sheets.record";
                    case INSTALL_EQUIPMENT, DISMANTLE_EQUIPMENT -> "equipment.install";
                    case RECORD_INSPECTION_RESULT, MAKE_USAGE_DECISION -> "inspections.record";
                    case UPLOAD_ATTACHMENT -> "attachments.add";
                });
    }
}
