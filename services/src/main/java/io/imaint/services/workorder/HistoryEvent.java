package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaView;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Something that happened to an order or a notification. Days and times are those that SAP shows. */
record HistoryEvent(
        Kind kind,
        LocalDate day,
        @Nullable LocalTime time,
        @Description("The SAP user or the person") @Nullable String by,
        @Nullable String operation,

        @Description("The text of what was reported, or the name of a material or file") @Nullable
        String text,

        @Nullable BigDecimal quantity,
        @Nullable String unit,

        @Description("The number of the confirmation, material document, time sheet record or document") @Nullable
        String document) {

    /** What happened, in the order in which a notification and an order live. */
    enum Kind {
        MALFUNCTION_STARTED,
        CREATED,
        RELEASED,
        DOCUMENT_ATTACHED,
        WORK_CONFIRMED,
        WORK_FINISHED,
        CONFIRMATION_CANCELLED,
        MATERIAL_ISSUED,
        MATERIAL_RETURNED,
        HOURS_RECORDED,
        ACTIVITY_RECORDED,
        TASK_COMPLETED,
        MALFUNCTION_ENDED,
        CHANGED,
        COMPLETED,
        CLOSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Where an event stands in its day when SAP keeps no time of it. */
        private LocalTime assumed() {
            return switch (this) {
                case MALFUNCTION_STARTED, CREATED, RELEASED -> LocalTime.MIN;
                default -> LocalTime.MAX;
            };
        }
    }

    /** The newest first. */
    static final Comparator<HistoryEvent> NEWEST_FIRST = Comparator.comparing(HistoryEvent::day)
            .thenComparing(event -> event.time == null ? event.kind.assumed() : event.time)
            .thenComparing(HistoryEvent::kind)
            .reversed();

    /** A file was attached; empty when SAP has no day of it. */
    static Stream<HistoryEvent> attached(Document file) {
        return file.date("createdOn").stream()
                .map(day -> new HistoryEvent(
                        Kind.DOCUMENT_ATTACHED,
                        day,
                        null,
                        file.text("createdBy").orElse(null),
                        null,
                        file.text("fileName").or(() -> file.text("description")).orElse(null),
                        null,
                        null,
                        file.text("document").orElse(null)));
    }

    /**
     * Something of which SAP keeps a day, and perhaps a time and who did it; empty without the day.
     *
     * @param day the field with the day; {@code time} and {@code by} likewise, null for none
     */
    static Stream<HistoryEvent> at(Document from, Kind kind, String day, @Nullable String time, @Nullable String by) {
        return from.date(day).stream()
                .map(then -> new HistoryEvent(
                        kind,
                        then,
                        time == null ? null : from.time(time).orElse(null),
                        by == null ? null : from.text(by).orElse(null),
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    /** The parts of an order or a notification. */
    static Stream<Document> parts(ReplicaView seen, CollectionType<Document> type, Condition where) {
        return seen.documents(type).list(Query.where(where).limit(Query.LIMIT_MAX)).values().stream();
    }
}
