package io.imaint.services.seed;

import io.imaint.services.seed.SeedPlan.Action;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Finds what a release changes. Base is what was delivered last, mine what is stored, theirs the release:
 *
 * <pre>
 *   base  mine  theirs
 *    -     -      x     insert
 *    -     x      y     equal: note what was delivered; else a conflict, mine stays
 *    x     x      -     delete
 *    x     y      -     a conflict, mine stays and is the customer's alone
 *    x     -      any   stays deleted
 *    x     y      z     merged field by field ({@link ThreeWayMerge})
 * </pre>
 *
 * <p>A document that the release renamed is compared under its new key ({@link SeedRenames}), and all references follow:
 * base and mine are taken as they would be if they had been written with the new keys.
 *
 * <p>Users are inserted once and replaced only while nobody has changed them: they are people, not configuration.
 *
 * <p>The whole result is validated: a merged document that its schema or its references refuse stays as the customer has
 * it, with a conflict.
 */
final class SeedPlanner {
    private final Store store;
    private final SequencedMap<String, SeedDocuments> collections = new LinkedHashMap<>();
    private final Map<String, Map<String, Stored<Document>>> stored = new HashMap<>();
    private final List<SeedReferrer> referrers;
    private final SeedRelease release;
    private final Instant now;
    private final List<SeedFinding> findings = new ArrayList<>();
    private final SequencedMap<String, SequencedMap<String, SeedDraft>> drafts = new LinkedHashMap<>();
    private final List<String> kept = new ArrayList<>();
    private final Map<String, Map<String, String>> delivered = new HashMap<>();
    private SeedRenames renames = SeedRenames.NONE;

    SeedPlanner(
            Store store,
            SequencedMap<String, CollectionType<?>> types,
            List<SeedReferrer> referrers,
            SeedRelease release,
            Instant now) {
        this.store = store;
        this.referrers = referrers;
        this.release = release;
        this.now = now;
        types.forEach((name, type) -> collections.put(name, new SeedDocuments(type)));
    }

    /**
     * The plan for what is stored now.
     *
     * @throws io.imaint.kernel.problem.Failure {@link SeedProblem#SEED_INVALID} when it cannot be merged into anything
     *     valid
     */
    SeedPlan plan() {
        if (!findings().isEmpty()) {
            throw SeedReport.invalid(release.source(), findings);
        }
        drafts.values().stream()
                .flatMap(all -> all.values().stream())
                .filter(draft -> draft.action == null && !draft.conflicts.isEmpty())
                .map(draft -> "%s %s (%s)"
                        .formatted(
                                draft.collection,
                                draft.key,
                                draft.conflicts.getFirst().reason()))
                .forEach(kept::add);
        return SeedPlan.of(release, steps(), kept, states());
    }

    /** Why the release cannot be merged into what is stored; empty when it can. */
    List<SeedFinding> findings() {
        collections.values().forEach(in -> stored.put(in.name(), in.all(store)));
        renames = release.renames().without(this::isTheCustomers);
        collections.values().forEach(this::draft);
        drafts.values().stream().flatMap(all -> all.values().stream()).forEach(this::validate);
        new SeedReferences(drafts, findings).settle();
        return findings;
    }

    /** Whether a document was never delivered, so that a rename of one with its key does not mean it. */
    private boolean isTheCustomers(String collection, String key) {
        var found = stored(collection).get(key);
        return found != null
                && Objects.requireNonNull(collections.get(collection))
                        .base(found.value())
                        .isEmpty();
    }

    private Map<String, Stored<Document>> stored(String collection) {
        return Objects.requireNonNull(stored.get(collection));
    }

    /** The stored documents by the keys that they are to have; a renamed one whose new key is taken keeps the old. */
    private Map<String, Stored<Document>> byNewKey(String collection) {
        var all = stored(collection);
        var byKey = new LinkedHashMap<>(all);
        renames.of(collection).keySet().forEach(from -> {
            var found = byKey.remove(from);
            if (found != null && byKey.putIfAbsent(renames.current(collection, from), found) != null) {
                byKey.put(from, found);
            }
        });
        return byKey;
    }

    private void draft(SeedDocuments in) {
        var known = new TreeMap<>(store.documents(SeedState.TYPE)
                .find(in.name())
                .map(state -> state.value().delivered())
                .orElse(Map.of()));
        boolean comes = release.documents().containsKey(in.name());
        var theirs = release.of(in.name());
        renames.of(in.name()).forEach((from, to) -> {
            var hash = known.remove(from);
            if (hash != null) { // Also of one that the customer removed, which so stays removed.
                known.putIfAbsent(renames.current(in.name(), from), hash);
            }
        });
        var all = byNewKey(in.name());
        var keys = new LinkedHashSet<>(theirs.keySet());
        keys.addAll(all.keySet());
        var made = new LinkedHashMap<String, SeedDraft>();
        for (var key : keys) {
            try {
                var draft = new SeedDraft(in, key, all.get(key), theirs.get(key), renames);
                made.put(key, draft);
                if (comes) {
                    decide(draft, known);
                }
            } catch (IllegalArgumentException unfit) {
                findings.add(new SeedFinding(
                        "",
                        in.name() + " " + key,
                        "",
                        "is stored in a form that cannot be read: " + unfit.getMessage()));
            }
        }
        drafts.put(in.name(), made);
        delivered.put(in.name(), known);
    }

    private void decide(SeedDraft draft, Map<String, String> known) {
        var theirs = draft.theirs;
        var hash = theirs == null ? null : SeedJson.hash(theirs);
        if (draft.stored == null && theirs != null) {
            var before = known.get(draft.key);
            if (before == null) {
                draft.becomes(Action.INSERT, theirs);
            } else if (!before.equals(hash)) {
                kept.add(draft.collection + " " + draft.key);
            }
        } else if (theirs == null) {
            gone(draft, known);
        } else {
            both(draft, theirs);
        }
        if (hash != null) {
            known.put(draft.key, hash);
        }
    }

    /** A document that is stored and not in the release. */
    private void gone(SeedDraft draft, Map<String, String> known) {
        if (draft.base == null || !release.complete() || draft.collection.equals(SeedCollections.USERS)) {
            return;
        }
        var now = renames.current(draft.collection, draft.key);
        if (ThreeWayMerge.same(draft.mine, draft.base) || isThere(draft, now)) {
            known.remove(draft.key); // A later release may bring it again.
            draft.becomes(Action.DELETE, null);
        } else if (!now.equals(draft.key)) {
            draft.refuse("the release renames it to %s, which is here already".formatted(now));
        } else {
            draft.refuse("the release removes it, and it was changed here");
        }
    }

    /** Whether a renamed document is stored under its new key as well, because the last attempt ended in between. */
    private boolean isThere(SeedDraft old, String key) {
        var found = stored(old.collection).get(key);
        var theirs = release.of(old.collection).get(key);
        if (key.equals(old.key) || found == null || theirs == null) {
            return false;
        }
        var in = Objects.requireNonNull(collections.get(old.collection));
        var there = new SeedDraft(in, key, found, theirs, renames);
        var moved = new SeedDraft(in, key, old.stored, theirs, renames);
        both(moved, Objects.requireNonNull(moved.theirs));
        return ThreeWayMerge.same(moved.result, there.mine);
    }

    private static void both(SeedDraft draft, Document theirs) {
        if (draft.base == null) {
            boolean equal = ThreeWayMerge.same(draft.mine, theirs) || draft.collection.equals(SeedCollections.USERS);
            if (equal) {
                draft.becomes(Action.NOTE, draft.mine);
            } else {
                draft.refuse("it was added here and by the release");
            }
        } else if (ThreeWayMerge.same(draft.base, theirs)) {
            return;
        } else if (draft.collection.equals(SeedCollections.USERS)) {
            boolean untouched = ThreeWayMerge.same(draft.mine, draft.base);
            draft.becomes(untouched ? Action.UPDATE : Action.NOTE, untouched ? theirs : draft.mine);
        } else {
            var shape = SeedCollections.schemaOf(draft.collection).shape(theirs);
            var merged = ThreeWayMerge.merge(draft.base, draft.mine, theirs, shape);
            draft.becomes(ThreeWayMerge.same(merged.value(), draft.mine) ? Action.NOTE : Action.UPDATE, (Document)
                    merged.value());
            merged.clashes()
                    .forEach(clash -> draft.conflicts.add(
                            new SeedDraft.Conflicting(clash, "it was changed here and by the release")));
        }
    }

    /** A merged document that is invalid falls back to the customer's; when that is invalid too, nothing is written. */
    private void validate(SeedDraft draft) {
        if (draft.theirs == null
                || draft.result == null
                || draft.action == null
                || draft.action == Action.INSERT
                || draft.collection.equals(SeedCollections.USERS)
                || ThreeWayMerge.same(draft.result, draft.theirs)) {
            return;
        }
        var wrong = wrong(draft, draft.result);
        if (!wrong.isEmpty() && draft.action == Action.UPDATE) {
            draft.refuse(
                    "the merged document would be invalid: " + wrong.getFirst().line());
            wrong = wrong(draft, Objects.requireNonNull(draft.result));
        }
        findings.addAll(wrong);
    }

    private static List<SeedFinding> wrong(SeedDraft draft, Document document) {
        return SeedCollections.schemaOf(draft.collection)
                .findings("", draft.collection + " " + draft.key, SeedJson.node(document));
    }

    private List<SeedPlan.Step> steps() {
        var steps = new ArrayList<SeedPlan.Step>();
        var removals = new ArrayList<SeedPlan.Step>();
        for (var all : drafts.values()) {
            for (var draft : all.values()) {
                var action = draft.written();
                if (action == Action.DELETE) {
                    removals.addFirst(step(draft, action));
                } else if (action != null) {
                    steps.add(step(draft, action));
                }
            }
        }
        for (var referrer : referrers) {
            referrer.behind(store, renames).forEach(followed -> steps.add(step(referrer, followed)));
        }
        steps.addAll(removals); // What refers to a document goes before it.
        return steps;
    }

    private static SeedPlan.Step step(SeedReferrer referrer, SeedReferrer.Followed followed) {
        var key = followed.before().key();
        return new SeedPlan.Step(
                referrer.type().name(),
                key,
                key,
                Action.UPDATE,
                followed.before().rev(),
                followed.now(),
                SeedPlan.changes(followed.before().value(), followed.now()),
                List.of());
    }

    private SeedPlan.Step step(SeedDraft draft, Action action) {
        var in = Objects.requireNonNull(collections.get(draft.collection));
        var standing = draft.stored == null ? null : draft.stored.value();
        var result = draft.result == null ? null : in.written(draft.result, standing, draft.noted(), release.version());
        return new SeedPlan.Step(
                draft.collection,
                draft.key,
                draft.stored == null ? draft.key : draft.stored.key(),
                action,
                draft.stored == null ? 0 : draft.stored.rev(),
                result,
                SeedPlan.changes(draft.before, draft.result),
                draft.conflicts.stream()
                        .map(conflict -> conflict(draft, conflict))
                        .toList());
    }

    private SeedConflict conflict(SeedDraft draft, SeedDraft.Conflicting conflict) {
        var clash = conflict.clash();
        return new SeedConflict(
                SeedConflict.id(draft.collection, draft.key, clash.path()),
                draft.collection,
                draft.key,
                clash.path(),
                conflict.reason(),
                clash.base(),
                clash.mine(),
                clash.theirs(),
                release.version(),
                now,
                SeedConflict.State.OPEN);
    }

    private List<SeedState> states() {
        var states = new ArrayList<SeedState>();
        for (var name : release.documents().keySet()) {
            states.add(state(name, Objects.requireNonNull(delivered.get(name))));
        }
        states.add(state(SeedState.RELEASE, Map.of()));
        return states;
    }

    private SeedState state(String id, Map<String, String> keys) {
        return new SeedState(id, release.version(), release.source(), release.hash(), now, keys);
    }
}
