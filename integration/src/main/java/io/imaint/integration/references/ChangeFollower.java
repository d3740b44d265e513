package io.imaint.integration.references;

import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Corrects copied fields after each change, in whatever order documents arrive.
 *
 * <p>The changes of every collection are followed in the order of the store's change sequence. A changed document is
 * resolved again, and so are its children.
 *
 * <pre>
 *   sequence of a parent's collection     … p …          p: the parent's last change
 *   sequence of its children's            … q …  | …     q: the child's last change;  |: the position followed so far
 * </pre>
 *
 * <p>Why no child keeps a wrong copy: when the parent's change p is processed, a child is either before the position and
 * is resolved now, from the parent as it is now; or it is behind the position, and its own change is still to come, when
 * it is resolved from the parent as it is then. A child is replaced only in the revision that was read; a concurrent
 * writer has made a change of its own, which is behind the position again. What is written here is a change too, so
 * copies of copies follow; it ends because a document that is already right is not written.
 *
 * <p>The position is stored after the work that it stands for, so after a crash some of it is done again and changes
 * nothing. After a round that failed, use a new follower: this one may remember children that it did not reach.
 */
final class ChangeFollower {
    /** Large enough to read many documents' parents at once, small enough for memory and for cancelling soon. */
    private static final int BATCH = 500;

    /** So that a collection that is being loaded does not delay the others for long. */
    private static final int BATCHES_MAX = 20;

    /** Parents whose copied values are remembered; an entry takes some hundred bytes. */
    private static final int REMEMBERED_MAX = 50_000;

    /**
     * How far the changes of a collection have been followed.
     *
     * @param position in the store's change sequence; 0 before the first
     * @param fingerprint of the references that were used; with others the collection is followed from the beginning
     */
    record Position(String collection, long position, String fingerprint) {
        static final CollectionType<Position> TYPE = CollectionType.of(
                        "MappedPositions", Position.class, Position::collection)
                .unscoped("replication spans all plants");
    }

    private final Store store;
    private final References references;
    private final Runnable check;
    private final Children children;
    private final Documents<Position> positions;
    private final Map<String, Stored<Position>> known = new HashMap<>();
    private long corrected;

    /** Where the sequence stood before a round that found nothing; -1 after one that did. */
    private long quietAt = -1;

    /**
     * A hash of what all children have copied from a parent, because most changes of a parent affect none of it. Nothing
     * is remembered where a child was resolved from a state in between, or where parents are found by another field.
     */
    private final Map<String, Integer> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_MAX)
            .executor(Runnable::run)
            .<String, Integer>build()
            .asMap();

    /** @param check called before each step; what it throws ends the round, and the next one continues there */
    ChangeFollower(Store store, References references, Runnable check) {
        this.store = store;
        this.references = references;
        this.check = check;
        this.children = new Children(store, check);
        this.positions = store.documents(Position.TYPE);
    }

    /**
     * Processes what changed since the last round, parents first; false when nothing did.
     *
     * @throws CancellationException when another process follows the changes
     */
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
    long corrected() {
        return corrected;
    }

    /** How far a collection has been followed. */
    long position(String collection) {
        return stored(collection).value().position();
    }

    private boolean batch(String collection) {
        check.run();
        var type = Replicas.find(collection).orElseThrow();
        var changes = store.documents(type).changesAfter(position(collection), BATCH);
        if (changes.isEmpty()) {
            return false;
        }
        var changed =
                changes.stream().flatMap(change -> change.stored().stream()).toList();
        references.of(collection).ifPresent(definition -> correct(type, definition, changed));
        correctChildren(collection, changes);
        advance(collection, changes.getLast().position());
        return true;
    }

    private void correct(CollectionType<Document> type, CollectionReferences definition, List<Stored<Document>> all) {
        var parents = new Parents(store, references);
        var resolved = new Resolver(definition, parents).resolved(all);
        parents.known().forEach((target, found) -> {
            if (target.byId()) {
                found.forEach((key, parent) -> remembered.computeIfPresent(
                        target.collection() + "/" + key,
                        (name, copied) -> copied == hash(target.collection(), parent.orElse(null)) ? copied : null));
            }
        });
        check.run();
        // Those that were changed meanwhile have a change that is still to come.
        corrected += Resolver.write(store.documents(type), all, resolved);
    }

    private void correctChildren(String collection, List<Changed<Document>> changes) {
        var links = references.into(collection);
        if (links.isEmpty()) {
            return;
        }
        boolean byId = links.stream().allMatch(link -> link.reference().to().byId());
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
            links.forEach(link -> correctChildren(link, concerned));
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

    private void correctChildren(Link link, Set<String> keys) {
        var collection = link.children().collection();
        long followed = position(collection);
        if (followed == 0) {
            return; // All of them are still to come.
        }
        var type = Replicas.find(collection).orElseThrow();
        Consumer<List<Stored<Document>>> page = found -> correct(
                type,
                link.children(),
                found.stream().filter(child -> child.position() <= followed).toList());
        if (link.reference().to().byId()) {
            children.of(link, Set.copyOf(keys), page);
        } else {
            children.all(link, page); // The earlier value of a changed parent's field is unknown.
        }
    }

    private Stored<Position> stored(String collection) {
        return known.computeIfAbsent(collection, unseen -> {
            var fingerprint = references.fingerprint(collection);
            var found = positions.find(collection);
            return found.filter(stored -> stored.value().fingerprint().equals(fingerprint))
                    .orElseGet(() -> new Stored<>(
                            collection,
                            found.map(Stored::rev).orElse(0L),
                            0,
                            new Position(collection, 0, fingerprint)));
        });
    }

    private void advance(String collection, long position) {
        var before = stored(collection);
        var next = new Position(collection, position, references.fingerprint(collection));
        var written = before.rev() == 0 ? positions.insert(next) : positions.replace(next, before.rev());
        switch (written) {
            case Written.Done<Position> done -> known.put(collection, done.stored());
            case Written.Lost<Position> lost -> {
                known.remove(collection);
                throw new CancellationException(collection + " is followed by another process");
            }
        }
    }
}
