package io.imaint.integration.load;

import org.jspecify.annotations.Nullable;

/**
 * How many rows to ask for at once, as a system turns out to serve them: halved when an answer takes too long or grows
 * too large, and grown again, slowly, while all goes well. Shared by the parts of a load.
 */
final class PageSize {
    /** Below this a page's fixed cost outweighs its rows; a system that cannot serve it has another problem. */
    private static final int ROWS_MIN = 100;

    /** Good pages before a larger one is tried: the first time, and at most after it went wrong again and again. */
    private static final int PATIENCE_FIRST = 16;

    private static final int PATIENCE_MAX = 1024;

    private final int wished;
    private int rows;
    private int good;
    private int patience = PATIENCE_FIRST;

    /** @param learned what an earlier load ended with; null when it could have what it wished for */
    PageSize(int wished, @Nullable Integer learned) {
        this.wished = wished;
        this.rows = learned == null ? wished : Math.min(learned, wished);
    }

    synchronized int rows() {
        return rows;
    }

    /** What is less than wished for; null when nothing is. */
    synchronized @Nullable Integer learned() {
        return rows < wished ? rows : null;
    }

    /** Notes that a page of so many rows was too much; true when the next one will be smaller. */
    synchronized boolean tooMuch(int asked) {
        int smaller = Math.max(ROWS_MIN, asked / 2);
        if (smaller >= asked) {
            return false;
        }
        if (smaller < rows) {
            rows = smaller;
            patience = Math.min(PATIENCE_MAX, patience * 2);
        }
        good = 0;
        return true;
    }

    /** Notes that a page was served well. */
    synchronized void served() {
        good++;
        if (rows < wished && good >= patience) {
            rows = Math.min(wished, rows + Math.max(1, rows / 4));
            good = 0;
        }
    }
}
