package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Description;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A functional location. Source: SAP tables IFLOT, IFLOTX, ILOA. */
record FunctionalLocation(
        String functionalLocation,
        @Nullable String description,
        @Nullable String category,
        @Nullable String structureIndicator,
        @Nullable String superiorFunctionalLocation,
        @Nullable String superiorDescription,
        @Nullable String objectType,
        @Nullable String maintenancePlant,

        @Description("Its own maintenance plant, or that of the nearest superior object") @Nullable
        String plant,

        @Nullable String plantName,
        @Nullable String planningPlant,
        @Nullable String plannerGroup,
        @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Nullable String location,
        @Nullable String plantSection,

        @Description("Criticality; A, B or C by default") @Nullable
        String abcIndicator,

        @Nullable String costCenter,
        List<String> systemStatuses,

        @Description("The texts of the statuses, in the same order")
        List<String> systemStatusTexts,

        @Nullable Instant changedAt) {}
