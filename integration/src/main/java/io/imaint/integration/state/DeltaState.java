package io.imaint.integration.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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
 * @param contents how far the contents of all documents were compared; null until a first range was
 * @param note what is not as it should be though the data is served and kept current, for people; null when all is well
 */
public record DeltaState(
        Position position,
        Counters counters,
        long removed,
        @Nullable Instant lastRunAt,
        @Nullable Instant comparedAt,
        @Nullable Long lagMs,
        long skewMs,
        @Nullable Contents contents,
        @Nullable String note) {
    /**
     * How far the contents of an integration's documents have been compared with SAP. A pass compares all of them, range by
     * range, and is spread over a period; then the next pass begins.
     *
     * @param beganAt when the current pass began
     * @param partitions how many partitions of the load it has compared
     * @param comparedAt when a pass was last complete; null before the first
     */
    public record Contents(
            Instant beganAt, int partitions, @Nullable Instant comparedAt) {
        /** Parts of a period by which the passes of integrations are shifted, so that not all are due at once. */
        private static final int SHIFTS = 1_000;

        /** All contents were compared, or read, at one time. */
        public static Contents whole(Instant at) {
            return new Contents(at, 0, at);
        }

        /**
         * When the next partition is due: each partition within one period after it was compared before.
         *
         * @param integration the name, which decides by how much the passes are shifted
         * @param all how many partitions a pass has
         */
        public Instant due(String integration, int all, Duration period) {
            long shift = Math.floorMod(integration.hashCode(), SHIFTS);
            return beganAt.plus(
                    period.multipliedBy((long) partitions * SHIFTS + shift).dividedBy((long) all * SHIFTS));
        }

        /** One more partition was compared. */
        public Contents next(int all, Duration period, Instant now) {
            if (partitions + 1 < all) {
                return new Contents(beganAt, partitions + 1, comparedAt);
            }
            var onTime = beganAt.plus(period);
            return new Contents(onTime.isAfter(now) ? onTime : now, 0, now);
        }
    }

    /**
     * Where in SAP's changes an integration stands.
     *
     * @param scope what it is good for: system, client, user, set and filter in one text
     * @param mapping the fingerprint of the mapping by which the documents were made
     * @param loadedAt of the load that it follows; another load begins anew
     * @param token SAP's delta token; null when SAP gave none
     * @param watermark the newest change stamp that was seen, in SAP's time; null where the set has none
     */
    public record Position(
            @Nullable String scope,
            @Nullable String mapping,
            @Nullable Instant loadedAt,
            @Nullable String token,
            @Nullable Instant watermark) {
        /** Nothing is known. */
        public static final Position NONE = new Position(null, null, null, null, null);

        public Position withToken(@Nullable String newToken) {
            return new Position(scope, mapping, loadedAt, newToken, watermark);
        }

        /** Up to a change stamp, unless a newer one was seen before. */
        public Position upTo(@Nullable Instant stamp) {
            boolean newer = stamp != null && (watermark == null || stamp.isAfter(watermark));
            return newer ? new Position(scope, mapping, loadedAt, token, stamp) : this;
        }

        public boolean sameLoad(Position other) {
            return Objects.equals(loadedAt, other.loadedAt);
        }

        public boolean sameMapping(Position other) {
            return Objects.equals(mapping, other.mapping);
        }

        public boolean sameScope(Position other) {
            return Objects.equals(scope, other.scope);
        }
    }

    /** Nothing is known. */
    public static final DeltaState NONE =
            new DeltaState(Position.NONE, Counters.NONE, 0, null, null, null, 0, null, null);

    /** SAP's delta token; null when SAP gave none. */
    public @Nullable String token() {
        return position.token();
    }

    /** The newest change stamp that was seen, in SAP's time; null where the set has none. */
    public @Nullable Instant watermark() {
        return position.watermark();
    }

    /** The token in which a load in one partition ended; null when there is none, or changes were read since. */
    public @Nullable String loadToken() {
        return position.loadedAt() == null ? position.token() : null;
    }

    public DeltaState with(Position newPosition) {
        return new DeltaState(newPosition, counters, removed, lastRunAt, comparedAt, lagMs, skewMs, contents, note);
    }

    public DeltaState withNote(@Nullable String newNote) {
        return new DeltaState(position, counters, removed, lastRunAt, comparedAt, lagMs, skewMs, contents, newNote);
    }

    public DeltaState compared(Instant at) {
        return new DeltaState(position, counters, removed, lastRunAt, at, lagMs, skewMs, contents, note);
    }

    public DeltaState with(Contents newContents) {
        return new DeltaState(position, counters, removed, lastRunAt, comparedAt, lagMs, skewMs, newContents, note);
    }

    /** With what one more run did. */
    public DeltaState plus(Counters.Running run, Instant at, Duration skew) {
        var sum = counters.plus(run.counters());
        var lag = run.lagMsMax() == null ? lagMs : run.lagMsMax();
        return new DeltaState(
                position, sum, removed + run.removed(), at, comparedAt, lag, skew.toMillis(), contents, note);
    }
}
