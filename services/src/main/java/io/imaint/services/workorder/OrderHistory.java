package io.imaint.services.workorder;

import io.imaint.services.workorder.HistoryEvent.Kind;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** What happened to an order, from its dates and from what was reported on it. */
final class OrderHistory {
    private static final String OPERATION = "operation";
    private static final String CREATED_BY = "createdBy";
    private static final String CREATED_ON = "createdOn";

    private final ReplicaView seen;

    OrderHistory(ReplicaView seen) {
        this.seen = seen;
    }

    List<HistoryEvent> of(Document order, Condition reported, Condition attached) {
        return Stream.of(
                        life(order),
                        HistoryEvent.parts(seen, Replicas.CONFIRMATIONS, reported)
                                .flatMap(OrderHistory::confirmation),
                        HistoryEvent.parts(seen, Replicas.GOODS_MOVEMENTS, reported)
                                .flatMap(OrderHistory::movement),
                        HistoryEvent.parts(seen, Replicas.TIME_SHEETS, reported).flatMap(OrderHistory::hours),
                        HistoryEvent.parts(seen, Replicas.ATTACHMENTS, attached).flatMap(HistoryEvent::attached))
                .flatMap(events -> events)
                .sorted(HistoryEvent.NEWEST_FIRST)
                .toList();
    }

    private static Stream<HistoryEvent> life(Document order) {
        return Stream.of(
                        HistoryEvent.at(order, Kind.CREATED, CREATED_ON, null, CREATED_BY),
                        HistoryEvent.at(order, Kind.RELEASED, "releasedOn", null, null),
                        HistoryEvent.at(order, Kind.CHANGED, "changedOn", null, "changedBy"),
                        HistoryEvent.at(order, Kind.COMPLETED, "technicallyCompletedOn", null, null),
                        HistoryEvent.at(order, Kind.CLOSED, "closedOn", null, null))
                .flatMap(events -> events);
    }

    private static Stream<HistoryEvent> confirmation(Document from) {
        var kind = from.flag("cancelled") || from.text("cancelledCounter").isPresent()
                ? Kind.CONFIRMATION_CANCELLED
                : from.flag("finalConfirmation") ? Kind.WORK_FINISHED : Kind.WORK_CONFIRMED;
        return day(from, CREATED_ON, "postingDate")
                .map(day -> new HistoryEvent(
                        kind,
                        day,
                        from.time("createdTime").orElse(null),
                        from.text("personName")
                                .or(() -> from.text("personnelNumber"))
                                .or(() -> from.text(CREATED_BY))
                                .orElse(null),
                        from.text(OPERATION).orElse(null),
                        from.text("text")
                                .or(() -> from.text("operationDescription"))
                                .orElse(null),
                        from.decimal("actualWork").orElse(null),
                        from.text("workUnit").orElse(null),
                        from.text("confirmation").orElse(null)));
    }

    private static Stream<HistoryEvent> movement(Document from) {
        boolean back = from.text("debitOrCredit").filter("S"::equals).isPresent();
        return day(from, CREATED_ON, "postingDate")
                .map(day -> new HistoryEvent(
                        back ? Kind.MATERIAL_RETURNED : Kind.MATERIAL_ISSUED,
                        day,
                        from.time("createdTime").orElse(null),
                        from.text(CREATED_BY).orElse(null),
                        null,
                        from.text("materialDescription")
                                .or(() -> from.text("material"))
                                .orElse(null),
                        from.decimal("quantity").orElse(null),
                        from.text("unit").orElse(null),
                        from.text("materialDocument").orElse(null)));
    }

    private static Stream<HistoryEvent> hours(Document from) {
        return day(from, "workDate", CREATED_ON)
                .map(day -> new HistoryEvent(
                        Kind.HOURS_RECORDED,
                        day,
                        from.time("endTime").orElse(null),
                        from.text("personName")
                                .or(() -> from.text("personnelNumber"))
                                .orElse(null),
                        from.text(OPERATION).orElse(null),
                        from.text("text").orElse(null),
                        from.decimal("hours").orElse(null),
                        from.text("unit").orElse(null),
                        from.text("record").orElse(null)));
    }

    /** The day when it was recorded, or else the other one; what has neither has no place in a history. */
    private static Stream<LocalDate> day(Document from, String field, String other) {
        return from.date(field).or(() -> from.date(other)).stream();
    }
}
