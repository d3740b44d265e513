package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Range;
import io.imaint.store.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list of notifications is asked for. */
record NotificationList(
        @Parameters NotificationFilter filter,

        @Description("The sort order; a leading minus means descending") @Default("-notificationDate")
        Sort sort,

        @Default("50") @Range(min = 1, max = 1000) int limit,

        @Description("The 'next' of the previous page") @Nullable
        String after,

        @Description("False omits the total, which is slow for broad filters") @Default("true")
        boolean total) {
    /** The orders that an index serves. */
    enum Sort {
        NOTIFICATION("notification", List.of()), // The key.
        OLDEST("notificationDate", List.of(new Query.Sort("notificationDate", false))),
        NEWEST("-notificationDate", List.of(new Query.Sort("notificationDate", true))),
        PRIORITY("priority", List.of(new Query.Sort("priority", false), new Query.Sort("notificationDate", false)));

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
        return new Query(filter.condition(), sort.fields, limit, after);
    }
}
