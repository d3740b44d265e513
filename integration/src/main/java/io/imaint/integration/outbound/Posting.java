package io.imaint.integration.outbound;

import static io.imaint.integration.outbound.Posting.Done.hasStatus;
import static io.imaint.integration.outbound.Posting.Done.hasValue;
import static io.imaint.integration.outbound.Posting.Done.lacksStatus;

import io.imaint.store.outbox.Command;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How each command is posted, by the names of ICWP_INTEGRATION_SUITE_SRV.
 *
 * <p>A command that may have reached SAP already is looked up before it is sent again: what it creates by its external id,
 * what it changes by its values, what it does by what {@link Done} says of the object.
 */
sealed interface Posting {
    /** The property by which SAP knows a creation again. */
    String EXTERNAL_ID = "EXTID";

    /** POST to the set of the collection, with what lies below it. */
    record Create(List<Below> below) implements Posting {}

    /**
     * POST to the set of the collection: once, or, where the values have a list, once for each of its documents, together in
     * one change set. What stands beside the list holds for all of them.
     */
    record CreateTogether(String field) implements Posting {}

    /**
     * A list among the values whose documents become entities below the new one.
     *
     * @param field of the values
     * @param navigation of the entity
     * @param collection whose mapping the documents have
     */
    record Below(String field, String navigation, String collection, List<Below> below) {}

    /**
     * MERGE of the changed fields.
     *
     * @param fixed values that the command stands for, beside those that it has
     */
    record Change(Map<String, Object> fixed) implements Posting {}

    /**
     * POST of a function import.
     *
     * @param keys the properties of the object's key that are parameters
     * @param fields parameter to the field that has its value
     */
    record Call(String function, List<String> keys, Map<String, String> fields, Done done) implements Posting {}

    /** POST of a file, whose properties stand in the header Slug. */
    record Upload() implements Posting {}

    /**
     * By what an object shows that an action was carried out.
     *
     * @param with statuses, one of which it has then
     * @param without statuses that it does not have then
     * @param same property to the field whose value it has then; an empty name for no value
     * @param counterpart a filter by which the document is found that the action made; empty for none. {@code %s} stand
     *     for the values of the key
     */
    record Done(Set<String> with, Set<String> without, Map<String, String> same, String counterpart) {
        static Done hasStatus(String... statuses) {
            return new Done(Set.of(statuses), Set.of(), Map.of(), "");
        }

        static Done lacksStatus(String status) {
            return new Done(Set.of(), Set.of(status), Map.of(), "");
        }

        static Done hasValue(String property, String field) {
            return new Done(Set.of(), Set.of(), Map.of(property, field), "");
        }
    }

    static Posting of(Command command) {
        return Objects.requireNonNull(Table.ALL.get(command), () -> command + " has no way of posting");
    }

    /** One line for each command. */
    final class Table {
        private static final List<Below> NONE = List.of();
        private static final List<String> ORDER = List.of("AUFNR");
        private static final List<String> NOTIFICATION = List.of("QMNUM");
        private static final List<String> EQUIPMENT = List.of("EQUNR");

        private static final Below CAUSES = new Below("causes", "Causes", "NotificationCauses", NONE);
        private static final List<Below> OF_NOTIFICATION = List.of(
                new Below("items", "Items", "NotificationItems", List.of(CAUSES)),
                CAUSES,
                new Below("tasks", "Tasks", "NotificationTasks", NONE),
                new Below("activities", "Activities", "NotificationActivities", NONE));
        private static final List<Below> OF_ORDER = List.of(
                new Below("operations", "Operations", "Operations", NONE),
                new Below("components", "Components", "Components", NONE));

        private static final Map<Command, Posting> ALL = new EnumMap<>(Command.class);

        static {
            for (var command : Command.values()) {
                ALL.put(command, line(command));
            }
        }

        private Table() {}

        private static Posting line(Command command) {
            return switch (command) {
                case CREATE_NOTIFICATION -> new Create(OF_NOTIFICATION);
                case CREATE_ORDER -> new Create(OF_ORDER);
                case ADD_OPERATION,
                        ADD_COMPONENT,
                        CONFIRM_OPERATION,
                        CREATE_MEASUREMENT_DOCUMENT,
                        CREATE_TIME_SHEET,
                        MAKE_USAGE_DECISION -> new Create(NONE);
                case POST_GOODS_MOVEMENT -> new CreateTogether("items");
                case CHANGE_NOTIFICATION, CHANGE_ORDER, CHANGE_OPERATION, CHANGE_TIME_SHEET, RECORD_INSPECTION_RESULT ->
                    new Change(Map.of());
                case CANCEL_MEASUREMENT_DOCUMENT -> new Change(Map.of("cancelled", true));
                case CANCEL_TIME_SHEET -> new Change(Map.of("processingStatus", "60"));
                case RELEASE_ORDER -> new Call("ReleaseOrder", ORDER, Map.of(), hasStatus("REL", "TECO", "CLSD"));
                case COMPLETE_ORDER_TECHNICALLY ->
                    new Call("CompleteOrderTechnically", ORDER, Map.of(), hasStatus("TECO", "CLSD"));
                case REOPEN_ORDER -> new Call("ReopenOrder", ORDER, Map.of(), lacksStatus("TECO"));
                case PUT_NOTIFICATION_IN_PROCESS ->
                    new Call("PutNotificationInProcess", NOTIFICATION, Map.of(), hasStatus("NOPR", "NOCO"));
                case COMPLETE_NOTIFICATION ->
                    new Call("CompleteNotification", NOTIFICATION, Map.of(), hasStatus("NOCO"));
                case ASSIGN_NOTIFICATION_TO_ORDER ->
                    new Call(
                            "AssignOrderToNotification",
                            NOTIFICATION,
                            Map.of("AUFNR", "order"),
                            hasValue("AUFNR", "order"));
                case CANCEL_CONFIRMATION ->
                    new Call(
                            "CancelConfirmation",
                            List.of("RUECK", "RMZHL"),
                            Map.of(),
                            new Done(Set.of(), Set.of(), Map.of(), "RUECK eq '%s' and STZHL eq '%s'"));
                case CANCEL_GOODS_MOVEMENT ->
                    new Call(
                            "CancelGoodsMovement",
                            List.of("MBLNR", "MJAHR"),
                            Map.of(),
                            new Done(Set.of(), Set.of(), Map.of(), "SMBLN eq '%s' and SJAHR eq '%s'"));
                case INSTALL_EQUIPMENT ->
                    new Call(
                            "InstallEquipment",
                            EQUIPMENT,
                            Map.of("TPLNR", "functionalLocation"),
                            hasValue("TPLNR", "functionalLocation"));
                case DISMANTLE_EQUIPMENT ->
                    new Call(
                            "DismantleEquipment",
                            EQUIPMENT,
                            Map.of(),
                            new Done(Set.of(), Set.of(), Map.of("TPLNR", "", "HEQUI", ""), ""));
                case UPLOAD_ATTACHMENT -> new Upload();
            };
        }
    }

    /** What a person has to know of a value in SAP; null where it is initial. */
    static String shown(@Nullable Object value) {
        return value == null || value.equals("") ? "nothing" : "'" + value + "'";
    }
}
