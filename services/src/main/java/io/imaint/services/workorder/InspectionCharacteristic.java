package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.services.command.Pending;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is inspected in a lot, and what was found. Source: SAP tables QAMV, QAMR. */
record InspectionCharacteristic(
        @Description("The node of the operation in which it is inspected; 8 digits")
        String operation,

        @Description("Its number in the operation; 4 digits")
        String characteristic,

        @Nullable String description,
        @Nullable String masterCharacteristic,

        @Description("Whether it is measured; otherwise a code of its code group values it")
        boolean quantitative,

        @Nullable BigDecimal targetValue,
        @Nullable BigDecimal lowerLimit,
        @Nullable BigDecimal upperLimit,
        @Nullable String unit,
        @Nullable Integer decimalPlaces,

        @Description("The group of catalog 1 whose codes value it") @Nullable
        String codeGroup,

        @Nullable BigDecimal result,
        @Nullable String resultCodeGroup,
        @Nullable String resultCode,
        @Nullable String resultCodeDescription,

        @Description("SAP's valuation of the result: A accepted, R rejected; null without a result") @Nullable
        String valuation,

        @Nullable String remark,
        @Nullable String inspector,
        @Nullable LocalDate changedOn,
        @Nullable Instant changedAt,

        @Description("Results that SAP has not recorded yet, or that are not replicated yet, in their order")
        List<Pending> pending) {}
