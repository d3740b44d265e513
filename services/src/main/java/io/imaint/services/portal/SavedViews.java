package io.imaint.services.portal;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Pattern;
import java.util.List;

/** The views of lists that one user keeps. */
record SavedViews(String user, List<SavedView> views) {
    SavedViews {
        views = List.copyOf(views);
    }

    /** A list with its filters, sorting and columns, under a name. */
    record SavedView(
            @Description("The list's route, such as orders")
            @Pattern(regexp = "[a-z][a-z0-9/-]{0,59}", description = "a route of the portal")
            String page,

            @Length(min = 1, max = 80) String name,

            @Description("The query of the page's address") @Length(max = 2000)
            String query,

            @Description("Whether the page opens with it") boolean standard) {}
}
