package io.imaint.services.seed;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.services.seed.SeedPlan.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What seeding does or did, for people and programs.
 *
 * @param plan identifies what was planned; equal for equal stores and sources
 * @param documents in the source
 * @param noted documents that stay as the customer has them
 * @param steps each document that is written
 * @param removedHere what the release changes and the customer removed, which stays removed
 * @param seconds it took
 */
public record SeedReport(
        String source,
        long version,
        String plan,
        long documents,
        long inserted,
        long updated,
        long noted,
        long renamed,
        long deleted,
        List<Step> steps,
        List<SeedConflict> conflicts,
        List<String> removedHere,
        double seconds) {
    /** Findings beyond these tell nobody anything new. */
    private static final int FINDINGS_MAX = 1_000;

    /**
     * A document that is written.
     *
     * @param document its key, the new one when it is renamed
     * @param action {@code insert}, {@code update}, {@code note}, {@code rename} or {@code delete}
     * @param changes for an update or a rename
     */
    public record Step(String collection, String document, String action, List<Change> changes) {}

    /** A field before and after; null where it is absent. */
    public record Change(
            String path, @Nullable Object before, @Nullable Object after) {}

    static SeedReport of(SeedPlan plan, double seconds) {
        return new SeedReport(
                plan.release().source(),
                plan.release().version(),
                plan.hash().substring(0, 12),
                plan.release().documents().values().stream()
                        .mapToLong(java.util.SequencedMap::size)
                        .sum(),
                plan.count(Action.INSERT),
                plan.count(Action.UPDATE),
                plan.count(Action.NOTE),
                plan.count(Action.RENAME),
                plan.count(Action.DELETE),
                plan.steps().stream().map(SeedReport::step).toList(),
                plan.conflicts().stream().map(SeedConflict::shown).toList(),
                plan.kept(),
                seconds);
    }

    private static Step step(SeedPlan.Step step) {
        return new Step(
                step.collection(),
                step.key(),
                step.action().name().toLowerCase(java.util.Locale.ROOT),
                step.changes().stream()
                        .map(change -> new Change(
                                change.path(), SeedJson.plain(change.before()), SeedJson.plain(change.after())))
                        .toList());
    }

    /** Whether nothing is left to do. */
    public boolean nothing() {
        return steps.isEmpty();
    }

    /** In one line, for people. */
    public String summary() {
        var what = "seed data version %d of %s: ".formatted(version, source);
        return nothing()
                ? what + "nothing to change"
                : what
                        + "%d inserted, %d updated, %d renamed, %d removed, %d kept as changed here, %d conflicts"
                                .formatted(inserted, updated, renamed, deleted, noted, conflicts.size());
    }

    static Failure invalid(String source, List<SeedFinding> findings) {
        return SeedProblem.SEED_INVALID.because(
                source,
                findings.stream()
                        .limit(FINDINGS_MAX)
                        .map(finding -> new Finding("", finding.line()))
                        .toList());
    }
}
