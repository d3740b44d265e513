package io.imaint.kernel.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, written as {@code {"items":[…],"next":…,"total":…}}.
 *
 * @param next the cursor of the following page, null on the last one
 * @param total how many items all pages hold together, null where nobody counted
 */
public record Listing<T>(
        @Description("The items of this page, in the requested order.")
        List<T> items,

        @Description("The cursor of the next page; null on the last page.") @Nullable
        String next,

        @Description("The number of items on all pages; null when they were not counted.") @Nullable
        Long total) {
    public Listing {
        items = List.copyOf(items);
    }
}
