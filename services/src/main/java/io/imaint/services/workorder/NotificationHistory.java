package io.imaint.services.workorder;

import io.imaint.services.workorder.HistoryEvent.Kind;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened to a notification, from its dates and from what was done about it. */
final class NotificationHistory {
    private final ReplicaView seen;

    NotificationHistory(ReplicaView seen) {
        this.seen = seen;
    }

    List<HistoryEvent> of(Document notification, Condition parts, Condition attached) {
        return Stream.of(
                        life(notification),
                        all(Replicas.NOTIFICATION_ACTIVITIES, parts).flatMap(NotificationHistory::activity),
                        all(Replicas.NOTIFICATION_TASKS, parts).flatMap(NotificationHistory::task),
                        all(Replicas.ATTACHMENTS, attached).flatMap(HistoryEvent::attached))
                .flatMap(events -> events)
                .sorted(HistoryEvent.NEWEST_FIRST)
                .toList();
    }

    /** The parts that nobody has deleted. */
    private Stream<Document> all(CollectionType<Document> type, Condition where) {
        return HistoryEvent.parts(seen, type, where).filter(part -> !part.flag("deletionFlag"));
    }

    private static Stream<HistoryEvent> life(Document from) {
        return Stream.of(
                        HistoryEvent.at(
                                from, Kind.MALFUNCTION_STARTED, "malfunctionStart", "malfunctionStartTime", null),
                        HistoryEvent.at(from, Kind.MALFUNCTION_ENDED, "malfunctionEnd", "malfunctionEndTime", null),
                        HistoryEvent.at(from, Kind.CREATED, "createdOn", null, "createdBy"),
                        HistoryEvent.at(from, Kind.CHANGED, "changedOn", null, "changedBy"))
                .flatMap(events -> events);
    }

    private static Stream<HistoryEvent> activity(Document from) {
        return from.date("start").or(() -> from.date("createdOn")).stream()
                .map(day -> part(Kind.ACTIVITY_RECORDED, from, day, null, "activityCodeDescription"));
    }

    private static Stream<HistoryEvent> task(Document from) {
        return from.date("completedOn").stream()
                .map(day -> part(
                        Kind.TASK_COMPLETED, from, day, from.text("completedBy").orElse(null), "taskCodeDescription"));
    }

    private static HistoryEvent part(Kind kind, Document from, LocalDate day, @Nullable String by, String code) {
        var text = from.text("text").or(() -> from.text(code)).orElse(null);
        return new HistoryEvent(kind, day, null, by, null, text, null, null, null);
    }
}
