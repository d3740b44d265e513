package io.imaint.services.workorder;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.MergePatch;
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
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandPermissions;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Hours that people record. */
final class TimeSheetCommands implements Routed {
    static final Permission RECORD = CommandPermissions.of(Command.CREATE_TIME_SHEET);

    private static final String ORDER = "orderNumber";
    private static final String CANCELLED = "60";

    /** Statuses of records that count no more: replaced after approval, cancelled. */
    private static final Set<String> OVER = Set.of("50", CANCELLED);

    private static final BigDecimal DAY = BigDecimal.valueOf(24);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private final CommandContext context;
    private final OrderLookup orders;

    TimeSheetCommands(CommandContext context) {
        this.context = context;
        this.orders = new OrderLookup(context);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/time-sheets", "Records hours in SAP")
                        .permits(RECORD)
                        .commands(OutboxLine.class)
                        .handles(Create.class, this::create),
                Route.patch("/api/time-sheets/{record}", "Changes recorded hours in SAP")
                        .permits(RECORD)
                        .commands(OutboxLine.class)
                        .handles(Change.class, this::change),
                Route.post("/api/time-sheets/{record}/cancel", "Cancels recorded hours in SAP")
                        .permits(RECORD)
                        .commands(OutboxLine.class)
                        .handles(Cancel.class, this::cancel));
    }

    record Create(@Body NewTimeSheet timeSheet, @Parameters CommandHeaders headers) {}

    record Change(
            @Path @Length(max = 12) String record,
            @Body MergePatch<TimeSheetFields> changes,
            @Parameters CommandHeaders headers) {}

    record Cancel(
            @Path @Length(max = 12) String record,
            @Parameters CommandHeaders headers) {}

    /** Hours to record for an order, or for an absence. */
    record NewTimeSheet(
            @Length(max = 8) String personnelNumber,
            LocalDate workDate,

            @Description("Required unless both times are there") @Nullable
            BigDecimal hours,

            @Nullable LocalTime startTime,
            @Nullable LocalTime endTime,
            @Nullable OrderKey orderNumber,
            @Length(max = 4) @Nullable String operation,
            @Length(max = 6) @Nullable String activityType,

            @Description("Required unless there is an order") @Length(max = 4) @Nullable
            String attendanceType,

            @Length(max = 40) @Nullable String text,

            @Description("10 in process, 20 released for approval")
            @Pattern(regexp = "10|20", description = "10 or 20")
            @Nullable
            String processingStatus) {}

    /** What can be changed of recorded hours. */
    record TimeSheetFields(
            @Nullable LocalDate workDate,
            @Nullable BigDecimal hours,
            @Nullable LocalTime startTime,
            @Nullable LocalTime endTime,
            @Length(max = 4) @Nullable String operation,
            @Length(max = 6) @Nullable String activityType,
            @Length(max = 4) @Nullable String attendanceType,
            @Length(max = 40) @Nullable String text,

            @Pattern(regexp = "10|20", description = "10 or 20") @Nullable
            String processingStatus,

            @Description("The values that the person saw, by field; a change of what meanwhile has others is refused")
            @Nullable
            JsonNode base) {}

    private Commanded<OutboxLine> create(Create asked) {
        return context.commands()
                .take(Command.CREATE_TIME_SHEET, asked.headers(), asked, () -> recorded(asked.timeSheet()));
    }

    private Prepared recorded(NewTimeSheet entered) {
        var findings = context.findings();
        var reference = context.reference(findings);
        var values = Entered.values(entered);
        var person = String.valueOf(reference.person("personnelNumber", entered.personnelNumber()));
        values.put("personnelNumber", person);
        OwnWork.check("personnelNumber", person, findings);
        hours(values, person, "", findings);
        Expected order = null;
        if (entered.orderNumber() != null) {
            order = order(entered.orderNumber().value(), findings);
        } else if (entered.attendanceType() == null || entered.operation() != null) {
            findings.add(ORDER, "is required, or an attendance type");
        }
        if (order != null && entered.operation() != null) {
            orders.checkOperation("operation", order, ReferenceData.padded(entered.operation(), 4), findings);
        }
        findings.throwIfAny();
        return order == null
                ? Prepared.creation(Command.CREATE_TIME_SHEET, plantOf(person, reference), values)
                : OrderCommands.part(Command.CREATE_TIME_SHEET, order, OrderCreation.without(values, ORDER));
    }

    private static @Nullable String plantOf(String person, ReferenceData reference) {
        var found = reference.document(Replicas.PERSONS, person);
        return found == null ? null : found.text(Replicas.PLANT).orElse(null);
    }

    private @Nullable Expected order(String number, Findings findings) {
        var order = context.pending().find(Replicas.WORK_ORDERS, number);
        if (order.isEmpty()) {
            findings.add(ORDER, "is %s, which is no order in your plants".formatted(number));
            return null;
        }
        OrderStep.BOOK.check(ORDER, Command.CREATE_TIME_SHEET, order.get(), findings);
        return order.get();
    }

    /** Checks the hours, which follow from both times where none were entered, also with the others of the day. */
    private void hours(Document values, String person, String record, Findings findings) {
        var day = values.date("workDate").orElse(null);
        findings.notInFuture("workDate", day);
        var start = values.time("startTime");
        var end = values.time("endTime");
        if (start.isPresent() && end.isPresent()) {
            if (!end.get().isAfter(start.get())) {
                findings.add("endTime", "is not after the start time; enter either again");
                return;
            }
            if (values.get("hours") == null) {
                var seconds = BigDecimal.valueOf(
                        Duration.between(start.get(), end.get()).toSeconds());
                values.put("hours", seconds.divide(SECONDS_PER_HOUR, 2, RoundingMode.HALF_UP));
            }
        }
        var hours = values.decimal("hours");
        if (hours.isEmpty()) {
            findings.add("hours", "is required, or a start time and an end time");
            return;
        }
        findings.positive("hours", hours.get(), 2);
        if (day == null) {
            return;
        }
        var sum = others(person, day, record).add(hours.get());
        if (sum.compareTo(DAY) > 0) {
            findings.add("hours", "makes %s hours on %s; a day has 24".formatted(sum.toPlainString(), day));
        }
    }

    private BigDecimal others(String person, LocalDate day, String record) {
        return context
                .seen()
                .documents(Replicas.TIME_SHEETS)
                .list(Query.where(Condition.and(
                                Condition.equal("personnelNumber", person), Condition.equal("workDate", day)))
                        .limit(Query.LIMIT_MAX))
                .values()
                .stream()
                .filter(other -> !other.text("record").orElse("").equals(record)
                        && !OVER.contains(other.text("processingStatus").orElse("")))
                .map(other -> other.decimal("hours").orElse(BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Commanded<OutboxLine> change(Change asked) {
        return context.commands().take(Command.CHANGE_TIME_SHEET, asked.headers(), asked, () -> changed(asked));
    }

    private Prepared changed(Change asked) {
        var record = existing(asked.record());
        var present = record.document();
        var change = Entered.changed(asked.changes(), asked.changes().changes().base(), present);
        var findings = context.findings();
        changeable(record, findings);
        if (change.has("workDate") && change.values().get("workDate") == null) {
            findings.add("workDate", "must not be removed");
        }
        var next = present.copy();
        change.values().forEach(next::put);
        if (!change.has("hours")
                && (change.has("startTime") || change.has("endTime"))
                && next.get("startTime") != null
                && next.get("endTime") != null) {
            next.put("hours", null); // They follow from the times.
        }
        hours(next, next.text("personnelNumber").orElse(""), record.anchor(), findings);
        var hours = next.decimal("hours");
        var before = present.decimal("hours");
        if (hours.isPresent() && (before.isEmpty() || hours.get().compareTo(before.get()) != 0)) {
            change.values().put("hours", hours.get());
            change.base().put("hours", present.get("hours"));
        }
        if (change.values().fields().isEmpty()) {
            findings.add("", "changes nothing; the record has these values already");
        }
        findings.throwIfAny();
        return Prepared.about(Command.CHANGE_TIME_SHEET, record, record.anchor(), change.values())
                .base(change.base());
    }

    private Commanded<OutboxLine> cancel(Cancel asked) {
        return context.commands().take(Command.CANCEL_TIME_SHEET, asked.headers(), asked, () -> {
            var record = existing(asked.record());
            var findings = context.findings();
            changeable(record, findings);
            findings.throwIfAny();
            var status =
                    new Document().put("processingStatus", record.document().get("processingStatus"));
            return Prepared.about(
                            Command.CANCEL_TIME_SHEET,
                            record,
                            record.anchor(),
                            new Document().put("processingStatus", CANCELLED))
                    .base(status);
        });
    }

    private static void changeable(Expected record, Findings findings) {
        var document = record.document();
        OwnWork.check("", document.text("personnelNumber").orElse(null), findings);
        if (record.items().stream().anyMatch(item -> item.command() == Command.CANCEL_TIME_SHEET)) {
            findings.onlyOnce(record.items(), Command.CANCEL_TIME_SHEET, record.anchor());
        } else if (OVER.contains(document.text("processingStatus").orElse(""))) {
            findings.add("", "has been cancelled or replaced; record the hours again");
        }
    }

    private Expected existing(String number) {
        var key = ReferenceData.padded(number, 12);
        return context.pending()
                .find(Replicas.TIME_SHEETS, key)
                .orElseThrow(() -> WorkOrderProblem.TIME_SHEET_NOT_FOUND.because(key));
    }
}
