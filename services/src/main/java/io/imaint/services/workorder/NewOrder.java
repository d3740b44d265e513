package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.FunctionalLocationId;
import io.imaint.services.command.NotificationKey;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order to create. What is not entered is taken from the notification, the object or by SAP's own rules. */
record NewOrder(
        @Description("Required unless the notification's type names one") @Length(max = 4) @Nullable
        String orderType,

        @Description("Required unless the notification has one") @Length(max = 40) @Nullable
        String description,

        @Description("The notification from which it comes: its number, or the id of the outbox item that creates it")
        @Nullable
        NotificationKey notification,

        @Nullable EquipmentNumber equipment,

        @Description("Only for an object that is no equipment") @Nullable
        FunctionalLocationId functionalLocation,

        @Length(max = 4) @Nullable String plant,
        @Length(max = 4) @Nullable String planningPlant,
        @Length(max = 3) @Nullable String plannerGroup,
        @Length(max = 8) @Nullable String workCenter,
        @Length(max = 4) @Nullable String workCenterPlant,

        @Description("As customized for the order type") @Length(max = 1) @Nullable
        String priority,

        @Length(max = 3) @Nullable String activityType,
        @Nullable LocalDate basicStart,
        @Nullable LocalDate basicFinish,
        @Length(max = 1) @Nullable String systemCondition,
        @Length(max = 10) @Nullable String costCenter,
        @Size(max = 100) List<NewOperation> operations,
        @Size(max = 100) List<NewComponent> components) {}
