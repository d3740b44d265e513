package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.InboundState;
import io.imaint.kernel.http.Description;
import io.imaint.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

        @Description("Documents in the collection; null where they are not counted, as in events.") @Nullable
        Long documents,

        @Description("Rows that the current load, or the last one, read; a row on two pages counts twice.")
        long rows,

        @Description("The number of rows that SAP announced for that load; null when unknown.") @Nullable
        Long total,

        @Description("Rows of that load that became new documents.")
        long inserted,

        @Description("Rows of that load that changed a document.")
        long updated,

        @Description("Rows of that load whose document was the same already.")
        long unchanged,

        @Description("Pages that the load read.") long pages,

        @Description("Rows per second of the last complete load; null when unknown.") @Nullable
        Long rowsPerSecond,

        @Description("Milliseconds that the last complete load took; null when unknown.") @Nullable
        Long loadMs,

        @Nullable Instant loadedAt,

        @Description(
                "When its data was last known to be current: the end of the last delta or load. Deltas without changes are noted every ten minutes.")
        @Nullable
        Instant currentAt,

        @Description("When all contents, not only keys and change stamps, were last compared with SAP or loaded.")
        @Nullable
        Instant contentsComparedAt,

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
        static Trouble of(InboundState.LastError error) {
            var transactions = Arrays.stream(ODataProblem.values())
                    .filter(problem -> problem.slug().equals(error.code()))
                    .findFirst()
                    .map(ODataProblem::transactions)
                    .orElse(List.of());
            return new Trouble(error.code(), error.detail(), error.remedy(), transactions, error.at());
        }

        /** One line for people. */
        public String line() {
            return "%s: %s. %s".formatted(code, detail, remedy);
        }
    }

    /** All integrations of a store, those that others depend on first, with their documents counted. */
    public static List<IntegrationView> all(Store store) {
        return all(store, new DocumentCounts(store, InstantSource.system()));
    }

    /** As the other, with counts that may be known. */
    static List<IntegrationView> all(Store store, DocumentCounts counts) {
        return Integrations.all(store.documents(Integrations.TYPE)).stream()
                .map(stored -> of(store, stored.value(), counts))
                .toList();
    }

    static IntegrationView of(Store store, Integration stored, DocumentCounts counts) {
        var integration = InboundState.withStatus(store, stored);
        var state = InboundState.live(store, stored.name());
        return of(integration, state, counts.of(integration, state));
    }

    /**
     * The view of an integration and its state.
     *
     * @param documents how many its collection has; null when they are not counted
     */
    public static IntegrationView of(Integration integration, InboundState state, @Nullable Long documents) {
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
                documents,
                counters.rowsRead(),
                load.total(),
                counters.inserted(),
                counters.updated(),
                counters.unchanged(),
                counters.pages(),
                rowsPerSecond(counters.rowsRead(), load.lastDuration()),
                load.lastDurationMs(),
                load.loadedAt(),
                state.delta().lastRunAt() == null
                        ? load.loadedAt()
                        : state.delta().lastRunAt(),
                contentsComparedAt(state),
                state.delta().lastRunAt(),
                state.delta().counters().rowsRead(),
                state.delta().lagMs(),
                health.lastSuccessAt(),
                health.failuresInRow(),
                health.retries(),
                health.deadLetters(),
                error == null ? null : Trouble.of(error));
    }

    private static @Nullable Instant contentsComparedAt(InboundState state) {
        var contents = state.delta().contents();
        return contents == null || contents.comparedAt() == null ? state.load().loadedAt() : contents.comparedAt();
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
