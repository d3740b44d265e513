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
    private static final String LIFECYCLE = "lifecycleStatus";
    private static final String DECIDED = "UD";

    /** Every other status, and none: of a lot whose statuses say nothing of its life, none says that it is decided. */
    private static final Condition UNDECIDED = new Condition.Or(
            List.of(new Condition.In(LIFECYCLE, List.of("CRTD", "REL", "RREC")), Condition.equal(LIFECYCLE, null)));

    Condition condition() {
        var asked = new Narrowing()
                .anyOf("plant", plant)
                .anyOf("inspectionType", inspectionType)
                .anyOf(LIFECYCLE, status)
                .equal("equipment", equipment)
                .matching("functionalLocation", functionalLocation)
                .equal("orderNumber", order)
                .days("createdOn", createdFrom, createdTo)
                .text(text);
        if (decided != null) {
            var unused = asked.and(decided ? Condition.equal(LIFECYCLE, DECIDED) : UNDECIDED);
        }
        return asked.condition();
    }
}
