package io.imaint.integration.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The load that is open, or the last one.
 *
 * @param plan what it has to read, null before the first load
 * @param counters what it has done; while it is open its parts tell, see {@link InboundStates#live}
 * @param total how many rows SAP announced, null when it did not
 * @param loadedAt when a load last came to its end, null before
 * @param startedAt when the last load began or continued
 * @param lastDurationMs of the last complete load, without the time in which nobody worked at it
 * @param pageSize rows that SAP can serve in time, once that turned out to be less than what was asked for
 * @param absentProperties the optional properties that the system lacks
 * @param sweepDue whether the collection may hold documents that SAP no longer has, because a load went over what was
 *     there; a comparison of all keys finds them
 */
public record LoadState(
        @Nullable LoadPlan plan,
        Counters counters,
        @Nullable Long total,
        @Nullable Instant loadedAt,
        @Nullable Instant startedAt,
        @Nullable Long lastDurationMs,
        @Nullable Integer pageSize,
        List<String> absentProperties,
        boolean sweepDue) {
    /** Nothing was ever loaded. */
    public static final LoadState NONE =
            new LoadState(null, Counters.NONE, null, null, null, null, null, List.of(), false);

    public LoadState {
        absentProperties = List.copyOf(absentProperties);
    }

    /** Whether a load has begun and not come to its end, though perhaps nobody works at it. */
    public boolean open() {
        return plan != null && !plan.done();
    }

    /** The ranges in which the load reads, or the last one read. */
    public KeyRanges ranges() {
        return plan == null ? KeyRanges.ALL : plan.ranges();
    }

    /** A load that begins. */
    public LoadState begun(LoadPlan newPlan, List<String> absent, Instant at) {
        return new LoadState(newPlan, Counters.NONE, newPlan.total(), loadedAt, at, null, pageSize, absent, sweepDue);
    }

    /** A load at which somebody works again. */
    public LoadState continued(Instant at) {
        return new LoadState(plan, counters, total, loadedAt, at, lastDurationMs, pageSize, absentProperties, sweepDue);
    }

    /** As its parts tell; the total is as planned while they cannot know better. */
    public LoadState at(Counters counted, @Nullable Long announced, @Nullable Integer learnedPageSize) {
        return new LoadState(
                plan,
                counted,
                announced == null ? total : announced,
                loadedAt,
                startedAt,
                lastDurationMs,
                learnedPageSize,
                absentProperties,
                sweepDue);
    }

    /**
     * A load that came to its end.
     *
     * @param leftOver whether there are other documents than those of the rows that were read
     */
    public LoadState loaded(Instant at, boolean leftOver) {
        assert plan != null : "a load has a plan";
        return new LoadState(
                plan.ended(),
                counters,
                total,
                at,
                startedAt,
                durationUntil(at),
                pageSize,
                absentProperties,
                sweepDue || leftOver);
    }

    /** A load that ended early. */
    public LoadState ended(Instant at) {
        return new LoadState(
                plan, counters, total, loadedAt, startedAt, durationUntil(at), pageSize, absentProperties, sweepDue);
    }

    /** All keys have been compared. */
    LoadState swept() {
        return new LoadState(
                plan, counters, total, loadedAt, startedAt, lastDurationMs, pageSize, absentProperties, false);
    }

    public @Nullable Duration lastDuration() {
        return lastDurationMs == null ? null : Duration.ofMillis(lastDurationMs);
    }

    private long durationUntil(Instant at) {
        long before = lastDurationMs == null ? 0 : lastDurationMs;
        return startedAt == null
                ? before
                : before + Duration.between(startedAt, at).toMillis();
    }
}
