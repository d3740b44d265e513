package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Description;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A list of operations for maintenance that recurs. Source: SAP table PLKO. */
record TaskList(
        @Description("A general, E of equipment, T of a functional location")
        String taskListType,

        String taskListGroup,
        String groupCounter,
        @Nullable String description,
        @Nullable String plant,
        @Nullable String usage,
        @Nullable String status,
        @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Nullable String equipment,
        @Nullable String equipmentDescription,
        @Nullable String functionalLocation,
        @Nullable String functionalLocationDescription,
        @Nullable String plannerGroup,
        @Nullable LocalDate validFrom,
        boolean deletionFlag,
        @Nullable Instant changedAt) {}
