package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.store.Document;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a work order. Source: SAP tables AFVC, AFVV. */
record Operation(
        @Description("4 digits") String operation,
        @Description("4 digits, empty for a main operation") String suboperation,
        @Nullable String description,
        @Nullable String controlKey,

        @Description("The maintenance plant that owns the order") @Nullable
        String plant,

        @Description("The work center's plant, which may be another") @Nullable
        String workCenterPlant,

        @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Description("Planned work in workUnit") @Nullable BigDecimal work,
        @Description("Confirmed work in workUnit") @Nullable BigDecimal actualWork,
        @Nullable String workUnit,
        @Nullable BigDecimal duration,
        @Nullable String durationUnit,
        @Nullable LocalDate earliestStart,
        @Nullable LocalTime earliestStartTime,
        @Nullable LocalDate latestFinish,
        @Nullable LocalTime latestFinishTime,
        @Nullable String personnelNumber,
        @Nullable String personName,
        @Nullable String confirmation,
        List<String> systemStatuses,

        @Description("What the statuses mean, in the same order")
        List<String> systemStatusTexts) {

    static Operation of(Document document) {
        return new Operation(
                document.text("operation").orElseThrow(),
                document.text("suboperation").orElse(""),
                document.text("description").orElse(null),
                document.text("controlKey").orElse(null),
                document.text("plant").orElse(null),
                document.text("workCenterPlant").orElse(null),
                document.text("workCenter").orElse(null),
                document.text("workCenterDescription").orElse(null),
                document.decimal("work").orElse(null),
                document.decimal("actualWork").orElse(null),
                document.text("workUnit").orElse(null),
                document.decimal("duration").orElse(null),
                document.text("durationUnit").orElse(null),
                document.date("earliestStart").orElse(null),
                document.time("earliestStartTime").orElse(null),
                document.date("latestFinish").orElse(null),
                document.time("latestFinishTime").orElse(null),
                document.text("personnelNumber").orElse(null),
                document.text("personName").orElse(null),
                document.text("confirmation").orElse(null),
                document.texts("systemStatuses"),
                document.texts("systemStatusTexts"));
    }
}
