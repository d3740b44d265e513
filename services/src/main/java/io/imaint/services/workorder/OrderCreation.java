package io.imaint.services.workorder;

import io.imaint.services.command.CommandContext;
import io.imaint.services.command.Entered;
import io.imaint.services.command.Expected;
import io.imaint.services.command.Findings;
import io.imaint.services.command.Findings.Moment;
import io.imaint.services.command.NotificationKey;
import io.imaint.services.command.Prepared;
import io.imaint.services.command.ReferenceData;
import io.imaint.services.command.ReferenceData.TechnicalObject;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.replica.Replicas;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How what somebody enters becomes an order that SAP can create: checked, and completed from its object or notification. */
final class OrderCreation {
    private final CommandContext context;

    OrderCreation(CommandContext context) {
        this.context = context;
    }

    /** What SAP is to create. */
    Prepared of(NewOrder entered) {
        var findings = context.findings();
        var reference = context.reference(findings);
        var origin = entered.notification() == null ? null : notification(entered.notification(), findings);
        var values = Entered.values(entered);
        values = without(values, "notification");
        for (var parts : List.of("operations", "components")) {
            if (values.get(parts) instanceof List<?> list) {
                list.forEach(part -> padded((Document) part));
            }
        }
        if (origin != null) {
            inherit(values, origin, reference);
        }
        var type = reference.known(
                "orderType", Replicas.ORDER_TYPES, values.text("orderType").orElse(null));
        require(values, "orderType", findings);
        require(values, "description", findings);
        var object = object(entered, origin, reference);
        reference.known(
                Replicas.PLANT, Replicas.PLANTS, values.text(Replicas.PLANT).orElse(null));
        Organization.check(values, field -> true, reference);
        derive(values, object);
        reference.known(
                "priority",
                Replicas.PRIORITIES,
                type == null ? null : type.text("priorityType").orElse(null),
                entered.priority());
        reference.known("activityType", Replicas.ACTIVITY_TYPES, entered.activityType());
        findings.inOrder(
                new Moment("basicStart", entered.basicStart(), null),
                new Moment("basicFinish", entered.basicFinish(), null));
        parts(entered, reference);
        var plant = values.text(Replicas.PLANT);
        if (plant.isEmpty()
                && entered.equipment() == null
                && entered.functionalLocation() == null
                && entered.notification() == null) {
            findings.add("equipment", "is required, or a functional location, or a plant: nothing says whose it is");
        }
        findings.throwIfAny();
        var prepared = Prepared.creation(Command.CREATE_ORDER, plant.orElse(null), values);
        if (origin == null) {
            return prepared;
        }
        if (origin.numbered()) {
            values.put("notification", origin.anchor());
        }
        return prepared.referring("notification", origin);
    }

    /** Gives the numbers of an operation, and of a person who is to do it, the zeros with which SAP keeps them. */
    static void padded(Document part) {
        for (var field : List.of("operation", "suboperation")) {
            part.text(field).ifPresent(number -> part.put(field, ReferenceData.padded(number, 4)));
        }
        part.text("personnelNumber").ifPresent(number -> part.put("personnelNumber", ReferenceData.person(number)));
    }

    /** The values but one. */
    static Document without(Document values, String field) {
        var others = new Document();
        values.forEach((name, value) -> {
            if (!name.equals(field)) {
                others.put(name, value);
            }
        });
        return others;
    }

    private @Nullable Expected notification(NotificationKey key, Findings findings) {
        var found = context.pending().find(Replicas.NOTIFICATIONS, key.value());
        if (found.isEmpty()) {
            findings.add(
                    "notification", "is %s, which is no notification in your plants; search for it".formatted(key));
            return null;
        }
        var order = found.get().document().text("order");
        order.ifPresent(other -> findings.add(
                "notification", "has the order %s already; a second one is not possible".formatted(other)));
        if (order.isEmpty()) {
            found.get()
                    .requireStep(
                            "notification",
                            Command.ASSIGN_NOTIFICATION_TO_ORDER,
                            Set.of("NOCO", "ORAS", "DLFL"),
                            findings);
        }
        return found.get();
    }

    /** An order for a notification is about the same object, in the same words, unless the caller says otherwise. */
    private static void inherit(Document values, Expected origin, ReferenceData reference) {
        var notification = origin.document();
        NotificationCommands.propose(values, "description", notification.text("description"));
        NotificationCommands.propose(
                values,
                "orderType",
                notification
                        .text("notificationType")
                        .map(type -> reference.document(Replicas.NOTIFICATION_TYPES, type))
                        .flatMap(type -> type.text("orderType")));
        for (var field : List.of("planningPlant", "plannerGroup")) {
            NotificationCommands.propose(values, field, notification.text(field));
        }
        Organization.proposeWorkCenter(values, notification.text("workCenter"), notification.text("workCenterPlant"));
        NotificationCommands.propose(values, Replicas.PLANT, notification.text(Replicas.PLANT));
        if (!values.has("equipment") && !values.has("functionalLocation")) {
            NotificationCommands.propose(values, "equipment", notification.text("equipment"));
            if (!values.has("equipment")) {
                NotificationCommands.propose(values, "functionalLocation", notification.text("functionalLocation"));
            }
        }
    }

    private static TechnicalObject object(NewOrder entered, @Nullable Expected origin, ReferenceData reference) {
        if (origin == null || entered.equipment() != null || entered.functionalLocation() != null) {
            return reference.object(entered.equipment(), entered.functionalLocation());
        }
        var notification = origin.document();
        return new TechnicalObject(
                notification
                        .text("equipment")
                        .map(key -> reference.document(Replicas.EQUIPMENT, key))
                        .orElse(null),
                notification
                        .text("functionalLocation")
                        .map(key -> reference.document(Replicas.FUNCTIONAL_LOCATIONS, key))
                        .orElse(null));
    }

    private static void require(Document values, String field, Findings findings) {
        if (values.get(field) == null) {
            findings.add(field, "is required");
        }
    }

    private static void derive(Document values, TechnicalObject object) {
        NotificationCommands.propose(
                values, Replicas.PLANT, object.text(Replicas.PLANT).or(() -> object.text("planningPlant")));
        for (var field : List.of("planningPlant", "plannerGroup")) {
            NotificationCommands.propose(values, field, object.text(field));
        }
        Organization.proposeWorkCenter(values, object.text("workCenter"), object.text(Replicas.PLANT));
    }

    private static void parts(NewOrder entered, ReferenceData reference) {
        for (int i = 0; i < entered.operations().size(); i++) {
            operation(entered.operations().get(i), "operations/" + i + "/", entered.plant(), reference);
        }
        for (int i = 0; i < entered.components().size(); i++) {
            component(entered.components().get(i), "components/" + i + "/", reference);
        }
    }

    static void operation(NewOperation entered, String at, @Nullable String plant, ReferenceData reference) {
        var findings = reference.findings();
        findings.unitOfTime(at + "workUnit", entered.workUnit());
        findings.unitOfTime(at + "durationUnit", entered.durationUnit());
        findings.inOrder(
                new Moment(at + "earliestStart", entered.earliestStart(), entered.earliestStartTime()),
                new Moment(at + "latestFinish", entered.latestFinish(), entered.latestFinishTime()));
        reference.known(
                at + "workCenter",
                Replicas.WORK_CENTERS,
                Optional.ofNullable(entered.workCenterPlant()).orElse(plant),
                entered.workCenter());
        reference.person(at + "personnelNumber", entered.personnelNumber());
        digits(at + "operation", entered.operation(), findings);
        digits(at + "suboperation", entered.suboperation(), findings);
    }

    static void digits(String field, @Nullable String number, Findings findings) {
        if (number != null && !number.matches("\\d{1,4}")) {
            findings.add(field, "is '%s' but must be 1 to 4 digits".formatted(number));
        }
    }

    static void component(NewComponent entered, String at, ReferenceData reference) {
        var findings = reference.findings();
        findings.positive(at + "requiredQuantity", entered.requiredQuantity(), 3);
        if (entered.material() == null && (entered.description() == null || entered.unit() == null)) {
            findings.add(at + "material", "is required, or description and unit of what is no stock item");
        }
        StockRules.material(at, entered.material(), entered.unit(), reference);
        if (entered.stockPlant() != null) {
            reference.known(at + "stockPlant", Replicas.PLANTS, entered.stockPlant());
        }
        digits(at + "operation", entered.operation(), findings);
    }
}
