package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.services.command.CommandContext;
import io.imaint.services.command.ReferenceData;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Narrowing;
import io.imaint.store.Query;
import io.imaint.store.outbox.Command;
import io.imaint.store.replica.Replicas;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** The hours that people recorded, those on their way to SAP among them. */
final class TimeSheets implements Routed {
    /** Some hundred records a day in so long a time; a page shows a week. */
    private static final int RECORDS_MAX = 1_000;

    private static final CollectionType<Projected<RecordedHours>> SHOWN =
            Replicas.TIME_SHEETS.projected(RecordedHours.class);

    private final CommandContext context;

    TimeSheets(CommandContext context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/time-sheets", "Lists the hours of a person, those on their way to SAP last")
                .permits(TimeSheetCommands.RECORD)
                .answersProjections(RecordedHours.class)
                .handles(HoursOfPerson.class, this::list));
    }

    record HoursOfPerson(
            @Length(min = 1, max = 8) String personnelNumber,

            @Description("Worked on this day or later") LocalDate from,

            @Description("Worked on this day or earlier") LocalDate to) {
        Condition condition() {
            return new Narrowing()
                    .equal("personnelNumber", ReferenceData.padded(personnelNumber, 8))
                    .days("workDate", from, to)
                    .condition();
        }
    }

    private Listing<Projected<RecordedHours>> list(HoursOfPerson asked) {
        var replicated = context.seen()
                .documents(Replicas.TIME_SHEETS)
                .list(Query.where(asked.condition()).sorted("workDate", false).limit(RECORDS_MAX));
        var all = Stream.concat(
                        context.pending().shown(Replicas.TIME_SHEETS, replicated.values()).stream(),
                        context.pending().making(Command.CREATE_TIME_SHEET, asked.condition()).stream()
                                .map(document -> document.put("record", document.get(Replicas.ID))))
                .toList();
        var orders = context.seen()
                .documents(Replicas.WORK_ORDERS)
                .findAll(all.stream()
                        .flatMap(hours -> hours.text("orderNumber").stream())
                        .distinct()
                        .toList());
        return new Listing<>(
                all.stream()
                        .map(hours -> {
                            var order = orders.get(hours.text("orderNumber").orElse(""));
                            return SHOWN.read(order == null ? hours : described(hours, order.value()));
                        })
                        .toList(),
                null,
                null);
    }

    private static Document described(Document hours, Document order) {
        return hours.copy().put("orderDescription", order.get("description"));
    }
}
