package io.imaint.services.workorder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Projected;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A work order with what hangs on it. */
record WorkOrderDetail(
        @JsonUnwrapped Projected<Header> header,
        List<Projected<Operation>> operations,
        @Nullable Projected<OrderNotification> originNotification) {

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
            @Nullable String maintenancePlan,
            @Nullable String createdBy,
            @Nullable String changedBy,
            @Nullable LocalDate changedOn) {}
}
