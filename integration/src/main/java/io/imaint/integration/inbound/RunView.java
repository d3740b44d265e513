package io.imaint.integration.inbound;

import io.imaint.integration.state.InboundRun;
import io.imaint.kernel.http.Description;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An ended run as the API and the command line show it. */
public record RunView(
        String integration,
        @Description("load, delta, reconcile or map.") String kind,
        Instant beganAt,
        Instant endedAt,

        @Description("How many runs the entry sums up; more than 1 only for deltas without changes.")
        long runs,

        long durationMs,
        long rows,
        long inserted,
        long updated,
        long unchanged,
        long removed,
        long deadLetters,
        @Nullable Long rowsPerSecond,

        @Description("The longest time from a change in SAP until it was visible.") @Nullable
        Long lagMs,

        @Description("done, failed or stopped.") String result,
        @Nullable String code,
        @Nullable String detail,
        @Description("The process that ran it.") String runner) {
    public static RunView of(InboundRun run) {
        var counters = run.counters();
        long ms = Math.max(0, run.endedAt().toEpochMilli() - run.beganAt().toEpochMilli());
        return new RunView(
                run.integration(),
                run.kind().toString(),
                run.beganAt(),
                run.endedAt(),
                run.runs(),
                ms,
                counters.rowsRead(),
                counters.inserted(),
                counters.updated(),
                counters.unchanged(),
                run.removed(),
                run.deadLetters(),
                ms == 0 ? null : counters.rowsRead() * 1_000 / ms,
                run.lagMs(),
                run.ending().result().toString(),
                run.ending().code(),
                run.ending().detail(),
                run.runner());
    }
}
