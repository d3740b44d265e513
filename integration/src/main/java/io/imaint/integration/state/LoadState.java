package io.imaint.integration.state;

import io.imaint.integration.definition.StrictDocument;
import io.imaint.store.Document;
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
 * @param lastDuration of the last complete load, without the time in which nobody worked at it
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
        @Nullable Duration lastDuration,
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
        return new LoadState(plan, counters, total, loadedAt, at, lastDuration, pageSize, absentProperties, sweepDue);
    }

    /** As its parts tell; the total is as planned while they cannot know better. */
    public LoadState at(Counters counted, @Nullable Long announced, @Nullable Integer learnedPageSize) {
        return new LoadState(
                plan,
                counted,
                announced == null ? total : announced,
                loadedAt,
                startedAt,
                lastDuration,
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
                plan, counters, total, loadedAt, startedAt, lastDuration, pageSize, absentProperties, false);
    }

    private Duration durationUntil(Instant at) {
        var before = lastDuration == null ? Duration.ZERO : lastDuration;
        return startedAt == null ? before : before.plus(Duration.between(startedAt, at));
    }

    Document document() {
        return new Document()
                .put("plan", plan == null ? null : plan.document())
                .put("counters", counters.document())
                .put("total", total)
                .put("loadedAt", loadedAt)
                .put("startedAt", startedAt)
                .put("lastDurationMs", lastDuration == null ? null : lastDuration.toMillis())
                .put("pageSize", pageSize)
                .put("absentProperties", absentProperties)
                .put("sweepDue", sweepDue);
    }

    static LoadState read(StrictDocument in) {
        var state = new LoadState(
                in.document("plan").map(LoadPlan::read).orElse(null),
                in.document("counters").map(Counters::read).orElse(Counters.NONE),
                in.optionalInteger("total").orElse(null),
                in.instant("loadedAt").orElse(null),
                in.instant("startedAt").orElse(null),
                in.optionalInteger("lastDurationMs").map(Duration::ofMillis).orElse(null),
                in.optionalInteger("pageSize").map(Long::intValue).orElse(null),
                in.texts("absentProperties"),
                in.flag("sweepDue"));
        in.end();
        return state;
    }
}
