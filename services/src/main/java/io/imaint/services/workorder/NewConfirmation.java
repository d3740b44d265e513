package io.imaint.services.workorder;

import io.imaint.kernel.http.Alias;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Work to confirm on an operation. */
record NewConfirmation(
        @Description("Required unless it is the final one") @Nullable
        BigDecimal actualWork,

        @Alias("unit") @Description("H or MIN; that of the operation where none is entered") @Nullable
        String workUnit,

        @Alias("final") @Description("Whether the work of the operation is done") @Nullable
        Boolean finalConfirmation,

        @Nullable BigDecimal remainingWork,
        @Length(max = 4) @Nullable String suboperation,
        @Length(max = 8) @Nullable String workCenter,
        @Length(max = 4) @Nullable String workCenterPlant,
        @Length(max = 8) @Nullable String personnelNumber,
        @Length(max = 6) @Nullable String activityType,
        @Nullable LocalDate postingDate,
        @Nullable LocalDate actualStart,
        @Nullable LocalTime actualStartTime,
        @Nullable LocalDate actualFinish,
        @Nullable LocalTime actualFinishTime,
        @Length(max = 4) @Nullable String reasonForVariance,
        @Length(max = 40) @Nullable String text) {}
