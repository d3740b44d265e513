package io.imaint.integration.references;

import io.imaint.integration.references.References.Link;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Changed;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes every copy right after each change, in whatever order things arrive.
 *
 * <p>The changes of every collection are followed in the order of the store's change sequence. A changed document is
 * resolved again; where it is somebody's parent, its children are.
 *
 * <pre>
 *   sequence of a parent's collection     … p …          p: the parent's last change
 *   sequence of its children's            … q …  | …     q: the child's last change;  |: how far they are followed
 * </pre>
 *
 * <p>Why no child keeps a wrong copy: when the parent's change p is taken up, a child either stands before the mark and
 * is resolved now, from the parent as it stands, or it stands behind the mark, and then its own change is still to
 * come, when it will be resolved from the parent as it stands then. A child is replaced only in the revision that was
 * read; whoever was faster has made a change of its own, which is behind the mark again. What is written here is a
 * change too, so copies of copies follow; it ends because a document that is right already is not written.
 *
 * <p>The mark is kept after the work that it speaks of, so after a crash some of it is done again and changes nothing.
 * After a round that failed, another one takes over: this one may remember children that it did not come to.
 */
final class Follower {
    /** Large enough that the parents of many are read at once, small enough for memory and for giving up early. */
    private static final int BATCH = 500;

    /** So that a collection that is being loaded does not keep the others waiting for long. */
    private static final int BATCHES_MAX = 20;

    /** Parents of which is remembered what was copied from them; an entry takes some hundred bytes. */
    private static final int REMEMBERED_MAX = 50_000;

    /** Another process has the mark now. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Overtaken(String collection) {
            super(collection + " is followed by another process", null, false, false);
        }
    }

    private final Store store;
    private final References references;
    private final Runnable check;
    private final Children children;
    private final Documents<MappedPosition> marks;
    private final Map<String, Stored<MappedPosition>> known = new HashMap<>();
    private long healed;

    /** Where the sequence stood before a round that found nothing; -1 after one that did. */
    private long quietAt = -1;

    /**
     * A hash of what all children of a parent have copied from it, because most changes of a parent concern none of it.
     * Nothing is remembered where a child was resolved from the parent as it stood for a moment in between, and of
     * parents that are found by a field of theirs.
     */
    private final Map<String, Integer> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    /** @param check called before each step; what it throws ends the round, and the next one takes up where it ended */
    Follower(Store store, References references, Runnable check) {
        this.store = store;
        this.references = references;
        this.check = check;
        this.children = new Children(store, check);
        this.marks = store.documents(MappedPosition.TYPE);
    }

    /** Takes up what changed since the last round, parents first; false when nothing did. */
    boolean round() {
        long position = store.position();
        if (position == quietAt) {
            return false;
        }
        boolean found = false;
        for (var collection : references.order()) {
            for (int batch = 0; batch < BATCHES_MAX && batch(collection); batch++) {
                found = true;
            }
        }
        quietAt = found ? -1 : position;
        return found;
    }

    /** How many documents were written so far. */
    long healed() {
        return healed;
    }

    /** How far a collection is followed. */
    long mark(String collection) {
        return marked(collection).value().position();
    }

    private boolean batch(String collection) {
        check.run();
        var type = Replicas.find(collection).orElseThrow();
        var changes = store.documents(type).changesAfter(mark(collection), BATCH);
        if (changes.isEmpty()) {
            return false;
        }
        references
                .of(collection)
                .ifPresent(definition -> heal(
                        type,
                        definition,
                        changes.stream()
                                .flatMap(change -> change.stored().stream())
                                .toList()));
        healChildren(collection, changes);
        advance(collection, changes.getLast().position());
        return true;
    }

    private void heal(CollectionType<Document> type, CollectionReferences definition, List<Stored<Document>> all) {
        var resolved = all.stream()
                .map(stored -> definition.withoutCopies(stored.value()))
                .toList();
        var parents = new Parents(store, references);
        new Resolver(definition, parents, Resolver.Sight.NONE).resolve(resolved);
        parents.forEachById((collection, key, parent) -> {
            var copied = remembered.get(collection + "/" + key);
            if (copied != null && copied != hash(collection, parent)) {
                remembered.remove(collection + "/" + key);
            }
        });
        check.run();
        // Of those that were changed meanwhile the new change is still to come.
        healed += Replacements.write(store.documents(type), all, resolved);
    }

    private void healChildren(String collection, List<Changed<Document>> changes) {
        var links = references.into(collection);
        if (links.isEmpty()) {
            return;
        }
        boolean byId = links.stream().allMatch(link -> link.reference().byId());
        var concerned = new HashSet<String>();
        for (var change : changes) {
            int now = hash(collection, change.stored().map(Stored::value).orElse(null));
            // Before they are resolved, which may find the parent changed once more.
            var before = byId ? remembered.put(collection + "/" + change.key(), now) : null;
            if (before == null || before != now) {
                concerned.add(change.key());
            }
        }
        if (!concerned.isEmpty()) {
            links.forEach(link -> healChildren(link, concerned));
        }
    }

    /** Of the values that are copied; 0 when there is no parent. */
    private int hash(String collection, @Nullable Document parent) {
        if (parent == null) {
            return 0;
        }
        int hash = 1;
        for (var field : references.needed(collection)) {
            var value = parent.get(field);
            hash = 31 * hash + (value == null ? 0 : value.hashCode());
        }
        return hash;
    }

    private void healChildren(Link link, Set<String> keys) {
        var collection = link.children().collection();
        long mark = mark(collection);
        if (mark == 0) {
            return; // All of them are still to come.
        }
        var type = Replicas.find(collection).orElseThrow();
        Consumer<List<Stored<Document>>> page = found -> heal(
                type,
                link.children(),
                found.stream().filter(child -> child.position() <= mark).toList());
        if (link.reference().byId()) {
            children.of(link, new HashSet<>(keys), page);
        } else {
            children.all(link, page); // What a changed parent's field held before, nobody knows any more.
        }
    }

    private Stored<MappedPosition> marked(String collection) {
        return known.computeIfAbsent(collection, unseen -> {
            var fingerprint = fingerprint(collection);
            return marks.find(collection)
                    .filter(stored -> stored.value().fingerprint().equals(fingerprint))
                    .orElseGet(() -> new Stored<>(
                            collection,
                            marks.find(collection).map(Stored::rev).orElse(0L),
                            0,
                            new MappedPosition(collection, 0, fingerprint)));
        });
    }

    private String fingerprint(String collection) {
        return references.of(collection).map(CollectionReferences::fingerprint).orElse("");
    }

    private void advance(String collection, long position) {
        var before = marked(collection);
        var next = new MappedPosition(collection, position, fingerprint(collection));
        var written = before.rev() == 0 ? marks.insert(next) : marks.replace(next, before.rev());
        switch (written) {
            case Written.Done<MappedPosition> done -> known.put(collection, done.stored());
            case Written.Lost<MappedPosition> lost -> {
                known.remove(collection);
                throw new Overtaken(collection);
            }
        }
    }
}
