package io.imaint.services.workorder;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.Description;
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
import io.imaint.services.command.OrderKey;
import io.imaint.services.command.Prepared;
import io.imaint.services.command.ReferenceData;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandPermissions;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Material that is taken from the stores for orders, comes back, or is moved. */
final class GoodsMovementCommands implements Routed {
    static final Permission POST = CommandPermissions.of(Command.POST_GOODS_MOVEMENT);
    static final Permission CANCEL = CommandPermissions.of(Command.CANCEL_GOODS_MOVEMENT);

    /** SAP's movement types. */
    private static final String ISSUE = "261";

    private static final String TRANSFER = "311";

    private static final String ORDER = "orderNumber";

    private final CommandContext context;

    GoodsMovementCommands(CommandContext context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/goods-movements", "Posts a goods movement in SAP")
                        .permits(POST)
                        .commands(OutboxLine.class)
                        .handles(Move.class, this::move),
                Route.post(
                                "/api/goods-movements/{materialDocument}/{materialDocumentYear}/cancel",
                                "Cancels a material document in SAP")
                        .permits(CANCEL)
                        .commands(OutboxLine.class)
                        .handles(Cancel.class, this::cancel));
    }

    record Move(@Body NewMovement movement, @Parameters CommandHeaders headers) {}

    record Cancel(
            @Path @Length(max = 10) String materialDocument,

            @Path @Pattern(regexp = "[0-9]{4}", description = "a year of 4 digits")
            String materialDocumentYear,

            @Parameters CommandHeaders headers) {}

    /** A goods movement to post; a reservation says what its component is. */
    record NewMovement(
            @Description("261 issues for an order, 262 returns from it, 311 transfers to another storage location")
            @Pattern(regexp = "261|262|311", description = "261, 262 or 311")
            String movementType,

            @Length(max = 40) @Nullable String material,
            @Length(max = 4) @Nullable String stockPlant,
            @Length(max = 4) @Nullable String storageLocation,

            @Description("Of a transfer") @Length(max = 4) @Nullable
            String receivingStorageLocation,

            @Length(max = 10) @Nullable String batch,
            BigDecimal quantity,

            @Description("The material's base unit") @Length(max = 3) @Nullable
            String unit,

            @Nullable OrderKey orderNumber,
            @Length(max = 10) @Nullable String reservation,
            @Length(max = 4) @Nullable String reservationItem,
            @Length(max = 50) @Nullable String text,
            @Length(max = 12) @Nullable String recipient,
            @Length(max = 16) @Nullable String reference,
            @Nullable LocalDate postingDate,
            @Nullable LocalDate documentDate) {}

    private Commanded<OutboxLine> move(Move asked) {
        return context.commands()
                .take(Command.POST_GOODS_MOVEMENT, asked.headers(), asked, () -> moved(asked.movement()));
    }

    private Prepared moved(NewMovement entered) {
        var findings = context.findings();
        var reference = context.reference(findings);
        var values = Entered.values(entered);
        var component = component(entered, reference);
        if (component != null) {
            values.put("reservation", component.get("reservation")).put("reservationItem", component.get("item"));
            for (var field : List.of(ORDER, "material", "stockPlant", "storageLocation", "batch", "unit")) {
                NotificationCommands.propose(values, field, component.text(field));
            }
        }
        for (var field : List.of("material", "stockPlant", "storageLocation")) {
            if (!values.has(field)) {
                findings.add(field, "is required, or a reservation that says it");
            }
        }
        findings.positive("quantity", entered.quantity(), 3);
        findings.notInFuture("postingDate", entered.postingDate());
        reference.known("stockPlant", Replicas.PLANTS, values.text("stockPlant").orElse(null));
        StockRules.material("", values.text("material").orElse(null), entered.unit(), reference);
        boolean transfer = entered.movementType().equals(TRANSFER);
        if (transfer || entered.movementType().equals(ISSUE)) {
            StockRules.enough(values, reference);
        }
        if (transfer) {
            transferred(entered, values, findings);
        } else if (entered.receivingStorageLocation() != null) {
            findings.add("receivingStorageLocation", "is only for a transfer, movement type 311");
        }
        var order = transfer ? null : order(values, entered.movementType(), findings);
        findings.throwIfAny();
        if (order == null) {
            return Prepared.creation(
                    Command.POST_GOODS_MOVEMENT, values.text("stockPlant").orElse(null), values);
        }
        return OrderCommands.part(Command.POST_GOODS_MOVEMENT, order, OrderCreation.without(values, ORDER));
    }

    private static void transferred(NewMovement entered, Document values, Findings findings) {
        if (entered.receivingStorageLocation() == null) {
            findings.add("receivingStorageLocation", "is required for a transfer");
        } else if (values.text("storageLocation")
                .filter(entered.receivingStorageLocation()::equals)
                .isPresent()) {
            findings.add("receivingStorageLocation", "is the issuing storage location; enter another");
        }
        if (entered.orderNumber() != null || entered.reservation() != null) {
            findings.add(ORDER, "does not go with a transfer, which has no order and no reservation");
        }
    }

    private @Nullable Document component(NewMovement entered, ReferenceData reference) {
        if (entered.reservation() == null || entered.reservationItem() == null) {
            if (entered.reservation() != null || entered.reservationItem() != null) {
                reference
                        .findings()
                        .add(
                                entered.reservation() == null ? "reservation" : "reservationItem",
                                "is required with the other one");
            }
            return null;
        }
        var key = ReferenceData.padded(entered.reservation(), 10) + "/"
                + ReferenceData.padded(entered.reservationItem(), 4);
        var component = reference.document(Replicas.COMPONENTS, key);
        if (component == null) {
            reference.findings().add("reservationItem", "is no component of an order in your plants");
        } else if (component.flag("deletionFlag")) {
            reference.findings().add("reservationItem", "is deleted in SAP; choose another");
        }
        return component;
    }

    private @Nullable Expected order(Document values, String type, Findings findings) {
        var number = values.text(ORDER);
        if (number.isEmpty()) {
            findings.add(ORDER, "is required for an issue and a return");
            return null;
        }
        var order = context.pending().find(Replicas.WORK_ORDERS, number.get());
        if (order.isEmpty()) {
            findings.add(ORDER, "is %s, which is no order in your plants".formatted(number.get()));
            return null;
        }
        (type.equals(ISSUE) ? OrderStep.BOOK : OrderStep.RETURN)
                .check(ORDER, Command.POST_GOODS_MOVEMENT, order.get(), findings);
        return order.get();
    }

    private Commanded<OutboxLine> cancel(Cancel asked) {
        return context.commands().take(Command.CANCEL_GOODS_MOVEMENT, asked.headers(), asked, () -> cancelled(asked));
    }

    private Prepared cancelled(Cancel asked) {
        var number = ReferenceData.padded(asked.materialDocument(), 10);
        var key = number + "/" + asked.materialDocumentYear();
        var first = key + "/0001"; // SAP cancels a whole document; its first item stands for it.
        var reference = context.reference(context.findings());
        var movement = Optional.ofNullable(reference.document(Replicas.GOODS_MOVEMENTS, first))
                .orElseThrow(() -> WorkOrderProblem.GOODS_MOVEMENT_NOT_FOUND.because(key));
        var findings = reference.findings();
        if (movement.text("cancelledDocument").filter(other -> !other.isBlank()).isPresent()) {
            findings.add("", "is itself a cancellation, which cannot be cancelled");
        }
        var order = movement.text(ORDER).flatMap(of -> context.pending().find(Replicas.WORK_ORDERS, of));
        findings.onlyOnce(
                order.map(Expected::items).orElseGet(() -> context.pending().items(Replicas.GOODS_MOVEMENTS, key)),
                Command.CANCEL_GOODS_MOVEMENT,
                first);
        findings.throwIfAny();
        var values = new Document()
                .put("materialDocument", number)
                .put("materialDocumentYear", asked.materialDocumentYear());
        return order.map(of -> Prepared.about(Command.CANCEL_GOODS_MOVEMENT, of, first, values))
                .orElseGet(() -> new Prepared(
                        Command.CANCEL_GOODS_MOVEMENT,
                        Replicas.GOODS_MOVEMENTS,
                        key,
                        movement.text(Replicas.PLANT).orElse(null),
                        first,
                        values,
                        new Document(),
                        Map.of()));
    }
}
