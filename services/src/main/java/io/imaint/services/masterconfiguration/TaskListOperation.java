package io.imaint.services.masterconfiguration;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One step of a task list. Source: SAP table PLPO. */
record TaskListOperation(
        String taskListType,
        String taskListGroup,
        String groupCounter,
        String node,
        @Nullable String operation,
        @Nullable String controlKey,
        @Nullable String workCenterPlant,
        @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Nullable String description,
        @Nullable String activityType,
        @Nullable BigDecimal work,
        @Nullable String workUnit,
        @Nullable BigDecimal duration,
        @Nullable String durationUnit) {}
