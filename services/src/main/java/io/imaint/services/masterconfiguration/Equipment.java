package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Description;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of equipment as a list shows it. Source: SAP tables EQUI, EQUZ, EQKT, ILOA. */
record Equipment(
        @Description("18 characters, with leading zeros") String equipment,
        @Nullable String description,
        @Nullable String category,
        @Nullable String objectType,
        @Nullable String functionalLocation,
        @Nullable String functionalLocationDescription,
        @Nullable String superiorEquipment,
        @Nullable String superiorDescription,
        @Nullable String maintenancePlant,

        @Description("Its own maintenance plant, or that of the nearest superior object") @Nullable
        String plant,

        @Nullable String plantName,
        @Nullable String planningPlant,
        @Nullable String plannerGroup,
        @Nullable String workCenter,
        @Nullable String workCenterDescription,
        @Nullable String abcIndicator,
        @Nullable String manufacturer,
        @Nullable String modelNumber,
        @Nullable String manufacturerSerialNumber,
        @Nullable String technicalIdentification,
        @Nullable LocalDate startUpDate,
        List<String> systemStatuses,

        @Description("The texts of the statuses, in the same order")
        List<String> systemStatusTexts,

        @Nullable Instant changedAt) {}
