package io.imaint.integration.state;

import io.imaint.store.Documents.Upserted;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one run has done so far. Belongs to one thread. */
public final class DeltaCounts {
    /** Enough for a percentile of any run; a run that measures more keeps the first ones and the greatest. */
    private static final int LAGS_MAX = 10_000;

    private long pages;
    private long rows;
    private long inserted;
    private long updated;
    private long unchanged;
    private long removed;
    private long deadLetters;
    private long retries;
    private long[] lags = new long[16];
    private int lagCount;
    private long lagMsMax = -1;

    public void page(long rowsRead) {
        pages++;
        rows += rowsRead;
    }

    public void written(Upserted upserted) {
        inserted += upserted.inserted();
        updated += upserted.updated();
        unchanged += upserted.unchanged();
    }

    public void removed(long documents) {
        removed += documents;
    }

    public void keptAside(long rowsKept) {
        deadLetters += rowsKept;
    }

    public void retried() {
        retries++;
    }

    public void lag(long ms) {
        lagMsMax = Math.max(lagMsMax, ms);
        if (lagCount == LAGS_MAX) {
            return;
        }
        if (lagCount == lags.length) {
            lags = Arrays.copyOf(lags, lags.length * 2);
        }
        lags[lagCount++] = ms;
    }

    public long pages() {
        return pages;
    }

    long rows() {
        return rows;
    }

    long inserted() {
        return inserted;
    }

    long updated() {
        return updated;
    }

    long unchanged() {
        return unchanged;
    }

    public long removed() {
        return removed;
    }

    public long deadLetters() {
        return deadLetters;
    }

    public long retries() {
        return retries;
    }

    @Nullable
    public Long lagMsMax() {
        return lagMsMax < 0 ? null : Long.valueOf(lagMsMax);
    }

    /** The lags of the run's changed rows, in milliseconds. */
    public long[] lags() {
        return Arrays.copyOf(lags, lagCount);
    }

    /** Whether anything was written, removed or kept aside. */
    public boolean changed() {
        return inserted + updated + removed + deadLetters > 0;
    }

    public Counters counters() {
        return new Counters(rows, inserted, updated, unchanged, pages, deadLetters);
    }
}
