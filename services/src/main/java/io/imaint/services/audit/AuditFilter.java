package io.imaint.services.audit;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Range;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What the audit trail is asked for; every part narrows it. */
public record AuditFilter(
        @Description("The document, as in AlertRules/4711") @Nullable
        String subject,

        @Description("The id of the caller") @Nullable String by,
        @Description("At this instant or later") @Nullable Instant from,
        @Description("Before this instant") @Nullable Instant to,

        @Default("50") @Range(min = 1, max = 1000) int limit,

        @Description("The 'next' of the page before") @Nullable
        String after) {
    Query query() {
        var all = new ArrayList<Condition>();
        if (subject != null) {
            all.add(Condition.equal("subject", subject));
        }
        if (by != null) {
            all.add(Condition.equal("by", by));
        }
        if (from != null || to != null) {
            all.add(new Condition.Range("at", from, to));
        }
        return Query.where(all.isEmpty() ? Condition.ALL : new Condition.And(all))
                .sorted("at", true)
                .limit(limit)
                .after(after);
    }
}
