package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Description;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** A reading of a measuring point. Source: SAP table IMRG. */
record MeasurementDocument(
        String measurementDocument,
        @Nullable LocalDate readingDate,
        @Nullable LocalTime readingTime,

        @Description("Null where only a code values it") @Nullable
        BigDecimal reading,

        @Nullable String unit,
        @Nullable BigDecimal counterReading,

        @Description("To the reading before, of a counter") @Nullable
        BigDecimal difference,

        boolean counterExchanged,
        @Nullable String codeGroup,
        @Nullable String valuationCode,
        @Nullable String text,
        @Nullable String readBy,
        @Nullable String orderNumber,
        @Description("How the reading was taken") @Nullable String origin) {}
