package io.imaint.store.outbox;

import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The order in which the commands of an object are posted: that of their acceptance, by their places in its stream. */
final class PostingOrder {
    /** Of the items before one, mostly the first decides; more are read only behind discarded ones. */
    private static final int EARLIER = 10;

    /** Items of the other stream of an object that are read at once. */
    private static final int PAGE = 200;

    private final Store store;
    private final Documents<OutboxItem> items;

    /** @param store whole: streams reach beyond the plants of a caller */
    PostingOrder(Store store) {
        this.store = store;
        this.items = store.documents(OutboxItem.TYPE);
    }

    /** The stream in which commands of an object go on: that of its present name, else that of the item that created it. */
    String stream(String object) {
        if (last(object).isPresent()) {
            return object;
        }
        return items.list(Query.where(Condition.equal("object", object)).limit(1)).values().stream()
                .findFirst()
                .or(() -> creating(object))
                .map(OutboxItem::stream)
                .orElse(object);
    }

    /**
     * The item that creates an object and does not know its number yet, by the external id that the replica read with the
     * number; empty where the replica has none. A discarded one is none: what SAP has does not wait for it.
     */
    private Optional<OutboxItem> creating(String object) {
        if (unnumbered(object)) {
            return Optional.empty();
        }
        return Replicas.find(OutboxItem.collection(object))
                .flatMap(type -> store.documents(type).find(OutboxItem.number(object)))
                .flatMap(replica -> replica.value().text(Replicas.EXTERNAL_ID))
                .flatMap(items::find)
                .map(Stored::value)
                .filter(item -> item.creates() && item.state() != State.DISCARDED);
    }

    private static boolean unnumbered(String object) {
        return OutboxItem.ID.matcher(OutboxItem.number(object)).matches();
    }

    /** The name of an object after that of an item before it, which may not know the number that this one knows. */
    static String named(String before, String own) {
        return unnumbered(before) && !unnumbered(own) ? own : before;
    }

    Optional<OutboxItem> first(String stream) {
        return end(stream, false);
    }

    Optional<OutboxItem> last(String stream) {
        return end(stream, true);
    }

    private Optional<OutboxItem> end(String stream, boolean last) {
        return items
                .list(Query.where(Condition.equal("stream", stream))
                        .sorted("sequence", last)
                        .limit(1))
                .values()
                .stream()
                .findFirst();
    }

    /**
     * What stands before an item.
     *
     * @param blocker has to be posted before; null where nothing has
     * @param object as the item before it in the stream calls its object
     */
    record Before(@Nullable OutboxItem blocker, String object) {}

    /** Looks for what stands before an item: a discarded one does not, unless it was to create the object. */
    Before before(OutboxItem item) {
        var object = item.object();
        var earlier = Condition.and(
                Condition.equal("stream", item.stream()), new Condition.Range("sequence", null, item.sequence()));
        var query = Query.where(earlier).sorted("sequence", true).limit(EARLIER);
        for (var page = items.list(query); ; page = items.list(query.after(page.next()))) {
            for (var one : page.values()) {
                if (one.state() == State.POSTED) { // And nothing before it is unsettled.
                    var name = named(one.object(), item.object());
                    return new Before(outside(item, name), name);
                }
                if (one.state() != State.DISCARDED || one.neverCreated()) {
                    return new Before(one, named(one.object(), item.object()));
                }
                object = named(one.object(), item.object());
            }
            if (page.next() == null) {
                return new Before(outside(item, object), object);
            }
        }
    }

    /** What has to be posted before an item and is not in its stream; null where nothing is. */
    private @Nullable OutboxItem outside(OutboxItem item, String object) {
        var needed = needed(item);
        return needed == null
                ? inOther(item, object, Outbox.UNSETTLED)
                        .filter(other -> precedes(other, item, item.stream().equals(object)))
                        .max(Comparator.comparingLong(OutboxItem::sequence))
                        .orElse(null)
                : needed;
    }

    /**
     * The order between the two streams of an object. Places of different streams tell nothing, so that the times of
     * acceptance do, which never fall within a stream and are as good as the clocks of the processes agree; those by the id go first where they are equal.
     */
    private static boolean precedes(OutboxItem other, OutboxItem item, boolean byNumber) {
        int order = other.acceptedAt().compareTo(item.acceptedAt());
        return order < 0 || (order == 0 && byNumber);
    }

    /**
     * Items of the same object in its other stream. There is one where the replica had the number of an object, but not the
     * id of the item that creates it, before that was known as posted: then commands by the number have a stream of their
     * own.
     */
    Stream<OutboxItem> inOther(OutboxItem item, String object, List<State> states) {
        if (unnumbered(object)) {
            return Stream.empty(); // Without a number there is one name only.
        }
        var other = Condition.and(
                Condition.equal("object", object),
                new Condition.In("state", states),
                new Condition.Not(Condition.equal("stream", item.stream())));
        var query = Query.where(other).limit(PAGE);
        var found = new ArrayList<OutboxItem>();
        String after;
        do {
            var page = items.list(query);
            found.addAll(page.values());
            after = page.next();
            query = query.after(after);
        } while (after != null);
        return found.stream();
    }

    /** An item that creates what another one refers to, and is not posted; null where all are. */
    private @Nullable OutboxItem needed(OutboxItem item) {
        return item.request().references().values().stream()
                .flatMap(id -> items.find(id).stream())
                .map(Stored::value)
                .filter(creating -> creating.state() != State.POSTED)
                .findFirst()
                .orElse(null);
    }
}
