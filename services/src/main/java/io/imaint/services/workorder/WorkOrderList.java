package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Range;
import io.imaint.store.Query;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list of work orders is asked for. */
record WorkOrderList(
        @Parameters WorkOrderFilter filter,

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
        BASIC_FINISH("basicFinish", List.of(new Query.Sort("basicFinish", false))),
        LATEST_FINISH("-basicFinish", List.of(new Query.Sort("basicFinish", true))),
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

    Query query(LocalDate today) {
        return new Query(filter.condition(today), sort.fields, limit, after);
    }
}
