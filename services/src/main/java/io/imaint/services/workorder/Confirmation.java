package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Work reported on an operation. Source: SAP table AFRU. */
record Confirmation(
        String confirmation,
        String counter,
        @Nullable String operation,
        @Nullable String suboperation,
        @Nullable String operationDescription,
        boolean finalConfirmation,
        @Nullable BigDecimal actualWork,
        @Nullable String workUnit,
        @Nullable BigDecimal remainingWork,
        @Nullable String workCenterPlant,
        @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Nullable String personnelNumber,
        @Nullable String personName,
        @Nullable String activityType,
        @Nullable LocalDate postingDate,
        @Nullable LocalDate actualStart,
        @Nullable LocalTime actualStartTime,
        @Nullable LocalDate actualFinish,
        @Nullable LocalTime actualFinishTime,
        @Nullable String reasonForVariance,
        @Nullable String text,
        boolean cancelled,

        @Description("The counter of the confirmation that this one cancels") @Nullable
        String cancelledCounter,

        @Nullable String createdBy,
        @Nullable LocalDate createdOn,
        @Nullable LocalTime createdTime) {}
