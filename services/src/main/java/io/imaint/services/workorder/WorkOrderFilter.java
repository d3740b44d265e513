package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list of work orders is asked for; every part narrows it. */
record WorkOrderFilter(
        @Description("Plants; any of them matches") List<String> plant,

        @Description("Main work centers; any of them matches")
        List<String> workCenter,

        @Description("Life-cycle statuses: CRTD, REL, PCNF, CNF, TECO, CLSD; any of them matches")
        List<String> status,

        @Description("Order types; any of them matches") List<String> type,
        @Description("Priorities; any of them matches") List<String> priority,

        @Description("Equipment number, with or without leading zeros") @Nullable
        EquipmentNumber equipment,

        @Description("Functional location; a * at the end matches a prefix") @Nullable
        String functionalLocation,

        @Description("Basic start on this day or later") @Nullable
        LocalDate startFrom,

        @Description("Basic start on this day or earlier") @Nullable
        LocalDate startTo,

        @Description("Words or prefixes of words in number, description, equipment, location and system statuses")
        @Nullable
        String text,

        @Description("The sort order; a leading minus means descending") @Default("-basicStart")
        Sort sort,

        @Default("50") @Range(min = 1, max = 1000) int limit,

        @Description("The 'next' of the previous page") @Nullable
        String after,

        @Description("False omits the total, which is slow for broad filters") @Default("true")
        boolean total) {

    /** The orders that an index serves. */
    enum Sort {
        ORDER_NUMBER("orderNumber", List.of()), // The key.
        BASIC_START("basicStart", List.of(new Query.Sort("basicStart", false))),
        LATEST_START("-basicStart", List.of(new Query.Sort("basicStart", true))),
        PRIORITY("priority", List.of(new Query.Sort("priority", false), new Query.Sort("basicStart", false)));

        private final String word;
        private final List<Query.Sort> fields;

        Sort(String word, List<Query.Sort> fields) {
            this.word = word;
            this.fields = fields;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    Query query() {
        return new Query(condition(), sort.fields, limit, after);
    }

    Condition condition() {
        var all = new ArrayList<Condition>();
        anyOf(all, "plant", plant);
        anyOf(all, "workCenter", workCenter);
        anyOf(all, "lifecycleStatus", status);
        anyOf(all, "orderType", type);
        anyOf(all, "priority", priority);
        if (equipment != null) {
            all.add(Condition.equal("equipment", equipment));
        }
        if (functionalLocation != null) {
            all.add(Condition.matching("functionalLocation", functionalLocation));
        }
        if (startFrom != null || startTo != null) {
            all.add(new Condition.Range("basicStart", startFrom, startTo == null ? null : startTo.plusDays(1)));
        }
        if (text != null) {
            all.add(new Condition.Text(text));
        }
        return all.isEmpty() ? Condition.ALL : new Condition.And(all);
    }

    private static void anyOf(List<Condition> all, String field, List<String> values) {
        if (values.size() == 1) {
            all.add(Condition.equal(field, values.getFirst()));
        } else if (!values.isEmpty()) {
            all.add(new Condition.In(field, values));
        }
    }
}
