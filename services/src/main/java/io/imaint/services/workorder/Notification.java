package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.services.command.Pending;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A notification as a list shows it. Source: SAP tables QMEL, QMIH. */
record Notification(
        @Description("12 characters, with leading zeros") String notification,
        @Nullable String notificationType,
        @Nullable String notificationTypeDescription,
        @Nullable String description,

        @Description("As customized in SAP; 1 is the most urgent by default") @Nullable
        String priority,

        @Nullable String priorityDescription,

        @Description("The maintenance plant that owns the object") @Nullable
        String plant,

        @Nullable String plantName,
        @Nullable String equipment,
        @Nullable String equipmentDescription,
        @Nullable String functionalLocation,
        @Nullable String functionalLocationDescription,
        @Nullable String planningPlant,
        @Nullable String plannerGroup,
        @Nullable String plannerGroupName,
        @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Nullable String reportedBy,
        @Nullable LocalDate notificationDate,
        @Nullable LocalTime notificationTime,
        @Nullable LocalDate requiredStart,
        @Nullable LocalDate requiredEnd,
        @Description("Whether the object stands still") boolean breakdown,
        @Nullable LocalDate malfunctionStart,
        @Nullable LocalTime malfunctionStartTime,
        @Nullable LocalDate malfunctionEnd,
        @Nullable LocalTime malfunctionEndTime,

        @Description("The order that came from it; null while there is none") @Nullable
        String order,

        @Nullable String orderDescription,
        @Nullable String orderLifecycleStatus,
        List<String> systemStatuses,

        @Description("The texts of the statuses, in the same order")
        List<String> systemStatusTexts,

        @Description("The one state derived from the system statuses: OSNO, NOPR, NOPO or NOCO") @Nullable
        String lifecycleStatus,

        @Nullable LocalDate createdOn,
        @Nullable Instant changedAt,

        @Description("Commands that SAP has not carried out yet, or whose result is not replicated yet, in their order")
        List<Pending> pending) {}
