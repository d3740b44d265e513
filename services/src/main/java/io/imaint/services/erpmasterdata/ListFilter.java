package io.imaint.services.erpmasterdata;

import io.imaint.store.Condition;
import io.imaint.store.Query;
import org.jspecify.annotations.Nullable;

/** What every list can be asked for: a page of the values of a plant in which words occur. */
interface ListFilter {
    /** Says of a list whose values have no plant what the parameter does. */
    String ALL_PLANTS = "A plant; these values are the same in all plants, so that it excludes none";

    String NEXT = "The 'next' of the previous page";

    @Nullable
    String plant();

    int limit();

    @Nullable
    String after();

    Condition condition();

    default Query query() {
        return Query.where(condition()).limit(limit()).after(after());
    }
}
