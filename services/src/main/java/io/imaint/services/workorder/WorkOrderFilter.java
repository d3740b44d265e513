package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.store.Condition;
import io.imaint.store.Narrowing;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which work orders are listed or counted; every part narrows it. */
record WorkOrderFilter(
        @Description("Plants; any of them matches") List<String> plant,

        @Description("Main work centers; any of them matches")
        List<String> workCenter,

        @Description("Life-cycle statuses: CRTD, REL, PCNF, CNF, TECO, CLSD; any of them matches")
        List<String> status,

        @Description("Order types; any of them matches") List<String> type,
        @Description("Priorities; any of them matches") List<String> priority,
        @Description("Planner groups; any of them matches") List<String> plannerGroup,

        @Description("Equipment number, with or without leading zeros") @Nullable
        EquipmentNumber equipment,

        @Description("Functional location; a * at the end matches a prefix, ** the location and all below it") @Nullable
        String functionalLocation,

        @Description("Basic start on this day or later") @Nullable
        LocalDate startFrom,

        @Description("Basic start on this day or earlier") @Nullable
        LocalDate startTo,

        @Description("Basic finish on this day or later") @Nullable
        LocalDate finishFrom,

        @Description("Basic finish on this day or earlier") @Nullable
        LocalDate finishTo,

        @Description("True selects only those whose basic finish is before today and that are not confirmed yet")
        @Default("false")
        boolean overdue,

        @Description("The day that today is for the reader; without it, that of UTC") @Nullable
        LocalDate today,

        @Description("Words or prefixes of words in number, description, equipment, location and system statuses")
        @Nullable
        String text) {
    /** The life-cycle statuses of orders whose work is not finished. */
    private static final List<String> UNFINISHED = List.of("CRTD", "REL", "PCNF");

    /** @param day the day that it is in UTC */
    Condition condition(LocalDate day) {
        var asked = new Narrowing()
                .anyOf("plant", plant)
                .anyOf("workCenter", workCenter)
                .anyOf("lifecycleStatus", status)
                .anyOf("orderType", type)
                .anyOf("priority", priority)
                .anyOf("plannerGroup", plannerGroup)
                .equal("equipment", equipment)
                .matching("functionalLocation", functionalLocation)
                .days("basicStart", startFrom, startTo)
                .days("basicFinish", finishFrom, finishTo)
                .text(text);
        if (overdue) {
            asked.anyOf("lifecycleStatus", UNFINISHED)
                    .days("basicFinish", null, (today == null ? day : today).minusDays(1));
        }
        return asked.condition();
    }
}
