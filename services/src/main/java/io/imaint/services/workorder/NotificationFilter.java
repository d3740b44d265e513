package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.store.Condition;
import io.imaint.store.Narrowing;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which notifications are listed or counted; every part narrows it. */
record NotificationFilter(
        @Description("Maintenance plants; any of them matches")
        List<String> plant,

        @Description("Notification types; any of them matches")
        List<String> type,

        @Description("Priorities; any of them matches") List<String> priority,

        @Description("Life-cycle statuses: OSNO, NOPR, NOPO, NOCO; any of them matches")
        List<String> status,

        @Description("True leaves out those that are completed") @Default("false")
        boolean open,

        @Description("True selects only those from which an order came, false only the others") @Nullable
        Boolean withOrder,

        @Description("True selects only those of objects that stand still") @Default("false")
        boolean breakdown,

        @Description("Equipment number, with or without leading zeros") @Nullable
        EquipmentNumber equipment,

        @Description("Functional location; a * at the end matches a prefix, ** the location and all below it") @Nullable
        String functionalLocation,

        @Description("The user who reported it") @Nullable String reportedBy,

        @Description("Reported on this day or later") @Nullable
        LocalDate reportedFrom,

        @Description("Reported on this day or earlier") @Nullable
        LocalDate reportedTo,

        @Description("Words or prefixes of words in number and description") @Nullable
        String text) {
    /** The life-cycle statuses of those on which somebody still has to work: outstanding, in process, postponed. */
    private static final List<String> OPEN = List.of("OSNO", "NOPR", "NOPO");

    Condition condition() {
        var asked = new Narrowing()
                .anyOf("plant", plant)
                .anyOf("notificationType", type)
                .anyOf("priority", priority)
                .anyOf("lifecycleStatus", status)
                .equal("breakdown", breakdown ? true : null)
                .equal("equipment", equipment)
                .matching("functionalLocation", functionalLocation)
                .equal("reportedBy", reportedBy)
                .days("notificationDate", reportedFrom, reportedTo)
                .text(text);
        if (open) {
            asked.anyOf("lifecycleStatus", OPEN);
        }
        if (withOrder != null) {
            asked.and(withOrder ? new Condition.Range("order", null, null) : Condition.equal("order", null));
        }
        return asked.condition();
    }
}
