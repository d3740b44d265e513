package io.imaint.services.seed;

import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a release changes in a store, found before anything is written.
 *
 * @param hash over all steps: equal plans have equal hashes
 * @param steps in the order in which they are taken
 * @param kept what the customer removed and the release changes, which stays removed
 * @param states what is noted when all steps are taken
 */
record SeedPlan(SeedRelease release, String hash, List<Step> steps, List<String> kept, List<SeedState> states) {
    /** What becomes of a document. */
    public enum Action {
        INSERT,
        UPDATE,
        /** Only what was delivered is noted; the customer's values stay. */
        NOTE,
        /** The document gets another key, and with it whatever an update would bring. */
        RENAME,
        DELETE
    }

    /**
     * A write of one document.
     *
     * @param from the key that it has so far; another than {@code key} for a renamed one
     * @param rev that it must still have; 0 for an insert
     * @param result the document with what was delivered; null for a removal
     * @param changes of its fields, for people
     */
    record Step(
            String collection,
            String key,
            String from,
            Action action,
            long rev,
            @Nullable Document result,
            List<Change> changes,
            List<SeedConflict> conflicts) {}

    /** A field before and after; null where it is absent. */
    public record Change(
            String path, @Nullable Object before, @Nullable Object after) {}

    static SeedPlan of(SeedRelease release, List<Step> steps, List<String> kept, List<SeedState> states) {
        var lines = steps.stream()
                .map(step -> "%s %s %s %s %d %s"
                        .formatted(
                                step.action(),
                                step.collection(),
                                step.from(),
                                step.key(),
                                step.rev(),
                                SeedJson.hash(step.result())))
                .collect(Collectors.joining("\n"));
        return new SeedPlan(release, SeedJson.hash(lines), List.copyOf(steps), List.copyOf(kept), List.copyOf(states));
    }

    long count(Action action) {
        return steps.stream().filter(step -> step.action() == action).count();
    }

    List<SeedConflict> conflicts() {
        return steps.stream().flatMap(step -> step.conflicts().stream()).toList();
    }

    /** The fields that differ, objects by field and lists as a whole. */
    static List<Change> changes(@Nullable Document before, @Nullable Document after) {
        var changes = new ArrayList<Change>();
        if (before != null && after != null) {
            differences("", before, after, changes);
        }
        return changes;
    }

    private static void differences(String path, Document before, Document after, List<Change> into) {
        var names = new LinkedHashSet<String>();
        before.forEach((name, value) -> names.add(name));
        after.forEach((name, value) -> names.add(name));
        for (var name : names) {
            var old = before.get(name);
            var now = after.get(name);
            var place = path + '/' + ThreeWayMerge.escaped(name);
            if (old instanceof Document inner && now instanceof Document other) {
                differences(place, inner, other, into);
            } else if (!ThreeWayMerge.same(old, now)) {
                into.add(new Change(place, old, now));
            }
        }
    }
}
