package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done about a notification, and by whom. Source: SAP table QMSM. */
record NotificationTask(
        String task,
        @Nullable String item,
        @Nullable String cause,
        @Nullable String text,
        @Nullable String taskCatalog,
        @Nullable String taskCodeGroup,
        @Nullable String taskCodeGroupDescription,
        @Nullable String taskCode,
        @Nullable String taskCodeDescription,
        @Nullable LocalDate plannedStart,
        @Nullable LocalTime plannedStartTime,
        @Nullable LocalDate plannedFinish,
        @Nullable LocalTime plannedFinishTime,
        @Nullable String personResponsible,
        @Nullable String completedBy,
        @Nullable LocalDate completedOn,
        List<String> systemStatuses,

        @Description("The texts of the statuses, in the same order")
        List<String> systemStatusTexts,

        boolean deletionFlag,
        @Nullable LocalDate createdOn,
        @Nullable LocalDate changedOn) {}
