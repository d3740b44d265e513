package io.imaint.services.workorder;

import io.imaint.store.Document;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notification from which an order came. Source: SAP tables QMEL, QMIH. */
record OrderNotification(
        String notification,
        @Nullable String notificationType,
        @Nullable String description,
        @Nullable String priority,
        @Nullable String reportedBy,
        @Nullable LocalDate notificationDate,
        boolean breakdown,
        @Nullable LocalDate malfunctionStart,
        @Nullable LocalTime malfunctionStartTime,
        @Nullable LocalDate malfunctionEnd,
        @Nullable LocalTime malfunctionEndTime,
        List<String> systemStatuses) {

    static OrderNotification of(Document document) {
        return new OrderNotification(
                document.text("notification").orElseThrow(),
                document.text("notificationType").orElse(null),
                document.text("description").orElse(null),
                document.text("priority").orElse(null),
                document.text("reportedBy").orElse(null),
                document.date("notificationDate").orElse(null),
                document.flag("breakdown"),
                document.date("malfunctionStart").orElse(null),
                document.time("malfunctionStartTime").orElse(null),
                document.date("malfunctionEnd").orElse(null),
                document.time("malfunctionEndTime").orElse(null),
                document.texts("systemStatuses"));
    }
}
