package io.imaint.integration.load;

import io.imaint.integration.state.Counters;
import io.imaint.kernel.problem.Failure;
import java.time.Duration;
import java.util.List;

/** What became of one integration in a run. */
public sealed interface LoadResult {
    /** The integration. */
    String name();

    /** One line for people. */
    String line();

    /**
     * All its rows are in the store.
     *
     * @param absentProperties the optional properties that the system lacks
     */
    record Loaded(String name, Counters counters, Duration took, List<String> absentProperties) implements LoadResult {
        @Override
        public String line() {
            return "loaded %d rows: %d new, %d changed, %d unchanged"
                    .formatted(counters.rowsRead(), counters.inserted(), counters.updated(), counters.unchanged());
        }
    }

    /** It ended early; what was loaded stays, and the next run continues. */
    record Failed(String name, Failure failure) implements LoadResult {
        @Override
        public String line() {
            return failure.line();
        }
    }

    /** It was cancelled; the next run continues. */
    record Cancelled(String name) implements LoadResult {
        @Override
        public String line() {
            return "stopped; the next run continues";
        }
    }

    /** Somebody else is loading it. */
    record RunningElsewhere(String name, String holder) implements LoadResult {
        @Override
        public String line() {
            return "running elsewhere: " + holder;
        }
    }

    /** It was not tried. */
    record NotStarted(String name, String reason) implements LoadResult {
        @Override
        public String line() {
            return "not started: " + reason;
        }
    }
}
