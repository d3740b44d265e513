package io.imaint.integration.state;

import io.imaint.integration.odata.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The load that is open, or the last one.
 *
 * @param plan what it has to read, null before the first load
 * @param counters what it has done; while it is open, the sum of its partitions, see {@link InboundState#live}
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
        @Nullable Plan plan,
        Counters counters,
        @Nullable Long total,
        @Nullable Instant loadedAt,
        @Nullable Instant startedAt,
        @Nullable Long lastDurationMs,
        @Nullable Integer pageSize,
        List<String> absentProperties,
        boolean sweepDue) {
    /**
     * What a load has to read, in partitions. It is written once, before any partition begins, and whoever continues the load
     * keeps to it; so the partitions of one load always fit together.
     *
     * @param id distinguishes this load from all others of the integration
     * @param made the fingerprint of the definition by which it makes documents; another one cannot continue here
     * @param read the set, and what is read of each row
     * @param filters the condition of each partition, the empty text for all rows; one at least
     * @param ranges what the conditions select, into which both sides of a comparison are divided later
     * @param total how many rows SAP counted, null when it was not asked
     * @param documentsBefore how many documents the collection had when the load began
     * @param plannedAt when the load began
     * @param done whether all of it is loaded
     */
    public record Plan(
            String id,
            String made,
            String read,
            List<String> filters,
            KeyRanges ranges,
            @Nullable Long total,
            long documentsBefore,
            Instant plannedAt,
            boolean done) {
        public Plan {
            filters = List.copyOf(filters);
        }

        /** How many partitions there are; they are numbered from 1. */
        public int partitions() {
            return filters.size();
        }

        /** The address at which a partition begins. */
        public String first(int partition) {
            var filter = filters.get(partition - 1);
            return PageRequest.filtered(read, "&", filter) + "&$inlinecount=allpages";
        }

        public Plan ended() {
            return new Plan(id, made, read, filters, ranges, total, documentsBefore, plannedAt, true);
        }
    }

    /**
     * The ranges of a property's values in which a load read. They meet at their boundaries and are open at both ends, so
     * there is one more of them than boundaries.
     *
     * @param property empty when all was read in one range
     * @param boundaries the least value of each range but the first, as OData writes it
     */
    public record KeyRanges(String property, List<String> boundaries) {
        /** One range of everything. */
        public static final KeyRanges ALL = new KeyRanges("", List.of());

        public KeyRanges {
            boundaries = List.copyOf(boundaries);
        }
    }

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
    public LoadState begun(Plan newPlan, List<String> absent, Instant at) {
        return new LoadState(newPlan, Counters.NONE, newPlan.total(), loadedAt, at, null, pageSize, absent, sweepDue);
    }

    /** A load at which somebody works again. */
    public LoadState continued(Instant at) {
        return new LoadState(plan, counters, total, loadedAt, at, lastDurationMs, pageSize, absentProperties, sweepDue);
    }

    /** With the figures of its partitions; the total stays as planned until they know better. */
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

    /** With what a run found SAP to serve at once. */
    public LoadState learned(@Nullable Integer rows) {
        return new LoadState(
                plan, counters, total, loadedAt, startedAt, lastDurationMs, rows, absentProperties, sweepDue);
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
