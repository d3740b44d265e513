package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.MeasuringPointNumber;
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
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Readings of measuring points. Outside of a point's limits is allowed: that is what it is measured for. */
final class MeasurementCommands implements Routed {
    static final Permission RECORD = CommandPermissions.of(Command.CREATE_MEASUREMENT_DOCUMENT);
    static final Permission CANCEL = CommandPermissions.of(Command.CANCEL_MEASUREMENT_DOCUMENT);

    private static final List<Query.Sort> NEWEST =
            List.of(new Query.Sort("readingDate", true), new Query.Sort("readingTime", true));

    private final CommandContext context;

    MeasurementCommands(CommandContext context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/measurement-documents", "Creates a measurement document in SAP")
                        .permits(RECORD)
                        .commands(OutboxLine.class)
                        .handles(Create.class, this::create),
                Route.post(
                                "/api/measurement-documents/{measurementDocument}/cancel",
                                "Cancels a measurement document in SAP")
                        .permits(CANCEL)
                        .commands(OutboxLine.class)
                        .handles(Cancel.class, this::cancel));
    }

    record Create(@Body NewReading reading, @Parameters CommandHeaders headers) {}

    record Cancel(
            @Path @Length(max = 20) String measurementDocument,
            @Parameters CommandHeaders headers) {}

    /** A reading to record. */
    record NewReading(
            MeasuringPointNumber measuringPoint,

            @Description("Required unless a code values it") @Nullable
            BigDecimal reading,

            @Description("Today where none is entered") @Nullable
            LocalDate readingDate,

            @Nullable LocalTime readingTime,

            @Description("Whether the counter was reset or exchanged, and may begin anew") @Nullable
            Boolean counterExchanged,

            @Length(max = 8) @Nullable String codeGroup,
            @Length(max = 4) @Nullable String valuationCode,
            @Length(max = 40) @Nullable String text,
            @Length(max = 12) @Nullable String readBy,
            @Nullable OrderKey orderNumber) {}

    private Commanded<OutboxLine> create(Create asked) {
        return context.commands()
                .take(Command.CREATE_MEASUREMENT_DOCUMENT, asked.headers(), asked, () -> recorded(asked.reading()));
    }

    private Prepared recorded(NewReading entered) {
        var findings = context.findings();
        var reference = context.reference(findings);
        var number = entered.measuringPoint().value();
        var point = reference.document(Replicas.MEASURING_POINTS, number);
        if (point == null) {
            findings.add(
                    "measuringPoint",
                    "is %s, which is no measuring point in your plants; search for it".formatted(number));
        } else {
            if (point.flag("inactive") || point.flag("deletionFlag")) {
                findings.add("measuringPoint", "is inactive in SAP; choose another");
            }
            read(entered, point, findings);
        }
        moment(entered, findings);
        var order = entered.orderNumber() == null
                ? null
                : order(entered.orderNumber().value(), findings);
        findings.throwIfAny();
        var values = new Document();
        Entered.values(entered).forEach((field, value) -> {
            if (!field.equals("orderNumber")) {
                values.put(field, value);
            }
        });
        if (order != null && order.numbered()) {
            values.put("orderNumber", order.anchor());
        }
        var prepared = ofPoint(Command.CREATE_MEASUREMENT_DOCUMENT, number, plant(point), null, values);
        return order == null ? prepared : prepared.referring("orderNumber", order);
    }

    private static @Nullable String plant(@Nullable Document document) {
        return document == null ? null : document.text(Replicas.PLANT).orElse(null);
    }

    private static Prepared ofPoint(
            Command command, String point, @Nullable String plant, @Nullable String key, Document values) {
        return new Prepared(command, Replicas.MEASURING_POINTS, point, plant, key, values, new Document(), Map.of());
    }

    private @Nullable Expected order(String number, Findings findings) {
        var order = context.pending().find(Replicas.WORK_ORDERS, number);
        if (order.isEmpty()) {
            findings.add("orderNumber", "is %s, which is no order in your plants".formatted(number));
        }
        return order.orElse(null);
    }

    private void read(NewReading entered, Document point, Findings findings) {
        boolean counter = point.flag("counter");
        var reading = entered.reading();
        if (reading == null) {
            if (counter || entered.valuationCode() == null) {
                findings.add("reading", counter ? "is required of a counter" : "is required, or a valuationCode");
            }
        } else if (counter) {
            counted(entered, reading, point, findings);
        }
        var group = point.text("codeGroup");
        if (entered.valuationCode() != null && group.isEmpty()) {
            findings.add(
                    "valuationCode", "does not go with this measuring point, which has no code group; leave it empty");
        } else if (entered.codeGroup() != null
                && group.filter(entered.codeGroup()::equals).isEmpty()) {
            findings.add(
                    "codeGroup",
                    "is '%s' but the measuring point has %s; leave it empty"
                            .formatted(entered.codeGroup(), group.orElse("none")));
        }
    }

    /** A counter only goes up, unless it was exchanged or has run over: then the way over its end is the shorter one. */
    private void counted(NewReading entered, BigDecimal reading, Document point, Findings findings) {
        if (reading.signum() < 0) {
            findings.add("reading", "is %s but a counter is never below 0".formatted(reading.toPlainString()));
            return;
        }
        var last = lastBefore(entered, findings);
        if (last.isEmpty() || Boolean.TRUE.equals(entered.counterExchanged()) || reading.compareTo(last.get()) >= 0) {
            return;
        }
        var back = last.get().subtract(reading);
        var over = point.decimal("counterOverflow").map(end -> end.subtract(back));
        if (over.isEmpty() || over.get().signum() < 0 || over.get().compareTo(back) >= 0) {
            findings.add(
                    "reading",
                    "is %s but the counter had %s before; read it again, or send counterExchanged"
                            .formatted(reading.toPlainString(), last.get().toPlainString()));
        }
    }

    private Optional<BigDecimal> lastBefore(NewReading entered, Findings findings) {
        var number = entered.measuringPoint().value();
        var latest = findings.latest();
        var day = Optional.ofNullable(entered.readingDate()).orElse(latest.toLocalDate());
        var at =
                LocalDateTime.of(day, Optional.ofNullable(entered.readingTime()).orElse(LocalTime.MAX));
        var replicated = context
                .seen()
                .documents(Replicas.MEASUREMENT_DOCUMENTS)
                .list(new Query(
                        Condition.and(
                                Condition.equal("measuringPoint", number),
                                new Condition.Range("readingDate", null, day.plusDays(1)),
                                new Condition.Not(Condition.equal("cancelled", true))),
                        NEWEST,
                        READINGS_OF_A_DAY_MAX,
                        null))
                .values()
                .stream()
                .filter(document -> !moment(document).isAfter(at))
                .findFirst()
                .flatMap(document -> document.decimal("reading"));
        var pending = context.pending().items(Replicas.MEASURING_POINTS, number).stream()
                .filter(item -> item.command() == Command.CREATE_MEASUREMENT_DOCUMENT && item.state() != State.FAILED)
                .map(item -> item.request().values())
                .filter(values -> !moment(values).isAfter(at))
                .flatMap(values -> values.decimal("reading").stream())
                .reduce((first, second) -> second);
        return pending.isPresent() ? pending : replicated;
    }

    /** Of those of one day, some may be later than the one that is entered. */
    private static final int READINGS_OF_A_DAY_MAX = 1_000;

    private static LocalDateTime moment(Document document) {
        return LocalDateTime.of(
                document.date("readingDate").orElse(LocalDate.EPOCH),
                document.time("readingTime").orElse(LocalTime.MIDNIGHT));
    }

    private static void moment(NewReading entered, Findings findings) {
        findings.notInFuture("readingDate", entered.readingDate());
        var latest = findings.latest().withNano(0);
        if (entered.readingDate() != null
                && entered.readingTime() != null
                && LocalDateTime.of(entered.readingDate(), entered.readingTime())
                        .isAfter(latest)
                && entered.readingDate().equals(latest.toLocalDate())) {
            findings.add("readingTime", "is in the future; enter %s or earlier".formatted(latest.toLocalTime()));
        }
    }

    private Commanded<OutboxLine> cancel(Cancel asked) {
        return context.commands().take(Command.CANCEL_MEASUREMENT_DOCUMENT, asked.headers(), asked, () -> {
            var findings = context.findings();
            var key = ReferenceData.padded(asked.measurementDocument(), 20);
            var reference = context.reference(findings);
            var document = Optional.ofNullable(reference.document(Replicas.MEASUREMENT_DOCUMENTS, key))
                    .or(() -> Optional.ofNullable(
                            reference.document(Replicas.MEASUREMENT_DOCUMENTS, asked.measurementDocument())))
                    .orElseThrow(() -> MasterConfigurationProblem.MEASUREMENT_DOCUMENT_NOT_FOUND.because(key));
            if (document.flag("cancelled")) {
                findings.add("", "has been cancelled already");
            }
            var point = document.text("measuringPoint").orElseThrow();
            var id = document.text(Replicas.ID).orElseThrow();
            findings.onlyOnce(
                    context.pending().items(Replicas.MEASURING_POINTS, point), Command.CANCEL_MEASUREMENT_DOCUMENT, id);
            findings.throwIfAny();
            return ofPoint(
                            Command.CANCEL_MEASUREMENT_DOCUMENT,
                            point,
                            plant(document),
                            id,
                            new Document().put("cancelled", true))
                    .base(new Document().put("cancelled", document.get("cancelled")));
        });
    }
}
