package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Description;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A place on an object at which something is measured. Source: SAP table IMPTT. */
record MeasuringPoint(
        @Description("12 digits") String measuringPoint,
        @Nullable String description,
        @Nullable String position,
        @Nullable String category,

        @Description("The maintenance plant of the object") @Nullable
        String plant,

        @Nullable String equipment,
        @Nullable String equipmentDescription,
        @Nullable String functionalLocation,
        @Nullable String functionalLocationDescription,
        @Nullable String characteristic,

        @Description("Whether readings add up, as those of running hours do")
        boolean counter,

        @Nullable String unit,

        @Description("In unit, as all limits and readings") @Nullable
        BigDecimal lowerLimit,

        @Nullable BigDecimal upperLimit,
        @Nullable BigDecimal targetValue,

        @Description("The reading at which the counter begins again") @Nullable
        BigDecimal counterOverflow,

        @Nullable BigDecimal annualEstimate,
        @Nullable Integer decimalPlaces,

        @Description("The group of the codes that value a reading") @Nullable
        String codeGroup,

        boolean inactive,
        boolean deletionFlag,
        @Nullable Instant changedAt) {}
