package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.services.command.Pending;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A maintenance order as a list shows it. Source: SAP tables AUFK, AFIH, AFKO. */
record WorkOrder(
        @Description("12 characters, with leading zeros") String orderNumber,
        @Nullable String description,
        @Nullable String orderType,
        @Nullable String orderTypeDescription,
        @Nullable String plant,
        @Nullable String plantName,
        @Nullable String planningPlant,
        @Nullable String plannerGroup,
        @Nullable String plannerGroupName,
        @Description("Main work center") @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Nullable String equipment,
        @Nullable String equipmentDescription,
        @Nullable String functionalLocation,
        @Nullable String functionalLocationDescription,

        @Description("As customized in SAP; 1 is the most urgent by default") @Nullable
        String priority,

        @Nullable String priorityDescription,

        @Nullable String activityType,
        @Nullable String activityTypeDescription,
        @Nullable String notification,

        @Description("All active system statuses, such as REL, PCNF, PRC")
        List<String> systemStatuses,

        @Description("The texts of the statuses, in the same order")
        List<String> systemStatusTexts,

        @Description("The one state derived from the system statuses: CRTD, REL, PCNF, CNF, TECO or CLSD") @Nullable
        String lifecycleStatus,

        @Nullable LocalDate basicStart,
        @Nullable LocalDate basicFinish,
        @Nullable LocalDate scheduledStart,
        @Nullable LocalDate scheduledFinish,
        @Nullable LocalDate actualStart,
        @Nullable LocalDate actualFinish,
        @Nullable LocalDate createdOn,
        @Nullable Instant changedAt,

        @Description("Commands that SAP has not carried out yet, or whose result is not replicated yet, in their order")
        List<Pending> pending) {}
