package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LastError;
import io.imaint.kernel.http.Description;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An integration with its state, as people and programs see it. */
public record IntegrationView(
        String name,
        String entitySet,
        String collection,

        @Description("The path of another OData service on the same host; null for the ICWP service.") @Nullable
        String service,

        @Description("0 not active, 1 active, 3 running, 4 failed.")
        int status,

        @Description("The status as text, including whether it was ever loaded.")
        String statusText,

        @Description("True while the schedule is paused.") boolean paused,

        @Description("When deltas run; null when nothing is scheduled.") @Nullable
        String schedule,

        List<String> dependsOn,

        @Description("The identity of the loaded SAP system; null when nothing is loaded.") @Nullable
        String system,

        @Description("Rows of the current load, or of the last one.")
        long rows,

        @Description("The number of rows of that load according to SAP; null when unknown.") @Nullable
        Long total,

        long inserted,
        long updated,
        long unchanged,

        @Description("Rows per second of the last complete load; null when unknown.") @Nullable
        Long rowsPerSecond,

        @Nullable Instant loadedAt,

        @Description("When the last delta ended.") @Nullable Instant deltaAt,

        @Description("Rows of all deltas since the last load.")
        long deltaRows,

        @Description("Milliseconds from a change in SAP until it was visible, in the last delta with rows.") @Nullable
        Long lagMs,

        @Nullable Instant lastSuccessAt,
        long failuresInRow,
        long retries,
        long deadLetters,

        @Description("Why the last run failed; null after a success.") @Nullable
        Trouble lastError) {

    /** Why a run failed, and where in SAP it is mended. */
    public record Trouble(
            String code,
            String detail,
            String remedy,

            @Description("The SAP transactions that correct it.")
            List<String> transactions,

            Instant at) {
        static Trouble of(LastError error) {
            var transactions = Arrays.stream(ODataProblem.values())
                    .filter(problem -> problem.slug().equals(error.code()))
                    .findFirst()
                    .map(ODataProblem::transactions)
                    .orElse(List.of());
            return new Trouble(error.code(), error.detail(), error.remedy(), transactions, error.at());
        }
    }

    public static IntegrationView of(Integration integration, InboundState state) {
        var load = state.load();
        var counters = load.counters();
        var health = state.health();
        var error = health.lastError();
        return new IntegrationView(
                integration.name(),
                integration.mapping().entitySet(),
                integration.mapping().collection(),
                integration.service(),
                integration.status().number(),
                statusText(integration, state),
                integration.schedule().paused(),
                schedule(integration.schedule()),
                integration.dependsOn(),
                state.system(),
                counters.rowsRead(),
                load.total(),
                counters.inserted(),
                counters.updated(),
                counters.unchanged(),
                rowsPerSecond(counters.rowsRead(), load.lastDuration()),
                load.loadedAt(),
                state.delta().lastRunAt(),
                state.delta().counters().rowsRead(),
                state.delta().lagMs(),
                health.lastSuccessAt(),
                health.failuresInRow(),
                health.retries(),
                health.deadLetters(),
                error == null ? null : Trouble.of(error));
    }

    /** The status in words, and whether it was ever loaded. */
    public static String statusText(Integration integration, InboundState state) {
        return switch (integration.status()) {
            case NOT_ACTIVE -> "not active";
            case ACTIVE -> !state.loaded() ? "not loaded yet" : state.load().open() ? "load interrupted" : "loaded";
            case RUNNING -> "running";
            case FAILED -> "failed";
        };
    }

    private static @Nullable String schedule(Schedule schedule) {
        return schedule.every() == null ? schedule.cron() : schedule.every().toString();
    }

    private static @Nullable Long rowsPerSecond(long rows, @Nullable Duration took) {
        return took == null || took.isZero() ? null : rows * 1_000 / Math.max(1, took.toMillis());
    }
}
