package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.OrderNumber;
import io.imaint.store.Condition;
import io.imaint.store.Narrowing;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which inspection lots are listed or counted; every part narrows it. */
record InspectionLotFilter(
        @Description("Plants; any of them matches") List<String> plant,

        @Description("Inspection types, such as 14; any of them matches")
        List<String> inspectionType,

        @Description("Life-cycle statuses: CRTD, REL, RREC, UD; any of them matches")
        List<String> status,

        @Description("True selects only those with a usage decision, false only those without") @Nullable
        Boolean decided,

        @Description("Equipment number, with or without leading zeros") @Nullable
        EquipmentNumber equipment,

        @Description("Functional location; a * at the end matches a prefix, ** the location and all below it") @Nullable
        String functionalLocation,

        @Description("The order for which it is inspected, with or without leading zeros") @Nullable
        OrderNumber order,

        @Description("Created on this day or later") @Nullable
        LocalDate createdFrom,

        @Description("Created on this day or earlier") @Nullable
        LocalDate createdTo,

        @Description("Words or prefixes of words in number and description") @Nullable
        String text) {
    /** The life-cycle status of those that are decided, and of those that are not. */
    private static final List<String> DECIDED = List.of("UD");

    private static final List<String> UNDECIDED = List.of("CRTD", "REL", "RREC");

    Condition condition() {
        var asked = new Narrowing()
                .anyOf("plant", plant)
                .anyOf("inspectionType", inspectionType)
                .anyOf("lifecycleStatus", status)
                .equal("equipment", equipment)
                .matching("functionalLocation", functionalLocation)
                .equal("orderNumber", order)
                .days("createdOn", createdFrom, createdTo)
                .text(text);
        if (decided != null) {
            asked.anyOf("lifecycleStatus", decided ? DECIDED : UNDECIDED);
        }
        return asked.condition();
    }
}
