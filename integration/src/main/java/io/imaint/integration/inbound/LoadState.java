package io.imaint.integration.inbound;

import io.imaint.integration.definition.StrictDocument;
import io.imaint.store.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The load that is open, or the last one.
 *
 * @param counters what it has done up to its checkpoint
 * @param total how many rows SAP announced, null when it did not
 * @param checkpoint null before the first load
 * @param loadedAt when a load last came to its end, null before
 * @param startedAt when the last load began or continued
 * @param lastDuration of the last complete load, without the time between its parts
 * @param pageSize rows that SAP can serve in time, once that turned out to be less than what was asked for
 * @param absentProperties the optional properties that the system lacks
 */
public record LoadState(
        Counters counters,
        @Nullable Long total,
        @Nullable Checkpoint checkpoint,
        @Nullable Instant loadedAt,
        @Nullable Instant startedAt,
        @Nullable Duration lastDuration,
        @Nullable Integer pageSize,
        List<String> absentProperties) {
    /** Nothing was ever loaded. */
    public static final LoadState NONE = new LoadState(Counters.NONE, null, null, null, null, null, null, List.of());

    public LoadState {
        absentProperties = List.copyOf(absentProperties);
    }

    /** A load that continues from its checkpoint, or begins again where there is none or nothing left to do. */
    LoadState started(Instant at) {
        boolean continues = checkpoint != null && !checkpoint.done();
        return new LoadState(
                continues ? counters : Counters.NONE,
                continues ? total : null,
                continues ? checkpoint : null,
                loadedAt,
                at,
                continues ? lastDuration : null,
                pageSize,
                absentProperties);
    }

    /** A load that begins with its first page. */
    LoadState begun(Checkpoint from, List<String> absent) {
        return new LoadState(Counters.NONE, null, from, loadedAt, startedAt, null, pageSize, absent);
    }

    LoadState at(Checkpoint reached, Counters counted, @Nullable Long announced) {
        return new LoadState(
                counted, announced, reached, loadedAt, startedAt, lastDuration, pageSize, absentProperties);
    }

    LoadState loaded(Counters counted, Instant at) {
        return new LoadState(counted, total, checkpoint, at, startedAt, durationUntil(at), pageSize, absentProperties);
    }

    /** A load that ended early. */
    LoadState ended(Instant at) {
        return new LoadState(
                counters, total, checkpoint, loadedAt, startedAt, durationUntil(at), pageSize, absentProperties);
    }

    LoadState withPageSize(int rows) {
        return new LoadState(counters, total, checkpoint, loadedAt, startedAt, lastDuration, rows, absentProperties);
    }

    private Duration durationUntil(Instant at) {
        var before = lastDuration == null ? Duration.ZERO : lastDuration;
        return startedAt == null ? before : before.plus(Duration.between(startedAt, at));
    }

    Document document() {
        return new Document()
                .put("counters", counters.document())
                .put("total", total)
                .put("checkpoint", checkpoint == null ? null : checkpoint.document())
                .put("loadedAt", loadedAt)
                .put("startedAt", startedAt)
                .put("lastDurationMs", lastDuration == null ? null : lastDuration.toMillis())
                .put("pageSize", pageSize)
                .put("absentProperties", absentProperties);
    }

    static LoadState read(StrictDocument in) {
        var state = new LoadState(
                in.document("counters").map(Counters::read).orElse(Counters.NONE),
                in.optionalInteger("total").orElse(null),
                in.document("checkpoint").map(Checkpoint::read).orElse(null),
                in.instant("loadedAt").orElse(null),
                in.instant("startedAt").orElse(null),
                in.optionalInteger("lastDurationMs").map(Duration::ofMillis).orElse(null),
                in.optionalInteger("pageSize").map(Long::intValue).orElse(null),
                in.texts("absentProperties"));
        in.end();
        return state;
    }
}
