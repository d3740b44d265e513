package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.services.command.Pending;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An inspection lot: what is to be inspected, for which order, and how far it is. Source: SAP table QALS. */
record InspectionLot(
        @Description("12 characters, with leading zeros") String inspectionLot,
        @Nullable String description,
        @Nullable String plant,

        @Description("As customized in SAP; 14 is that of plant maintenance by default") @Nullable
        String inspectionType,

        @Nullable String origin,
        @Nullable String orderNumber,
        @Nullable String equipment,
        @Nullable String equipmentDescription,
        @Nullable String functionalLocation,
        @Nullable String functionalLocationDescription,
        @Nullable BigDecimal lotSize,
        @Nullable String unit,
        @Nullable LocalDate createdOn,
        @Nullable LocalDate inspectionStart,
        @Nullable LocalDate inspectionEnd,

        @Description("All active system statuses, such as REL, RREC, UD")
        List<String> systemStatuses,

        @Description("The texts of the statuses, in the same order")
        List<String> systemStatusTexts,

        @Description(
                "The one state derived from the system statuses: CRTD, REL, RREC (results recorded) or UD (decided)")
        @Nullable
        String lifecycleStatus,

        @Nullable Instant changedAt,

        @Description("Commands that SAP has not carried out yet, or whose result is not replicated yet, in their order")
        List<Pending> pending) {}
