package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.store.Document;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A maintenance order as a list shows it. Source: SAP tables AUFK, AFIH, AFKO. */
record WorkOrder(
        @Description("12 characters, with leading zeros") String orderNumber,
        @Nullable String description,
        @Nullable String orderType,
        @Nullable String orderTypeDescription,
        @Nullable String plant,
        @Nullable String plantName,
        @Nullable String planningPlant,
        @Nullable String plannerGroup,
        @Nullable String plannerGroupName,
        @Description("Main work center") @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Nullable String equipment,
        @Nullable String equipmentDescription,
        @Nullable String functionalLocation,
        @Nullable String functionalLocationDescription,

        @Description("As customized in SAP; 1 is the most urgent by default") @Nullable
        String priority,

        @Nullable String priorityDescription,

        @Nullable String activityType,
        @Nullable String activityTypeDescription,
        @Nullable String notification,

        @Description("All active system statuses, such as REL, PCNF, PRC")
        List<String> systemStatuses,

        @Description("The texts of the statuses, in the same order")
        List<String> systemStatusTexts,

        @Description("The one state derived from the system statuses: CRTD, REL, PCNF, CNF, TECO or CLSD") @Nullable
        String lifecycleStatus,

        @Nullable LocalDate basicStart,
        @Nullable LocalDate basicFinish,
        @Nullable LocalDate scheduledStart,
        @Nullable LocalDate scheduledFinish,
        @Nullable LocalDate actualStart,
        @Nullable LocalDate actualFinish,
        @Nullable LocalDate createdOn,
        @Nullable Instant changedAt) {

    static WorkOrder of(Document document) {
        return new WorkOrder(
                document.text("orderNumber").orElseThrow(),
                document.text("description").orElse(null),
                document.text("orderType").orElse(null),
                document.text("orderTypeDescription").orElse(null),
                document.text("plant").orElse(null),
                document.text("plantName").orElse(null),
                document.text("planningPlant").orElse(null),
                document.text("plannerGroup").orElse(null),
                document.text("plannerGroupName").orElse(null),
                document.text("workCenter").orElse(null),
                document.text("workCenterDescription").orElse(null),
                document.text("equipment").orElse(null),
                document.text("equipmentDescription").orElse(null),
                document.text("functionalLocation").orElse(null),
                document.text("functionalLocationDescription").orElse(null),
                document.text("priority").orElse(null),
                document.text("priorityDescription").orElse(null),
                document.text("activityType").orElse(null),
                document.text("activityTypeDescription").orElse(null),
                document.text("notification").orElse(null),
                document.texts("systemStatuses"),
                document.texts("systemStatusTexts"),
                document.text("lifecycleStatus").orElse(null),
                document.date("basicStart").orElse(null),
                document.date("basicFinish").orElse(null),
                document.date("scheduledStart").orElse(null),
                document.date("scheduledFinish").orElse(null),
                document.date("actualStart").orElse(null),
                document.date("actualFinish").orElse(null),
                document.date("createdOn").orElse(null),
                document.instant("changedAt").orElse(null));
    }
}
