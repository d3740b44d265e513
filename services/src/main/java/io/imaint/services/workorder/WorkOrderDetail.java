package io.imaint.services.workorder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A work order with what hangs on it. */
record WorkOrderDetail(
        @JsonUnwrapped WorkOrder order,
        @JsonUnwrapped More more,
        List<Operation> operations,
        @Nullable OrderNotification originNotification) {

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
