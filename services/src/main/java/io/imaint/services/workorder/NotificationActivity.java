package io.imaint.services.workorder;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What was done about a notification. Source: SAP table QMMA. */
record NotificationActivity(
        String activity,
        @Nullable String item,
        @Nullable String cause,
        @Nullable String text,
        @Nullable String activityCatalog,
        @Nullable String activityCodeGroup,
        @Nullable String activityCodeGroupDescription,
        @Nullable String activityCode,
        @Nullable String activityCodeDescription,
        @Nullable LocalDate start,
        @Nullable LocalDate finish,
        boolean deletionFlag,
        @Nullable LocalDate createdOn,
        @Nullable LocalDate changedOn) {}
