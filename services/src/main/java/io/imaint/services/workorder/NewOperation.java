package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Range;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** An operation to add to an order. */
record NewOperation(
        @Description("Digits; SAP numbers it in steps of ten where there are none") @Length(max = 4) @Nullable
        String operation,

        @Length(max = 4) @Nullable String suboperation,
        @Length(max = 40) @Nullable String description,
        @Length(max = 4) @Nullable String controlKey,
        @Length(max = 8) @Nullable String workCenter,
        @Length(max = 4) @Nullable String workCenterPlant,
        @Length(max = 6) @Nullable String activityType,
        @Range(min = 0, max = 999_999) @Nullable BigDecimal work,
        @Description("H or MIN") @Nullable String workUnit,
        @Range(min = 0, max = 9_999) @Nullable BigDecimal duration,
        @Description("H or MIN") @Nullable String durationUnit,
        @Nullable LocalDate earliestStart,
        @Nullable LocalTime earliestStartTime,
        @Nullable LocalDate latestFinish,
        @Nullable LocalTime latestFinishTime,
        @Length(max = 8) @Nullable String personnelNumber) {}
