package io.imaint.services.workorder;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
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
import io.imaint.services.command.Prepared;
import io.imaint.services.command.ReferenceData;
import io.imaint.services.command.ReferenceData.Code;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandPermissions;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What inspections find, and what is decided about their lots. */
final class InspectionCommands implements Routed {
    static final Permission RECORD = CommandPermissions.of(Command.RECORD_INSPECTION_RESULT);

    /** SAP's catalogs of what inspections find and decide. */
    static final String ATTRIBUTES = "1";

    private static final String DECISIONS = "3";

    /** A lot that is decided, not yet released, or flagged for deletion takes no results. */
    private static final List<String> CLOSED = List.of("UD", "CRTD", "DLFL");

    private final CommandContext context;

    InspectionCommands(CommandContext context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/inspection-lots/{inspectionLot}/results",
                                "Records the result of a characteristic in SAP")
                        .permits(RECORD)
                        .commands(OutboxLine.class)
                        .handles(Results.class, this::results),
                Route.post(
                                "/api/inspection-lots/{inspectionLot}/usage-decision",
                                "Decides about an inspection lot in SAP")
                        .permits(RECORD)
                        .commands(OutboxLine.class)
                        .handles(Decide.class, this::decide));
    }

    record Results(
            @Path @Length(max = 12) String inspectionLot,
            @Body Result result,
            @Parameters CommandHeaders headers) {}

    record Decide(
            @Path @Length(max = 12) String inspectionLot,
            @Body Decision decision,
            @Parameters CommandHeaders headers) {}

    /** The result of a characteristic: a measured value, or a code. */
    record Result(
            @Length(max = 8) String operation,
            @Length(max = 4) String characteristic,
            @Nullable BigDecimal result,

            @Description("That of the characteristic where none is entered") @Length(max = 8) @Nullable
            String resultCodeGroup,

            @Length(max = 4) @Nullable String resultCode,
            @Length(max = 40) @Nullable String remark) {}

    /** What becomes of what was inspected. */
    record Decision(
            @Length(max = 8) String codeGroup,
            @Length(max = 4) String code,
            @Length(max = 40) @Nullable String text) {}

    private Commanded<OutboxLine> results(Results asked) {
        return context.commands().take(Command.RECORD_INSPECTION_RESULT, asked.headers(), asked, () -> {
            var lot = lot(asked.inspectionLot());
            var entered = asked.result();
            var findings = context.findings();
            open(lot.document(), findings);
            var key = String.join(
                    "/",
                    lot.anchor(),
                    ReferenceData.padded(entered.operation(), 8),
                    ReferenceData.padded(entered.characteristic(), 4));
            var reference = context.reference(findings);
            var characteristic = reference.document(Replicas.INSPECTION_CHARACTERISTICS, key);
            if (characteristic == null) {
                findings.add("characteristic", "is not a characteristic of the lot; check it and the operation");
                characteristic = new Document();
            }
            var present = lot.part(Command.RECORD_INSPECTION_RESULT, key, characteristic);
            var values = OrderCreation.without(
                    OrderCreation.without(Entered.values(entered), "operation"), "characteristic");
            fitting(entered, present, values, reference);
            findings.throwIfAny();
            var base = new Document();
            values.forEach((field, value) -> base.put(field, present.get(field)));
            return Prepared.about(Command.RECORD_INSPECTION_RESULT, lot, key, values)
                    .base(base);
        });
    }

    private static void fitting(Result entered, Document characteristic, Document values, ReferenceData reference) {
        var findings = reference.findings();
        if (characteristic.flag("quantitative")) {
            if (entered.result() == null) {
                findings.add("result", "is required: the characteristic is measured");
            }
            if (entered.resultCode() != null) {
                findings.add("resultCode", "does not go with a measured characteristic; leave it empty");
            }
            return;
        }
        if (entered.result() != null) {
            findings.add("result", "does not go with a characteristic that is valued by a code; leave it empty");
        }
        NotificationCommands.propose(values, "resultCodeGroup", characteristic.text("codeGroup"));
        if (entered.resultCode() == null) {
            findings.add("resultCode", "is required");
        } else {
            reference.code(
                    new Code(
                            ATTRIBUTES,
                            values.text("resultCodeGroup").orElse(null),
                            entered.resultCode(),
                            "resultCodeGroup",
                            "resultCode"),
                    null);
        }
    }

    private Commanded<OutboxLine> decide(Decide asked) {
        return context.commands().take(Command.MAKE_USAGE_DECISION, asked.headers(), asked, () -> {
            var lot = lot(asked.inspectionLot());
            var findings = context.findings();
            open(lot.document(), findings);
            var reference = context.reference(findings);
            if (reference.document(Replicas.USAGE_DECISIONS, lot.anchor()) != null) {
                findings.add("", "has been decided already");
            } else {
                findings.onlyOnce(lot.items(), Command.MAKE_USAGE_DECISION, null);
            }
            reference.code(
                    new Code(
                            DECISIONS,
                            asked.decision().codeGroup(),
                            asked.decision().code(),
                            "codeGroup",
                            "code"),
                    null);
            findings.throwIfAny();
            var values = Entered.values(asked.decision()).put("inspectionLot", lot.anchor());
            return Prepared.about(Command.MAKE_USAGE_DECISION, lot, null, values);
        });
    }

    private static void open(Document lot, Findings findings) {
        var statuses = lot.texts("systemStatuses");
        CLOSED.stream()
                .filter(statuses::contains)
                .findFirst()
                .ifPresent(status -> findings.add(
                        "",
                        "has the status %s; only a released lot without a decision is inspected".formatted(status)));
    }

    private Expected lot(String number) {
        var key = ReferenceData.padded(number, 12);
        return context.pending()
                .find(Replicas.INSPECTION_LOTS, key)
                .orElseThrow(() -> WorkOrderProblem.INSPECTION_LOT_NOT_FOUND.because(key));
    }
}
