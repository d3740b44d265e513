package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What was decided about an inspection lot. Source: SAP table QAVE. */
record UsageDecision(
        @Description("3, the catalog of usage decisions") @Nullable
        String catalog,

        @Nullable String codeGroup,
        @Nullable String code,
        @Nullable String codeDescription,

        @Description("A accepted, R rejected") @Nullable String valuation,

        @Nullable Integer qualityScore,
        @Nullable String text,
        @Nullable String decidedBy,
        @Nullable LocalDate decidedOn,
        @Nullable Instant changedAt) {}
