package io.imaint.services.workorder;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.command.CommandContext;
import io.imaint.services.command.CommandHeaders;
import io.imaint.services.command.Entered;
import io.imaint.services.command.Expected;
import io.imaint.services.command.Findings;
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

/** Work that is confirmed on operations. */
final class ConfirmationCommands implements Routed {
    static final Permission CONFIRM = CommandPermissions.of(Command.CONFIRM_OPERATION);
    static final Permission CANCEL = CommandPermissions.of(Command.CANCEL_CONFIRMATION);

    private final CommandContext context;
    private final OrderLookup orders;

    ConfirmationCommands(CommandContext context) {
        this.context = context;
        this.orders = new OrderLookup(context);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/work-orders/{orderNumber}/operations/{operation}/confirmations",
                                "Confirms work on an operation in SAP")
                        .permits(CONFIRM)
                        .commands(OutboxLine.class)
                        .handles(Confirm.class, this::confirm),
                Route.post("/api/confirmations/{confirmation}/{counter}/cancel", "Cancels a confirmation in SAP")
                        .permits(CANCEL)
                        .commands(OutboxLine.class)
                        .handles(Cancel.class, this::cancel));
    }

    record Confirm(
            @Path OrderKey orderNumber,

            @Path @Pattern(regexp = "[0-9]{1,4}", description = "1 to 4 digits")
            String operation,

            @Body NewConfirmation confirmation,
            @Parameters CommandHeaders headers) {}

    record Cancel(
            @Path @Length(max = 10) String confirmation,
            @Path @Length(max = 8) String counter,
            @Parameters CommandHeaders headers) {}

    private Commanded<OutboxLine> confirm(Confirm asked) {
        return context.commands().take(Command.CONFIRM_OPERATION, asked.headers(), asked, () -> confirmed(asked));
    }

    private Prepared confirmed(Confirm asked) {
        var order = orders.order(asked.orderNumber());
        var entered = asked.confirmation();
        var number = ReferenceData.padded(asked.operation(), 4);
        var suboperation = Optional.ofNullable(entered.suboperation())
                .map(digits -> ReferenceData.padded(digits, 4))
                .orElse("");
        orders.requireOperation(order, number, suboperation);
        var findings = context.findings();
        var reference = context.reference(findings);
        OrderStep.BOOK.check(Command.CONFIRM_OPERATION, order, findings);
        OrderCreation.digits("suboperation", entered.suboperation(), findings);
        work(entered, findings);
        dates(entered, findings);
        reference.known(
                "workCenter",
                Replicas.WORK_CENTERS,
                Optional.ofNullable(entered.workCenterPlant())
                        .or(() -> order.document().text(Replicas.PLANT))
                        .orElse(null),
                entered.workCenter());
        var person = reference.person("personnelNumber", entered.personnelNumber());
        OwnWork.check("personnelNumber", person, findings);
        findings.throwIfAny();
        var values = Entered.values(entered).put("operation", number);
        if (person != null) {
            values.put("personnelNumber", person);
        }
        return OrderCommands.part(Command.CONFIRM_OPERATION, order, values);
    }

    private static void work(NewConfirmation entered, Findings findings) {
        if (entered.actualWork() == null && !Boolean.TRUE.equals(entered.finalConfirmation())) {
            findings.add("actualWork", "is required unless the confirmation is the final one");
        }
        findings.positive("actualWork", entered.actualWork(), 1);
        if (entered.remainingWork() != null && entered.remainingWork().signum() < 0) {
            findings.add("remainingWork", "is %s but must be 0 or more".formatted(entered.remainingWork()));
        }
        findings.unitOfTime("workUnit", entered.workUnit());
    }

    private static void dates(NewConfirmation entered, Findings findings) {
        findings.notInFuture("postingDate", entered.postingDate());
        findings.notInFuture("actualStart", entered.actualStart());
        findings.notInFuture("actualFinish", entered.actualFinish());
        findings.inOrder(
                new Moment("actualStart", entered.actualStart(), entered.actualStartTime()),
                new Moment("actualFinish", entered.actualFinish(), entered.actualFinishTime()));
    }

    private Commanded<OutboxLine> cancel(Cancel asked) {
        return context.commands().take(Command.CANCEL_CONFIRMATION, asked.headers(), asked, () -> {
            var key = ReferenceData.padded(asked.confirmation(), 10) + "/" + ReferenceData.padded(asked.counter(), 8);
            var confirmation = Optional.ofNullable(
                            context.reference(context.findings()).document(Replicas.CONFIRMATIONS, key))
                    .orElseThrow(() -> WorkOrderProblem.CONFIRMATION_NOT_FOUND.because(key));
            var order =
                    orders.order(new OrderKey(confirmation.text("orderNumber").orElseThrow()));
            var findings = context.findings();
            OrderStep.BOOK.check(Command.CANCEL_CONFIRMATION, order, findings);
            cancellable(key, confirmation, order, findings);
            findings.throwIfAny();
            return Prepared.about(
                    Command.CANCEL_CONFIRMATION,
                    order,
                    key,
                    new Document()
                            .put("confirmation", confirmation.get("confirmation"))
                            .put("counter", confirmation.get("counter")));
        });
    }

    private static void cancellable(String key, Document confirmation, Expected order, Findings findings) {
        if (confirmation.flag("cancelled")) {
            findings.add("", "has been cancelled already");
        } else if (confirmation
                .text("cancelledCounter")
                .filter(counter -> !counter.matches("0*"))
                .isPresent()) {
            findings.add("", "is itself a cancellation, which cannot be cancelled; confirm the work again");
        } else {
            findings.onlyOnce(order.items(), Command.CANCEL_CONFIRMATION, key);
        }
    }
}
