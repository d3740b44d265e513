package io.imaint.integration.inbound;

import io.imaint.integration.definition.StrictDocument;
import io.imaint.store.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the changes of SAP are known; everything up to here is durable in the store.
 *
 * @param scope what the position is good for: system, client, user, set and filter in one text; null before the first
 * @param token SAP's delta token; null when SAP gave none
 * @param watermark the newest change stamp that was seen, in SAP's time; null where the set has none
 * @param counters of all deltas since the last load
 * @param lastRunAt when a delta last came to its end
 * @param lagMs from the newest change in SAP of the last delta with rows to its row's being visible, in milliseconds
 */
public record DeltaState(
        @Nullable String scope,
        @Nullable String token,
        @Nullable Instant watermark,
        Counters counters,
        @Nullable Instant lastRunAt,
        @Nullable Long lagMs) {
    /** Nothing is known. */
    public static final DeltaState NONE = new DeltaState(null, null, null, Counters.NONE, null, null);

    Document document() {
        return new Document()
                .put("scope", scope)
                .put("token", token)
                .put("watermark", watermark)
                .put("counters", counters.document())
                .put("lastRunAt", lastRunAt)
                .put("lagMs", lagMs);
    }

    static DeltaState read(StrictDocument in) {
        var state = new DeltaState(
                in.optionalText("scope").orElse(null),
                in.optionalText("token").orElse(null),
                in.instant("watermark").orElse(null),
                in.document("counters").map(Counters::read).orElse(Counters.NONE),
                in.instant("lastRunAt").orElse(null),
                in.optionalInteger("lagMs").orElse(null));
        in.end();
        return state;
    }
}
