package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Range;
import io.imaint.store.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list of inspection lots is asked for. */
record InspectionLotList(
        @Parameters InspectionLotFilter filter,

        @Description("The sort order; a leading minus means descending") @Default("-createdOn")
        Sort sort,

        @Default("50") @Range(min = 1, max = 1000) int limit,

        @Description("The 'next' of the previous page") @Nullable
        String after,

        @Description("False omits the total, which is slow for broad filters") @Default("true")
        boolean total) {
    /** The orders that an index serves. */
    enum Sort {
        INSPECTION_LOT("inspectionLot", List.of()), // The key.
        OLDEST("createdOn", List.of(new Query.Sort("createdOn", false))),
        NEWEST("-createdOn", List.of(new Query.Sort("createdOn", true)));

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
