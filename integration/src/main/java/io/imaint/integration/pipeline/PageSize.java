package io.imaint.integration.pipeline;

import io.imaint.integration.odata.ODataProblem;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many rows to ask for at once, as a system turns out to serve them: halved when an answer takes too long or grows
 * too large, and grown again, slowly, while all goes well. Shared by the partitions of a load.
 */
public final class PageSize {
    /** Below this a page's fixed cost outweighs its rows; a system that cannot serve it has another problem. */
    private static final int ROWS_MIN = 100;

    /** Good pages before a larger one is tried: the first time, and at most after it went wrong again and again. */
    private static final int GOOD_PAGES_FIRST = 16;

    private static final int GOOD_PAGES_MAX = 1024;

    /** What a smaller page may spare. */
    private static final Set<ProblemCode> TOO_LARGE =
            Set.of(ODataProblem.SAP_TIMEOUT, ODataProblem.SAP_ANSWER_TOO_LARGE);

    private final int requested;
    private int rows;
    private int good;
    private int goodPages = GOOD_PAGES_FIRST;

    /** @param learned what an earlier load ended with; null when it could have what it asked for */
    public PageSize(int requested, @Nullable Integer learned) {
        this.requested = requested;
        this.rows = learned == null ? requested : Math.min(learned, requested);
    }

    public synchronized int rows() {
        return rows;
    }

    /** What is less than requested; null when nothing is. */
    public synchronized @Nullable Integer learned() {
        return rows < requested ? rows : null;
    }

    /** Notes a failed page of so many rows; true when it was too much, and the next one will be smaller. */
    public boolean eases(Failure failed, int asked) {
        return TOO_LARGE.contains(failed.code()) && tooMuch(asked);
    }

    synchronized boolean tooMuch(int asked) {
        int smaller = Math.max(ROWS_MIN, asked / 2);
        if (smaller >= asked) {
            return false;
        }
        if (smaller < rows) {
            rows = smaller;
            goodPages = Math.min(GOOD_PAGES_MAX, goodPages * 2);
        }
        good = 0;
        return true;
    }

    /** Notes that a page was served well. */
    synchronized void served() {
        good++;
        if (rows < requested && good >= goodPages) {
            rows = Math.min(requested, rows + Math.max(1, rows / 4));
            good = 0;
        }
    }
}
