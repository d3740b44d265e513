package io.imaint.services.workorder;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.command.CommandContext;
import io.imaint.services.command.CommandHeaders;
import io.imaint.services.command.Entered;
import io.imaint.services.command.Expected;
import io.imaint.services.command.Findings;
import io.imaint.services.command.Findings.Moment;
import io.imaint.services.command.NotificationKey;
import io.imaint.services.command.Prepared;
import io.imaint.services.command.ReferenceData;
import io.imaint.services.command.ReferenceData.Code;
import io.imaint.services.command.ReferenceData.TechnicalObject;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandPermissions;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.Replicas;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people do with notifications. */
final class NotificationCommands implements Routed {
    static final Permission CREATE = CommandPermissions.of(Command.CREATE_NOTIFICATION);
    static final Permission EDIT = CommandPermissions.of(Command.CHANGE_NOTIFICATION);
    static final Permission COMPLETE = CommandPermissions.of(Command.COMPLETE_NOTIFICATION);

    private final CommandContext context;

    NotificationCommands(CommandContext context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/notifications", "Creates a notification in SAP")
                        .permits(CREATE)
                        .commands(OutboxLine.class)
                        .handles(Create.class, this::create),
                Route.patch("/api/notifications/{notification}", "Changes a notification in SAP")
                        .permits(EDIT)
                        .commands(OutboxLine.class)
                        .handles(Change.class, this::change),
                step(
                        "put-in-process",
                        "Puts a notification in process in SAP",
                        EDIT,
                        Command.PUT_NOTIFICATION_IN_PROCESS),
                step("complete", "Completes a notification in SAP", COMPLETE, Command.COMPLETE_NOTIFICATION));
    }

    private Route step(String word, String summary, Permission permission, Command command) {
        return Route.post("/api/notifications/{notification}/" + word, summary)
                .permits(permission)
                .commands(OutboxLine.class)
                .handles(Step.class, asked -> step(asked, command));
    }

    record Create(
            @Body NewNotification notification, @Parameters CommandHeaders headers) {}

    record Change(
            @Path NotificationKey notification,
            @Body MergePatch<NotificationFields> changes,
            @Parameters CommandHeaders headers) {}

    record Step(
            @Path NotificationKey notification, @Parameters CommandHeaders headers) {}

    private Commanded<OutboxLine> create(Create asked) {
        return context.commands()
                .take(Command.CREATE_NOTIFICATION, asked.headers(), asked, () -> creation(asked.notification()));
    }

    private Prepared creation(NewNotification entered) {
        var findings = context.findings();
        var reference = context.reference(findings);
        var type = reference.known("notificationType", Replicas.NOTIFICATION_TYPES, entered.notificationType());
        var object = reference.object(entered.equipment(), entered.functionalLocation());
        var values = Entered.values(entered);
        reference.known("priority", Replicas.PRIORITIES, text(type, "priorityType"), entered.priority());
        Organization.check(values, field -> true, reference);
        derive(values, object);
        moments(values, findings);
        var profile = object.text("catalogProfile").orElse(text(type, "catalogProfile"));
        reference.code(
                new Code(text(type, "codingCatalog"), entered.codeGroup(), entered.code(), "codeGroup", "code"),
                profile);
        parts(entered, type, profile, reference);
        var plant = object.text(Replicas.PLANT)
                .or(() -> values.text("workCenterPlant"))
                .or(() -> values.text("planningPlant"));
        if (plant.isEmpty() && entered.equipment() == null && entered.functionalLocation() == null) {
            findings.add(
                    "equipment",
                    "is required, or a functional location, or a planning plant: nothing says whose it is");
        }
        findings.throwIfAny();
        return Prepared.creation(Command.CREATE_NOTIFICATION, plant.orElse(null), values);
    }

    private static @Nullable String text(@Nullable Document document, String field) {
        return document == null ? null : document.text(field).orElse(null);
    }

    /** What SAP takes from the object where nobody says otherwise. */
    private static void derive(Document values, TechnicalObject object) {
        for (var field : List.of("planningPlant", "plannerGroup")) {
            propose(values, field, object.text(field));
        }
        Organization.proposeWorkCenter(values, object.text("workCenter"), object.text(Replicas.PLANT));
    }

    static void propose(Document values, String field, Optional<String> value) {
        if (!values.has(field)) {
            value.ifPresent(known -> values.put(field, known));
        }
    }

    private static void moments(Document values, Findings findings) {
        findings.notInFuture("notificationDate", values.date("notificationDate").orElse(null));
        findings.notInFuture("malfunctionStart", values.date("malfunctionStart").orElse(null));
        findings.notInFuture("malfunctionEnd", values.date("malfunctionEnd").orElse(null));
        findings.inOrder(moment(values, "requiredStart"), moment(values, "requiredEnd"));
        findings.inOrder(moment(values, "malfunctionStart"), moment(values, "malfunctionEnd"));
        if (values.has("malfunctionEnd")
                && values.get("malfunctionEnd") != null
                && values.get("malfunctionStart") == null) {
            findings.add("malfunctionStart", "is required with the end of the malfunction");
        }
    }

    static Moment moment(Document values, String field) {
        return new Moment(
                field,
                values.date(field).orElse(null),
                values.time(field + "Time").orElse(null));
    }

    private static void parts(
            NewNotification entered, @Nullable Document type, @Nullable String profile, ReferenceData reference) {
        for (int i = 0; i < entered.items().size(); i++) {
            var item = entered.items().get(i);
            var at = "items/" + i + "/";
            reference.code(
                    new Code(
                            text(type, "damageCatalog"),
                            item.damageCodeGroup(),
                            item.damageCode(),
                            at + "damageCodeGroup",
                            at + "damageCode"),
                    profile);
            reference.code(
                    new Code(
                            text(type, "objectPartCatalog"),
                            item.objectPartCodeGroup(),
                            item.objectPartCode(),
                            at + "objectPartCodeGroup",
                            at + "objectPartCode"),
                    profile);
            for (int j = 0; j < item.causes().size(); j++) {
                var cause = item.causes().get(j);
                var below = at + "causes/" + j + "/";
                reference.code(
                        new Code(
                                text(type, "causeCatalog"),
                                cause.causeCodeGroup(),
                                cause.causeCode(),
                                below + "causeCodeGroup",
                                below + "causeCode"),
                        profile);
            }
        }
        for (int i = 0; i < entered.tasks().size(); i++) {
            var task = entered.tasks().get(i);
            var at = "tasks/" + i + "/";
            reference.code(
                    new Code(
                            text(type, "taskCatalog"),
                            task.taskCodeGroup(),
                            task.taskCode(),
                            at + "taskCodeGroup",
                            at + "taskCode"),
                    profile);
            reference
                    .findings()
                    .inOrder(
                            new Moment(at + "plannedStart", task.plannedStart(), null),
                            new Moment(at + "plannedFinish", task.plannedFinish(), null));
        }
        for (int i = 0; i < entered.activities().size(); i++) {
            var activity = entered.activities().get(i);
            var at = "activities/" + i + "/";
            reference.code(
                    new Code(
                            text(type, "activityCatalog"),
                            activity.activityCodeGroup(),
                            activity.activityCode(),
                            at + "activityCodeGroup",
                            at + "activityCode"),
                    profile);
            reference
                    .findings()
                    .inOrder(
                            new Moment(at + "start", activity.start(), null),
                            new Moment(at + "finish", activity.finish(), null));
        }
    }

    private Commanded<OutboxLine> change(Change asked) {
        return context.commands().take(Command.CHANGE_NOTIFICATION, asked.headers(), asked, () -> changed(asked));
    }

    private Prepared changed(Change asked) {
        var notification = existing(asked.notification());
        var change = Entered.changed(asked.changes(), asked.changes().changes().base(), notification.document());
        var findings = context.findings();
        NotificationStep.CHANGE.check(notification, findings);
        check(change.values(), asked.changes().changes(), notification.document(), context.reference(findings));
        if (change.values().fields().isEmpty()) {
            findings.add("", "changes nothing; the notification has these values already");
        }
        findings.throwIfAny();
        return Prepared.about(Command.CHANGE_NOTIFICATION, notification, notification.anchor(), change.values())
                .base(change.base());
    }

    private static void check(Document values, NotificationFields entered, Document present, ReferenceData reference) {
        var next = present.copy();
        values.forEach(next::put);
        if (values.has("equipment") || values.has("functionalLocation")) {
            reference.object(entered.equipment(), entered.functionalLocation());
        }
        if (values.has("description") && entered.description() == null) {
            reference.findings().add("description", "must not be removed");
        }
        if (values.has("priority")) {
            reference.known(
                    "priority",
                    Replicas.PRIORITIES,
                    present.text("priorityType").orElse(null),
                    entered.priority());
        }
        Organization.check(next, values::has, reference);
        moments(next, reference.findings());
        if (values.has("codeGroup") || values.has("code")) {
            reference.code(
                    new Code(
                            present.text("codingCatalog").orElse(null),
                            next.text("codeGroup").orElse(null),
                            next.text("code").orElse(null),
                            "codeGroup",
                            "code"),
                    present.text("catalogProfile").orElse(null));
        }
    }

    private Commanded<OutboxLine> step(Step asked, Command command) {
        return context.commands().take(command, asked.headers(), asked, () -> {
            var notification = existing(asked.notification());
            var findings = context.findings();
            NotificationStep.of(command).check(notification, findings);
            if (command == Command.COMPLETE_NOTIFICATION) {
                tasksDone(notification, findings);
            }
            findings.throwIfAny();
            return Prepared.about(command, notification, notification.anchor(), notification.named("notification"));
        });
    }

    private void tasksDone(Expected notification, Findings findings) {
        var open = context
                .seen()
                .documents(Replicas.NOTIFICATION_TASKS)
                .list(Query.where(Condition.equal("notification", notification.anchor()))
                        .limit(Query.LIMIT_MAX))
                .values()
                .stream()
                .filter(task -> !task.flag("deletionFlag")
                        && !task.texts("systemStatuses").contains("TSCO")
                        && task.text("completedOn").isEmpty())
                .map(task -> task.text("task").orElse(""))
                .toList();
        if (!open.isEmpty()) {
            findings.add("", "has outstanding tasks: %s; complete them first".formatted(String.join(", ", open)));
        }
    }

    private Expected existing(NotificationKey key) {
        return context.pending()
                .find(Replicas.NOTIFICATIONS, key.value())
                .orElseThrow(() -> WorkOrderProblem.NOTIFICATION_NOT_FOUND.because(key.value()));
    }
}
