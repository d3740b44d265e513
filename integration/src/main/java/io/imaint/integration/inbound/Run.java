package io.imaint.integration.inbound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an integration's loads have done.
 *
 * @param total how many rows SAP announced, null when it did not
 * @param checkpoint null before the first load
 * @param loadedAt when a load last came to its end, null before
 * @param startedAt when the last load began or continued
 * @param lastDuration of the last complete load, without the time between its parts
 * @param system the identity of the source of what is loaded
 * @param fence of the lease under which this was written
 * @param absentProperties the optional properties that the system lacks
 */
public record Run(
        Counters counters,
        @Nullable Long total,
        @Nullable Checkpoint checkpoint,
        @Nullable Instant loadedAt,
        @Nullable Instant startedAt,
        @Nullable LastError lastError,
        @Nullable Duration lastDuration,
        @Nullable String system,
        long fence,
        List<String> absentProperties) {
    public static final Run NONE = new Run(Counters.NONE, null, null, null, null, null, null, null, 0, List.of());

    public Run {
        absentProperties = List.copyOf(absentProperties);
    }

    /** A load that continues from its checkpoint, or begins again where there is none or nothing left to do. */
    Run started(Instant at, long byFence) {
        boolean continues = checkpoint != null && !checkpoint.done();
        return new Run(
                continues ? counters : Counters.NONE,
                continues ? total : null,
                continues ? checkpoint : null,
                loadedAt,
                at,
                null,
                continues ? lastDuration : null,
                system,
                byFence,
                absentProperties);
    }

    /** A load that begins with its first page. */
    Run begun(Checkpoint from, String identity, List<String> absent) {
        return new Run(Counters.NONE, null, from, loadedAt, startedAt, null, null, identity, fence, absent);
    }

    Run at(Checkpoint reached, Counters counted, @Nullable Long announced) {
        return new Run(
                counted,
                announced,
                reached,
                loadedAt,
                startedAt,
                lastError,
                lastDuration,
                system,
                fence,
                absentProperties);
    }

    Run loaded(Counters counted, Instant at) {
        return new Run(
                counted, total, checkpoint, at, startedAt, null, durationUntil(at), system, fence, absentProperties);
    }

    /** A load that ended early; an error of null means that it was told to stop. */
    Run ended(@Nullable LastError error, Instant at) {
        return new Run(
                counters,
                total,
                checkpoint,
                loadedAt,
                startedAt,
                error,
                durationUntil(at),
                system,
                fence,
                absentProperties);
    }

    /** As if nothing had been loaded, though it may stand there still. */
    Run emptied() {
        return new Run(Counters.NONE, null, null, null, null, null, null, system, fence, List.of());
    }

    Run ofNoSystem() {
        return new Run(
                counters, total, checkpoint, loadedAt, startedAt, lastError, lastDuration, null, fence, List.of());
    }

    private Duration durationUntil(Instant at) {
        var before = lastDuration == null ? Duration.ZERO : lastDuration;
        return startedAt == null ? before : before.plus(Duration.between(startedAt, at));
    }
}
