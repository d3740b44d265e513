package io.imaint.services.workorder;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.Length;
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
import io.imaint.services.command.Findings.Moment;
import io.imaint.services.command.OrderKey;
import io.imaint.services.command.Prepared;
import io.imaint.services.command.ReferenceData;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandPermissions;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.Replicas;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What planners and supervisors do with orders. */
final class OrderCommands implements Routed {
    static final Permission CREATE = CommandPermissions.of(Command.CREATE_ORDER);
    static final Permission EDIT = CommandPermissions.of(Command.CHANGE_ORDER);
    static final Permission RELEASE = CommandPermissions.of(Command.RELEASE_ORDER);
    static final Permission COMPLETE = CommandPermissions.of(Command.COMPLETE_ORDER_TECHNICALLY);
    static final Permission ASSIGN = CommandPermissions.of(Command.CHANGE_OPERATION);

    private static final String NUMBER = "orderNumber";
    private static final String ONE = "/api/work-orders/{orderNumber}";

    private final CommandContext context;
    private final OrderLookup orders;
    private final OrderCreation creation;

    OrderCommands(CommandContext context) {
        this.context = context;
        this.orders = new OrderLookup(context);
        this.creation = new OrderCreation(context);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/work-orders", "Creates a work order in SAP, from a notification too")
                        .permits(CREATE)
                        .commands(OutboxLine.class)
                        .handles(Create.class, this::create),
                Route.patch(ONE, "Changes a work order in SAP")
                        .permits(EDIT)
                        .commands(OutboxLine.class)
                        .handles(Change.class, this::change),
                step("release", "Releases a work order in SAP", RELEASE, Command.RELEASE_ORDER, OrderStep.RELEASE),
                step(
                        "technically-complete",
                        "Completes a work order technically in SAP",
                        COMPLETE,
                        Command.COMPLETE_ORDER_TECHNICALLY,
                        OrderStep.COMPLETE),
                step(
                        "reopen",
                        "Cancels the technical completion of a work order in SAP",
                        COMPLETE,
                        Command.REOPEN_ORDER,
                        OrderStep.REOPEN),
                Route.post(ONE + "/assignments", "Assigns a work order or an operation of it in SAP")
                        .permits(ASSIGN)
                        .commands(OutboxLine.class)
                        .handles(Assign.class, this::assign),
                Route.post(ONE + "/operations", "Adds an operation to a work order in SAP")
                        .permits(EDIT)
                        .commands(OutboxLine.class)
                        .handles(AddOperation.class, this::addOperation),
                Route.post(ONE + "/components", "Plans a material for a work order in SAP")
                        .permits(EDIT)
                        .commands(OutboxLine.class)
                        .handles(AddComponent.class, this::addComponent));
    }

    private Route step(String word, String summary, Permission permission, Command command, OrderStep step) {
        return Route.post(ONE + "/" + word, summary)
                .permits(permission)
                .commands(OutboxLine.class)
                .handles(Step.class, asked -> step(asked, command, step));
    }

    record Create(@Body NewOrder order, @Parameters CommandHeaders headers) {}

    record Change(
            @Path OrderKey orderNumber,
            @Body MergePatch<OrderFields> changes,
            @Parameters CommandHeaders headers) {}

    record Step(@Path OrderKey orderNumber, @Parameters CommandHeaders headers) {}

    record Assign(
            @Path OrderKey orderNumber,
            @Body Assignment assignment,
            @Parameters CommandHeaders headers) {}

    record AddOperation(
            @Path OrderKey orderNumber,
            @Body NewOperation operation,
            @Parameters CommandHeaders headers) {}

    record AddComponent(
            @Path OrderKey orderNumber,
            @Body NewComponent component,
            @Parameters CommandHeaders headers) {}

    /** Who is to do the work of an order, or of one of its operations. */
    record Assignment(
            @Length(max = 4) @Nullable String operation,
            @Length(max = 8) @Nullable String workCenter,
            @Length(max = 4) @Nullable String workCenterPlant,
            @Length(max = 8) @Nullable String personnelNumber) {}

    private Commanded<OutboxLine> create(Create asked) {
        return context.commands().take(Command.CREATE_ORDER, asked.headers(), asked, () -> creation.of(asked.order()));
    }

    private Commanded<OutboxLine> change(Change asked) {
        return context.commands().take(Command.CHANGE_ORDER, asked.headers(), asked, () -> changed(asked));
    }

    private Prepared changed(Change asked) {
        var order = existing(asked.orderNumber());
        var entered = asked.changes().changes();
        var change = Entered.changed(asked.changes(), entered.base(), order.document());
        var values = change.values();
        var findings = context.findings();
        var reference = context.reference(findings);
        boolean descriptive = Set.of("description", "systemCondition")
                .containsAll(values.fields().keySet());
        (descriptive ? OrderStep.DESCRIBE : OrderStep.CHANGE).check(Command.CHANGE_ORDER, order, findings);
        var next = order.document().copy();
        values.forEach(next::put);
        for (var field : List.of("description", "planningPlant", "basicStart", "basicFinish")) {
            if (values.has(field) && values.get(field) == null) {
                findings.add(field, "must not be removed");
            }
        }
        if (values.has("equipment") || values.has("functionalLocation")) {
            reference.object(entered.equipment(), entered.functionalLocation());
        }
        if (values.has("priority")) {
            reference.known(
                    "priority", Replicas.PRIORITIES, next.text("priorityType").orElse(null), entered.priority());
        }
        Organization.check(next, values::has, reference);
        if (values.has("activityType")) {
            reference.known("activityType", Replicas.ACTIVITY_TYPES, entered.activityType());
        }
        findings.inOrder(
                new Moment("basicStart", next.date("basicStart").orElse(null), null),
                new Moment("basicFinish", next.date("basicFinish").orElse(null), null));
        if (values.fields().isEmpty()) {
            findings.add("", "changes nothing; the order has these values already");
        }
        findings.throwIfAny();
        return Prepared.about(Command.CHANGE_ORDER, order, order.anchor(), values)
                .base(change.base());
    }

    private Commanded<OutboxLine> step(Step asked, Command command, OrderStep step) {
        return context.commands().take(command, asked.headers(), asked, () -> {
            var order = existing(asked.orderNumber());
            var findings = context.findings();
            step.check(command, order, findings);
            findings.throwIfAny();
            return Prepared.about(command, order, order.anchor(), order.named(NUMBER));
        });
    }

    private Commanded<OutboxLine> assign(Assign asked) {
        var command = asked.assignment().operation() == null ? Command.CHANGE_ORDER : Command.CHANGE_OPERATION;
        return context.commands().take(command, asked.headers(), asked, () -> assigned(asked, command));
    }

    private Prepared assigned(Assign asked, Command command) {
        var order = existing(asked.orderNumber());
        var assignment = asked.assignment();
        var findings = context.findings();
        var reference = context.reference(findings);
        OrderStep.CHANGE.check(command, order, findings);
        OrderCreation.digits("operation", assignment.operation(), findings);
        var present = order.document();
        var key = order.anchor();
        if (assignment.operation() != null) {
            key = String.join("/", order.anchor(), ReferenceData.padded(assignment.operation(), 4), "");
            var operation = reference.document(Replicas.OPERATIONS, key);
            if (operation == null) {
                findings.add("operation", "is '%s', which the order does not have".formatted(assignment.operation()));
            } else {
                present = order.part(command, key, operation);
            }
        } else if (assignment.personnelNumber() != null) {
            findings.add("operation", "is required with a person, who is assigned to an operation");
        }
        if (assignment.workCenter() == null && assignment.personnelNumber() == null) {
            findings.add("workCenter", "is required, or a person");
        }
        var plant = Optional.ofNullable(assignment.workCenterPlant())
                .or(() -> order.document().text(Replicas.PLANT))
                .orElse(null);
        reference.known("workCenter", Replicas.WORK_CENTERS, plant, assignment.workCenter());
        var values = OrderCreation.without(Entered.values(assignment), "operation");
        var person = reference.person("personnelNumber", assignment.personnelNumber());
        if (person != null) {
            values.put("personnelNumber", person);
        }
        findings.throwIfAny();
        var base = new Document();
        var before = present;
        values.forEach((field, value) -> base.put(field, before.get(field)));
        return Prepared.about(command, order, key, values).base(base);
    }

    private Commanded<OutboxLine> addOperation(AddOperation asked) {
        return context.commands().take(Command.ADD_OPERATION, asked.headers(), asked, () -> {
            var order = existing(asked.orderNumber());
            var findings = context.findings();
            OrderStep.CHANGE.check(Command.ADD_OPERATION, order, findings);
            OrderCreation.operation(
                    asked.operation(),
                    "",
                    order.document().text(Replicas.PLANT).orElse(null),
                    context.reference(findings));
            findings.throwIfAny();
            return part(Command.ADD_OPERATION, order, Entered.values(asked.operation()));
        });
    }

    private Commanded<OutboxLine> addComponent(AddComponent asked) {
        return context.commands().take(Command.ADD_COMPONENT, asked.headers(), asked, () -> {
            var order = existing(asked.orderNumber());
            var findings = context.findings();
            OrderStep.CHANGE.check(Command.ADD_COMPONENT, order, findings);
            OrderCreation.component(asked.component(), "", context.reference(findings));
            findings.throwIfAny();
            return part(Command.ADD_COMPONENT, order, Entered.values(asked.component()));
        });
    }

    /** Something that is made within an order. */
    static Prepared part(Command command, Expected order, Document values) {
        OrderCreation.padded(values);
        if (order.numbered()) {
            values.put(NUMBER, order.anchor());
        }
        return Prepared.about(command, order, null, values).referring(NUMBER, order);
    }

    private Expected existing(OrderKey key) {
        return orders.order(key);
    }
}
