package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Description;
import io.imaint.store.Document;
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

        @Nullable Instant changedAt) {

    static FunctionalLocation of(Document document) {
        return new FunctionalLocation(
                document.text("functionalLocation").orElseThrow(),
                document.text("description").orElse(null),
                document.text("category").orElse(null),
                document.text("structureIndicator").orElse(null),
                document.text("superiorFunctionalLocation").orElse(null),
                document.text("superiorDescription").orElse(null),
                document.text("objectType").orElse(null),
                document.text("maintenancePlant").orElse(null),
                document.text("plant").orElse(null),
                document.text("plantName").orElse(null),
                document.text("planningPlant").orElse(null),
                document.text("plannerGroup").orElse(null),
                document.text("workCenter").orElse(null),
                document.text("workCenterDescription").orElse(null),
                document.text("location").orElse(null),
                document.text("plantSection").orElse(null),
                document.text("abcIndicator").orElse(null),
                document.text("costCenter").orElse(null),
                document.texts("systemStatuses"),
                document.texts("systemStatusTexts"),
                document.instant("changedAt").orElse(null));
    }
}
