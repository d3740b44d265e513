package io.imaint.services.workorder;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One damage that a notification reports. Source: SAP table QMFE. */
record NotificationItem(
        String item,
        @Nullable String text,
        @Nullable String damageCatalog,
        @Nullable String damageCodeGroup,
        @Nullable String damageCodeGroupDescription,
        @Nullable String damageCode,
        @Nullable String damageCodeDescription,
        @Nullable String objectPartCatalog,
        @Nullable String objectPartCodeGroup,
        @Nullable String objectPartCodeGroupDescription,
        @Nullable String objectPartCode,
        @Nullable String objectPartCodeDescription,
        boolean deletionFlag,
        @Nullable LocalDate createdOn,
        @Nullable LocalDate changedOn) {}
