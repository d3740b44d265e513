package io.imaint.services.masterconfiguration;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Projected;
import io.imaint.store.replica.ReplicaView.PlaceStep;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of equipment with its place, its parts and the work done on it. */
record EquipmentDetail(
        @JsonUnwrapped Projected<Header> equipment,

        @Description("The functional locations from the top level to the one where it is installed")
        List<PlaceStep> place,

        @Description("Equipment installed in it") List<Projected<Part>> parts,

        @Description(
                "Its latest orders, none without the permission work-orders.read; GET /api/work-orders?equipment=… "
                        + "lists all")
        List<Projected<OrderLine>> orders,

        @Description("The number of all its orders; null without the permission work-orders.read") @Nullable
        Long orderCount) {

    /** The equipment's own fields. */
    record Header(
            @JsonUnwrapped Equipment equipment,
            @JsonUnwrapped More more) {}

    /** What a list does not show. */
    record More(
            @Nullable String location,
            @Nullable String costCenter,
            @Nullable String material,
            @Nullable String serialNumber,
            @Nullable String inventoryNumber,
            @Nullable String constructionYear,
            @Nullable String constructionMonth,
            @Nullable LocalDate acquisitionDate,
            @Nullable BigDecimal acquisitionValue,
            @Nullable String currency,
            @Nullable BigDecimal weight,
            @Nullable String weightUnit) {}

    /** Equipment below other equipment. */
    record Part(
            String equipment,
            @Nullable String description,
            @Nullable String positionInSuperior) {}

    /** An order in an equipment's history. */
    record OrderLine(
            String orderNumber,
            @Nullable String description,
            @Nullable String orderType,
            @Nullable String lifecycleStatus,
            @Nullable LocalDate basicStart) {}
}
