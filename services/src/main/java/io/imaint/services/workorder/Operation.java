package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a work order. Source: SAP tables AFVC, AFVV. */
record Operation(
        @Description("4 digits") String operation,

        @Description("4 digits; null for a main operation") @Nullable
        String suboperation,

        @Nullable String description,
        @Nullable String controlKey,

        @Description("The maintenance plant that owns the order") @Nullable
        String plant,

        @Description("The work center's plant, which may be another") @Nullable
        String workCenterPlant,

        @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Description("Planned work in workUnit") @Nullable BigDecimal work,
        @Description("Confirmed work in workUnit") @Nullable BigDecimal actualWork,
        @Nullable String workUnit,
        @Nullable BigDecimal duration,
        @Nullable String durationUnit,
        @Nullable LocalDate earliestStart,
        @Nullable LocalTime earliestStartTime,
        @Nullable LocalDate latestFinish,
        @Nullable LocalTime latestFinishTime,
        @Nullable String personnelNumber,
        @Nullable String personName,
        @Nullable String confirmation,
        List<String> systemStatuses,

        @Description("The texts of the statuses, in the same order")
        List<String> systemStatusTexts) {}
