package io.imaint.services.outbox;

import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandPermissions;
import io.imaint.store.outbox.OutboxItem;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people may do about their own entries without the permission to repair the outbox: correct, resubmit and discard
 * them, for as long as they may enter such a command.
 *
 * <p>A corrected value is not checked as a new entry is; SAP judges it. So nobody may correct what says for which object,
 * plant or person something is entered: that is what the checks of new entries protect.
 */
final class OwnEntries {
    /** What was done, when, how much and why, and what of the entry's own plant it takes. */
    private static final Set<String> CORRECTABLE = Set.of(
            "description",
            "text",
            "remark",
            "priority",
            "orderType",
            "notificationType",
            "systemCondition",
            "breakdown",
            "malfunctionStart",
            "malfunctionStartTime",
            "malfunctionEnd",
            "malfunctionEndTime",
            "notificationDate",
            "notificationTime",
            "requiredStart",
            "requiredStartTime",
            "requiredEnd",
            "requiredEndTime",
            "reportedBy",
            "codeGroup",
            "code",
            "basicStart",
            "basicFinish",
            "plannerGroup",
            "activityType",
            "operation",
            "workCenter",
            "controlKey",
            "work",
            "workUnit",
            "duration",
            "durationUnit",
            "earliestStart",
            "earliestStartTime",
            "latestFinish",
            "latestFinishTime",
            "material",
            "storageLocation",
            "receivingStorageLocation",
            "batch",
            "requirementDate",
            "requiredQuantity",
            "quantity",
            "unit",
            "itemCategory",
            "actualWork",
            "remainingWork",
            "finalConfirmation",
            "actualStart",
            "actualStartTime",
            "actualFinish",
            "actualFinishTime",
            "postingDate",
            "documentDate",
            "reasonForVariance",
            "recipient",
            "reference",
            "reading",
            "readingDate",
            "readingTime",
            "counterExchanged",
            "valuationCode",
            "readBy",
            "workDate",
            "hours",
            "startTime",
            "endTime",
            "attendanceType",
            "result",
            "resultCodeGroup",
            "resultCode");

    /** Commands that record somebody's working time. */
    private static final Set<Command> WORK = Set.of(
            Command.CONFIRM_OPERATION, Command.CREATE_TIME_SHEET, Command.CHANGE_TIME_SHEET, Command.CANCEL_TIME_SHEET);

    /** Commands that only name an object, so that nothing can be corrected. */
    private static final Set<Command> FIXED =
            Set.of(Command.UPLOAD_ATTACHMENT, Command.CANCEL_MEASUREMENT_DOCUMENT, Command.CANCEL_TIME_SHEET);

    /** The fields of an assignment: a change of an order in these alone is one. */
    private static final Set<String> ASSIGNED = Set.of("workCenter", "workCenterPlant");

    private OwnEntries() {}

    /** Whether a caller entered an item and may enter such a command still. */
    static boolean mayDecide(OutboxItem item, Caller caller) {
        return item.by().equals(caller.id()) && missing(item, caller) == null;
    }

    /** What a caller lacks to enter such a command still; null when nothing. */
    static @Nullable Permission missing(OutboxItem item, Caller caller) {
        var command = item.command();
        boolean assigns = command == Command.CHANGE_ORDER
                && ASSIGNED.containsAll(item.request().values().fields().keySet());
        var needed = assigns ? CommandPermissions.of(Command.CHANGE_OPERATION) : CommandPermissions.of(command);
        if (!caller.may(needed)) {
            return needed;
        }
        var person = WORK.contains(command)
                ? item.request().values().text("personnelNumber").orElse(null)
                : null;
        boolean ofOthers = person != null && !person.equals(caller.personnelNumber());
        return ofOthers && !caller.may(CommandPermissions.OTHERS) ? CommandPermissions.OTHERS : null;
    }

    /**
     * The fields that may be corrected in an own entry. An action and a cancellation have none. A change has those that it
     * changes: what a further field was before, nobody has seen.
     */
    static List<String> correctable(OutboxItem item) {
        var command = item.command();
        if (command.kind() == Command.Kind.ACTION || FIXED.contains(command)) {
            return List.of();
        }
        var entered = item.request().values();
        return CORRECTABLE.stream()
                .filter(field -> command.kind() == Command.Kind.CREATE || entered.has(field))
                .filter(field -> !(field.equals("operation") && WORK.contains(command)))
                .sorted()
                .toList();
    }

    /** @param changed the names of the fields that are to be corrected */
    static void checkCorrection(OutboxItem item, Collection<String> changed) {
        var allowed = Set.copyOf(correctable(item));
        var findings = changed.stream()
                .filter(field -> !allowed.contains(field))
                .map(
                        field -> new Finding(
                                "/changes/" + field,
                                "cannot be corrected here; discard this entry and enter it anew, or ask somebody who repairs the outbox"))
                .toList();
        if (!findings.isEmpty()) {
            throw HttpProblem.BODY_INVALID.because(findings);
        }
    }
}
