package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.FunctionalLocationId;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A notification to create. What is not entered is taken from the object or by SAP's own rules. */
record NewNotification(
        @Length(min = 1, max = 2) String notificationType,
        @Length(min = 1, max = 40) String description,

        @Description("As customized for the notification type") @Length(max = 1) @Nullable
        String priority,

        @Nullable EquipmentNumber equipment,

        @Description("Only for an object that is no equipment") @Nullable
        FunctionalLocationId functionalLocation,

        @Length(max = 4) @Nullable String planningPlant,
        @Length(max = 3) @Nullable String plannerGroup,
        @Length(max = 8) @Nullable String workCenter,
        @Length(max = 4) @Nullable String workCenterPlant,

        @Length(max = 12) @Nullable String reportedBy,
        @Nullable LocalDate notificationDate,
        @Nullable LocalTime notificationTime,
        @Nullable LocalDate requiredStart,
        @Nullable LocalTime requiredStartTime,
        @Nullable LocalDate requiredEnd,
        @Nullable LocalTime requiredEndTime,

        @Description("Whether the object stands still") @Nullable
        Boolean breakdown,

        @Nullable LocalDate malfunctionStart,
        @Nullable LocalTime malfunctionStartTime,
        @Nullable LocalDate malfunctionEnd,
        @Nullable LocalTime malfunctionEndTime,
        @Length(max = 8) @Nullable String codeGroup,
        @Length(max = 4) @Nullable String code,
        @Size(max = 50) List<Item> items,
        @Size(max = 50) List<Task> tasks,
        @Size(max = 50) List<Activity> activities) {
    /** A damage, where it is, and its causes. */
    record Item(
            @Length(max = 40) @Nullable String text,
            @Length(max = 8) @Nullable String damageCodeGroup,
            @Length(max = 4) @Nullable String damageCode,
            @Length(max = 8) @Nullable String objectPartCodeGroup,
            @Length(max = 4) @Nullable String objectPartCode,
            @Size(max = 20) List<Cause> causes) {}

    /** What caused the damage. */
    record Cause(
            @Length(max = 40) @Nullable String text,
            @Length(max = 8) @Nullable String causeCodeGroup,
            @Length(max = 4) @Nullable String causeCode) {}

    /** What is to be done. */
    record Task(
            @Length(max = 40) @Nullable String text,
            @Length(max = 8) @Nullable String taskCodeGroup,
            @Length(max = 4) @Nullable String taskCode,
            @Nullable LocalDate plannedStart,
            @Nullable LocalDate plannedFinish,
            @Length(max = 12) @Nullable String personResponsible) {}

    /** What was done. */
    record Activity(
            @Length(max = 40) @Nullable String text,
            @Length(max = 8) @Nullable String activityCodeGroup,
            @Length(max = 4) @Nullable String activityCode,
            @Nullable LocalDate start,
            @Nullable LocalDate finish) {}
}
