package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.services.command.Pending;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hours of a person on a day, with what is on its way to SAP. Source: SAP table CATSDB. */
record RecordedHours(
        @Description("Its number; until SAP has given one, the id of the outbox item that records it")
        String record,

        @Nullable String personnelNumber,
        @Nullable LocalDate workDate,
        @Nullable BigDecimal hours,
        @Nullable LocalTime startTime,
        @Nullable LocalTime endTime,

        @Description("The order, or the id of the outbox item that creates it; null for an absence") @Nullable
        String orderNumber,

        @Nullable String orderDescription,
        @Nullable String operation,
        @Nullable String activityType,
        @Nullable String attendanceType,
        @Nullable String text,

        @Description("10 in process, 20 released, 30 approved, 40 rejected, 50 changed after approval, 60 cancelled")
        @Nullable
        String processingStatus,

        @Description("Commands that SAP has not carried out yet, or whose result is not replicated yet")
        List<Pending> pending) {}
