package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A cause of the damage in an item. Source: SAP table QMUR. */
record NotificationCause(
        @Description("The item whose damage it caused") String item,
        String cause,
        @Nullable String text,
        @Nullable String causeCatalog,
        @Nullable String causeCodeGroup,
        @Nullable String causeCodeGroupDescription,
        @Nullable String causeCode,
        @Nullable String causeCodeDescription,
        boolean deletionFlag,
        @Nullable LocalDate createdOn,
        @Nullable LocalDate changedOn) {}
