package io.imaint.services.workorder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Projected;
import io.imaint.store.replica.ReplicaView.PlaceStep;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A notification with what it reports, what is to be done and what was done. */
record NotificationDetail(
        @JsonUnwrapped Projected<Header> header,

        @Description("The functional locations from the top level to that of the object")
        List<PlaceStep> place,

        List<Projected<NotificationItem>> items,
        List<Projected<NotificationCause>> causes,
        List<Projected<NotificationTask>> tasks,
        List<Projected<NotificationActivity>> activities,

        @Description("The order that came from it; null without the permission work-orders.read") @Nullable
        Projected<WorkOrder> workOrder,

        @Description("How many GET /api/notifications/{notification}/documents lists")
        long documentCount) {

    /** The notification's own fields. */
    record Header(
            @JsonUnwrapped Notification notification,
            @JsonUnwrapped More more) {}

    /** What a list does not show. */
    record More(
            @Nullable LocalTime requiredStartTime,
            @Nullable LocalTime requiredEndTime,
            @Nullable BigDecimal breakdownDuration,
            @Nullable String breakdownDurationUnit,
            @Nullable String catalogProfile,
            @Nullable String codeGroup,
            @Nullable String codeGroupDescription,
            @Nullable String code,
            @Nullable String codeDescription,
            @Nullable String createdBy,
            @Nullable String changedBy,
            @Nullable LocalDate changedOn) {}
}
