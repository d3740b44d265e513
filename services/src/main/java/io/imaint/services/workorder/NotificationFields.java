package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.FunctionalLocationId;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a notification that can be changed. */
record NotificationFields(
        @Length(min = 1, max = 40) @Nullable String description,
        @Length(max = 1) @Nullable String priority,
        @Nullable EquipmentNumber equipment,
        @Nullable FunctionalLocationId functionalLocation,
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
        @Nullable Boolean breakdown,
        @Nullable LocalDate malfunctionStart,
        @Nullable LocalTime malfunctionStartTime,
        @Nullable LocalDate malfunctionEnd,
        @Nullable LocalTime malfunctionEndTime,
        @Length(max = 8) @Nullable String codeGroup,
        @Length(max = 4) @Nullable String code,

        @Description("The values that the person saw, by field; a change of what meanwhile has others is refused")
        @Nullable
        JsonNode base) {}
