package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.FunctionalLocationId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of an order that can be changed. */
record OrderFields(
        @Length(min = 1, max = 40) @Nullable String description,
        @Nullable EquipmentNumber equipment,
        @Nullable FunctionalLocationId functionalLocation,
        @Length(max = 4) @Nullable String planningPlant,
        @Length(max = 3) @Nullable String plannerGroup,
        @Length(max = 8) @Nullable String workCenter,
        @Length(max = 4) @Nullable String workCenterPlant,
        @Length(max = 1) @Nullable String priority,
        @Length(max = 3) @Nullable String activityType,
        @Nullable LocalDate basicStart,
        @Nullable LocalDate basicFinish,
        @Length(max = 1) @Nullable String systemCondition,
        @Length(max = 10) @Nullable String costCenter,

        @Description("The values that the person saw, by field; a change of what meanwhile has others is refused")
        @Nullable
        JsonNode base) {}
