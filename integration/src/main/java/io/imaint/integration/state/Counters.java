package io.imaint.integration.state;

import io.imaint.store.Documents.Upserted;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a load has done up to its checkpoint.
 *
 * @param keptAside rows that could not be loaded and are kept with their reasons instead; not among those read
 */
public record Counters(long rowsRead, long inserted, long updated, long unchanged, long pages, long keptAside) {
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0);

    Counters plusPage(long rows, Upserted upserted, long aside) {
        return plus(new Counters(rows, upserted.inserted(), upserted.updated(), upserted.unchanged(), 1, aside));
    }

    public Counters plus(Counters other) {
        return new Counters(
                rowsRead + other.rowsRead,
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                pages + other.pages,
                keptAside + other.keptAside);
    }

    /** Whether each row that was read is new, changed or unchanged; dead letters are counted besides. */
    public boolean balanced() {
        return rowsRead == inserted + updated + unchanged;
    }

    /**
     * Corrected by how many documents a load really added. A page that was cut off has written rows that no checkpoint
     * counted; read again they look unchanged, though this load inserted them.
     */
    public Counters withInserted(long really) {
        long missed = Math.clamp(really - inserted, 0, unchanged);
        return new Counters(rowsRead, inserted + missed, updated, unchanged - missed, pages, keptAside);
    }

    /** What one run has done so far. Safe for use by the thread that reads and the one that writes. */
    public static final class Running {
        /** Enough for a percentile of any run; a run that measures more keeps the first ones and the greatest. */
        private static final int LAGS_MAX = 10_000;

        private Counters counters = Counters.NONE;
        private Upserted page = Upserted.NONE;
        private int changedBefore;
        private long removed;
        private long retries;
        private long[] lags = new long[16];
        private int lagCount;
        private long lagMsMax = -1;

        /** Counts a page that was read to its end, with what was written of it. */
        public synchronized void page(long rowsRead, long keptAside) {
            // What an attempt wrote that was cut off is unchanged when it is written again.
            int again = Math.min(changedBefore, page.unchanged());
            counters = counters.plusPage(rowsRead, new Upserted(0, 0, -again), keptAside);
            page = Upserted.NONE;
            changedBefore = 0;
        }

        /** Counts a page that was cut off, and is read again. */
        public synchronized void cutOff() {
            counters = counters.plus(new Counters(0, 0, 0, -page.unchanged(), 0, 0));
            changedBefore += page.inserted() + page.updated();
            page = Upserted.NONE;
        }

        public synchronized void written(Upserted upserted) {
            page = page.plus(upserted);
            counters =
                    counters.plus(new Counters(0, upserted.inserted(), upserted.updated(), upserted.unchanged(), 0, 0));
        }

        public synchronized void removed(long documents) {
            removed += documents;
        }

        public synchronized void retried() {
            retries++;
        }

        public synchronized void lag(long ms) {
            lagMsMax = Math.max(lagMsMax, ms);
            if (lagCount == LAGS_MAX) {
                return;
            }
            if (lagCount == lags.length) {
                lags = Arrays.copyOf(lags, lags.length * 2);
            }
            lags[lagCount++] = ms;
        }

        public synchronized long removed() {
            return removed;
        }

        public synchronized long retries() {
            return retries;
        }

        @Nullable
        public synchronized Long lagMsMax() {
            return lagMsMax < 0 ? null : Long.valueOf(lagMsMax);
        }

        /** The lags of the run's changed rows, in milliseconds. */
        public synchronized long[] lags() {
            return Arrays.copyOf(lags, lagCount);
        }

        /** Whether a document was written or removed, or a row became a dead letter. */
        public synchronized boolean changed() {
            return counters.inserted() + counters.updated() + counters.keptAside() + removed > 0;
        }

        public synchronized Counters counters() {
            return counters;
        }
    }
}
