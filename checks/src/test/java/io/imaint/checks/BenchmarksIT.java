package io.imaint.checks;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A benchmark runs to its end; what it measures at this size means nothing. */
@Tag("long")
class BenchmarksIT {
    @Test
    void theInitialLoadsBenchmarkRuns() throws IOException {
        InitialLoadBenchmark.run(new String[] {"50", "1"});
    }
}
