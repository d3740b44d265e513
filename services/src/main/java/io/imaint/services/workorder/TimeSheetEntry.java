package io.imaint.services.workorder;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Hours that a person recorded for an order. Source: SAP table CATSDB. */
record TimeSheetEntry(
        String record,
        @Nullable String personnelNumber,
        @Nullable String personName,
        @Nullable LocalDate workDate,
        @Nullable BigDecimal hours,
        @Nullable LocalTime startTime,
        @Nullable LocalTime endTime,
        @Nullable String unit,
        @Nullable String operation,
        @Nullable String activityType,
        @Nullable String attendanceType,
        @Nullable String text,
        @Nullable String processingStatus,
        @Nullable String document,
        @Nullable String previousRecord,
        @Nullable String createdBy,
        @Nullable LocalDate createdOn,
        @Nullable LocalDate changedOn) {}
