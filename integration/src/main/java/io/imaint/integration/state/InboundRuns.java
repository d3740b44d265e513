package io.imaint.integration.state;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The history of all runs, bounded for each integration. Deltas that run every second and find nothing would fill it:
 * they are summed up, one entry for each hour.
 */
public final class InboundRuns {
    public static final CollectionType<InboundRun> TYPE = CollectionType.of(
                    "InboundRuns", InboundRun.class, InboundRun::key)
            .unscoped("replication spans all plants")
            .index("integration", "beganAt")
            .index("beganAt");

    private static final System.Logger LOG = System.getLogger(InboundRuns.class.getName());

    /** A week of a quiet integration, and the last hour of a busy one. */
    static final int KEPT_MAX = 200;

    /** So that the old ones are removed some at a time and not one with each run. */
    static final int SURPLUS_MAX = 20;

    private static final Duration SUMMARY = Duration.ofHours(1);

    private final Documents<InboundRun> runs;
    private final Map<String, InboundRun> quiet = new ConcurrentHashMap<>();
    private final Map<String, Instant> writtenAt = new ConcurrentHashMap<>();

    public InboundRuns(Store store) {
        this.runs = store.documents(TYPE);
    }

    /** Notes a run. A history that cannot be written fails nothing. */
    public void note(InboundRun run) {
        var name = run.integration();
        if (run.empty()) {
            var sum = quiet.merge(name, run, (earlier, now) -> now.after(earlier));
            var last = writtenAt.get(name);
            if (last != null && Duration.between(last, sum.endedAt()).compareTo(SUMMARY) < 0) {
                return;
            }
            quiet.remove(name);
            write(sum);
        } else {
            var sum = quiet.remove(name);
            if (sum != null) {
                write(sum);
            }
            write(run);
        }
    }

    /** The runs of an integration, the newest first; those that found nothing appear up to an hour late. */
    public List<InboundRun> newest(String integration, int limit) {
        return runs.list(Query.where(Condition.equal("integration", integration))
                        .sorted("beganAt", true)
                        .limit(limit))
                .values();
    }

    /** The runs of all integrations, the newest first. */
    public List<InboundRun> newest(int limit) {
        return runs.list(Query.where(Condition.ALL).sorted("beganAt", true).limit(limit))
                .values();
    }

    private void write(InboundRun run) {
        writtenAt.put(run.integration(), run.endedAt());
        try {
            runs.upsertAll(List.of(run));
            trim(run.integration());
        } catch (Failure failed) {
            LOG.log(Level.DEBUG, "could not note a run of {0}: {1}", run.integration(), failed.line());
        }
    }

    private void trim(String integration) {
        var own = Condition.equal("integration", integration);
        long surplus = runs.count(own) - KEPT_MAX;
        if (surplus <= SURPLUS_MAX) {
            return;
        }
        int oldest = (int) Math.min(surplus, Query.LIMIT_MAX);
        for (var run : runs.list(Query.where(own).sorted("beganAt", false).limit(oldest))
                .items()) {
            runs.remove(run.key(), run.rev());
        }
    }
}
