package io.imaint.integration.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the changes of SAP are known; everything up to here is durable in the store.
 *
 * @param counters of all deltas since the last load
 * @param removed documents that deltas took out since then
 * @param lastRunAt when a delta last came to its end; of those that found nothing, one in ten minutes is noted
 * @param comparedAt when source and store were last compared key by key, or read whole
 * @param lagMs the longest time, in the last delta with rows, from a row's change in SAP to its being visible
 * @param skewMs how far SAP's clock is ahead of ours
 * @param note what is not as it should be though the data is served and kept current, for people; null when all is well
 */
public record DeltaState(
        DeltaPosition position,
        Counters counters,
        long removed,
        @Nullable Instant lastRunAt,
        @Nullable Instant comparedAt,
        @Nullable Long lagMs,
        long skewMs,
        @Nullable String note) {
    /** Nothing is known. */
    public static final DeltaState NONE =
            new DeltaState(DeltaPosition.NONE, Counters.NONE, 0, null, null, null, 0, null);

    /** SAP's delta token; null when SAP gave none. */
    public @Nullable String token() {
        return position.token();
    }

    /** The newest change stamp that was seen, in SAP's time; null where the set has none. */
    public @Nullable Instant watermark() {
        return position.watermark();
    }

    public DeltaState with(DeltaPosition newPosition) {
        return new DeltaState(newPosition, counters, removed, lastRunAt, comparedAt, lagMs, skewMs, note);
    }

    public DeltaState withNote(@Nullable String newNote) {
        return new DeltaState(position, counters, removed, lastRunAt, comparedAt, lagMs, skewMs, newNote);
    }

    public DeltaState compared(Instant at) {
        return new DeltaState(position, counters, removed, lastRunAt, at, lagMs, skewMs, note);
    }

    /** With what one more run did. */
    public DeltaState plus(DeltaCounts run, Instant at, long skew) {
        var sum = counters.plus(run.counters());
        var lag = run.lagMsMax() == null ? lagMs : run.lagMsMax();
        return new DeltaState(position, sum, removed + run.removed(), at, comparedAt, lag, skew, note);
    }
}
