package io.imaint.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module's benchmarks run to their end; what they measure at this size means nothing. */
@Tag("long")
class BenchmarksIT {
    @Test
    void theStoresBenchmarkRuns(@TempDir Path home) throws Exception {
        StoreBenchmark.main(new String[] {home.toString(), "2000"});
    }

    @Test
    void theBenchmarkOfChecksRuns() {
        AccessBenchmark.run(1_000, 1);
    }
}
