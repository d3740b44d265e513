package io.imaint.services.erpmasterdata;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Range;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import org.jspecify.annotations.Nullable;

/** What every list can be asked for: a page of the values of a plant in which words occur. */
interface ListFilter {
    /** Says of a list whose values have no plant what the parameter does. */
    String ALL_PLANTS = "A plant; these values are the same in all plants, so that it excludes none";

    /** Which page is asked for. */
    record Paging(
            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        Query of(Condition condition) {
            return Query.where(condition).limit(limit).after(after);
        }
    }

    @Nullable
    String plant();

    Paging paging();

    Condition condition();

    default Query query() {
        return paging().of(condition());
    }
}
