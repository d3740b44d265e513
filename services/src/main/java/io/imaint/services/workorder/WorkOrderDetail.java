package io.imaint.services.workorder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Projected;
import io.imaint.store.replica.ReplicaView.PlaceStep;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A work order with what hangs on it. */
record WorkOrderDetail(
        @JsonUnwrapped Projected<Header> header,

        @Description("The functional locations from the top level to that of the object")
        List<PlaceStep> place,

        List<Projected<Operation>> operations,
        List<StockedComponent> components,

        @Description("The notification from which it came; null without the permission notifications.read") @Nullable
        Projected<OrderNotification> originNotification,

        @Description("How many GET /api/work-orders/{orderNumber}/confirmations lists")
        long confirmationCount,

        @Description("How many GET /api/work-orders/{orderNumber}/goods-movements lists")
        long goodsMovementCount,

        @Description("How many GET /api/work-orders/{orderNumber}/time-sheets lists")
        long timeSheetCount,

        @Description("How many GET /api/work-orders/{orderNumber}/documents lists")
        long documentCount) {

    /** A component with what lies where it is taken from. */
    record StockedComponent(
            @JsonUnwrapped Projected<Component> component,

            @Description("Null where no stock is known in a plant that the caller sees") @Nullable
            Projected<ComponentStock> stock) {}

    /** The order's own fields. */
    record Header(
            @JsonUnwrapped WorkOrder order, @JsonUnwrapped More more) {}

    /** What a list does not show. */
    record More(
            @Nullable LocalDate releasedOn,
            @Nullable LocalDate technicallyCompletedOn,
            @Nullable LocalDate closedOn,
            @Nullable String companyCode,
            @Nullable String costCenter,
            @Nullable String systemCondition,
            @Nullable String maintenancePlan,
            @Nullable String maintenanceItem,
            @Nullable Integer callNumber,
            @Nullable String createdBy,
            @Nullable String changedBy,
            @Nullable LocalDate changedOn) {}
}
