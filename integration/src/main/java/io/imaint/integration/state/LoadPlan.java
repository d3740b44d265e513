package io.imaint.integration.state;

import io.imaint.integration.odata.Filters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load has to read, in parts. It is written once, before any part begins, and whoever continues the load keeps to
 * it; so the parts of one load always fit together.
 *
 * @param id tells this load from all others of the integration
 * @param made the fingerprint of the definition by which it makes documents; another one cannot continue here
 * @param read the set, and what is read of each row
 * @param filters the condition of each part, the empty text for all rows; one part at least
 * @param ranges what the conditions select, by which both sides of a comparison are parted later
 * @param total how many rows SAP counted, null when it was not asked
 * @param documentsBefore how many documents the collection had when the load began
 * @param plannedAt when the load began
 * @param done whether all of it is loaded
 */
public record LoadPlan(
        String id,
        String made,
        String read,
        List<String> filters,
        KeyRanges ranges,
        @Nullable Long total,
        long documentsBefore,
        Instant plannedAt,
        boolean done) {
    public LoadPlan {
        filters = List.copyOf(filters);
    }

    /** How many parts there are; they are numbered from 1. */
    public int parts() {
        return filters.size();
    }

    /** The address at which a part begins. */
    public String first(int part) {
        var filter = filters.get(part - 1);
        return read + (filter.isEmpty() ? "" : "&$filter=" + Filters.encoded(filter)) + "&$inlinecount=allpages";
    }

    public LoadPlan ended() {
        return new LoadPlan(id, made, read, filters, ranges, total, documentsBefore, plannedAt, true);
    }
}
