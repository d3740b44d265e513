package io.imaint.services.workorder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Projected;
import io.imaint.store.replica.ReplicaView.PlaceStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An inspection lot with what is inspected, what was found and what was decided. */
record InspectionLotDetail(
        @JsonUnwrapped Projected<InspectionLot> lot,

        @Description("The functional locations from the top level to that of the object")
        List<PlaceStep> place,

        @Description(
                "With the results as they will be when SAP has carried out what is pending, but for what it refused")
        List<Projected<InspectionCharacteristic>> characteristics,

        @Description("Null while SAP knows none") @Nullable Projected<UsageDecision> usageDecision) {}
