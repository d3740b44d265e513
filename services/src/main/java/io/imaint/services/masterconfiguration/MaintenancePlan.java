package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Description;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan by which an object is maintained again and again. Source: SAP tables MPLA, MPOS, MHIS. */
record MaintenancePlan(
        @Description("12 characters, with leading zeros") String maintenancePlan,
        @Nullable String description,
        @Nullable String maintenanceItem,

        @Description("The maintenance plant that owns the object") @Nullable
        String plant,

        @Nullable String equipment,
        @Nullable String equipmentDescription,
        @Nullable String functionalLocation,
        @Nullable String functionalLocationDescription,
        @Nullable String planningPlant,
        @Nullable String plannerGroup,
        @Nullable String orderType,
        @Nullable String orderTypeDescription,
        @Nullable String activityType,
        @Nullable String activityTypeDescription,
        @Nullable String taskListType,
        @Nullable String taskListGroup,
        @Nullable String groupCounter,
        @Nullable String taskListDescription,
        @Nullable Integer cycle,
        @Nullable String cycleUnit,
        @Nullable LocalDate cycleStart,

        @Description("The number of the last call") @Nullable
        Integer lastCall,

        @Nullable LocalDate lastCompletion,
        @Description("When the next order is due") @Nullable LocalDate nextPlannedDate,
        List<String> systemStatuses,

        @Description("The texts of the statuses, in the same order")
        List<String> systemStatusTexts,

        @Nullable Instant changedAt) {}
