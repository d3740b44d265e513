package io.imaint.services.workorder;

import io.imaint.kernel.identifiers.NotificationNumber;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notification from which an order came. Source: SAP tables QMEL, QMIH. */
record OrderNotification(
        NotificationNumber notification,
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
        List<String> systemStatuses) {}
