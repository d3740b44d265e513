package io.imaint.store.outbox;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.outbox.OutboxItem.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that are not settled, where data is dumped, restored or left for another SAP system. */
public final class OutboxBackup {
    private static final Condition UNSETTLED = new Condition.In("state", Outbox.UNSETTLED);
    private static final int PAGE = 200;

    private final Documents<OutboxItem> items;
    private final Documents<Document> documents;
    private final OutboxQueue queue;
    private final InstantSource clock;

    /** @param store in the name of who dumps, restores or leaves */
    public OutboxBackup(Store store, InstantSource clock) {
        this.items = store.documents(OutboxItem.TYPE);
        this.documents = store.documents(OutboxItem.TYPE.whole());
        this.queue = new OutboxQueue(store, clock);
        this.clock = clock;
    }

    /** How many items are not settled. */
    public long unsettled() {
        return items.count(UNSETTLED);
    }

    /** The documents of the items that are not settled. */
    public List<Document> read() {
        var found = new ArrayList<Document>();
        @Nullable String after = null;
        do {
            var page = documents.list(Query.where(UNSETTLED).limit(PAGE).after(after));
            found.addAll(page.values());
            after = page.next();
        } while (after != null);
        return found;
    }

    /**
     * Brings back the items that this store does not know. Since the backup SAP may have carried them out, so that it is
     * asked before any of them is sent.
     */
    public void restore(List<Document> backup) {
        for (var document : backup) {
            var item = OutboxItem.TYPE.read(document);
            for (long place = item.sequence(); items.find(item.id()).isEmpty(); place = next(item.stream())) {
                try {
                    var unused = items.insert(item.restored(place, clock.instant()));
                } catch (Failure failed) {
                    if (failed.code() != StoreProblem.DUPLICATE) {
                        throw failed;
                    }
                    // Since the backup another command took its place in the stream.
                }
            }
        }
    }

    private long next(String stream) {
        return queue.order().last(stream).map(OutboxItem::sequence).orElse(0L) + 1;
    }

    /**
     * Gives up every item that is not settled, whatever SAP may have made of it: for an installation that goes over to
     * another SAP system.
     *
     * @return how many
     */
    public long discardAll(String reason, Caller caller) {
        long discarded = 0;
        for (var left = first(); !left.isEmpty(); left = first()) {
            for (var item : left) {
                var stands = items.update(item.id(), stored -> discarded(stored.value(), reason, caller));
                discarded += stands.isPresent() ? 1 : 0;
            }
        }
        return discarded;
    }

    private List<OutboxItem> first() {
        return items.list(Query.where(UNSETTLED).limit(PAGE)).values();
    }

    private @Nullable Change<OutboxItem> discarded(OutboxItem item, String reason, Caller caller) {
        return item.state().settled()
                ? null
                : Change.of(
                        item.step(clock.instant())
                                .settled(State.DISCARDED)
                                .logged("discarded", caller.id(), null, reason)
                                .item(),
                        new CommandDiscarded(item.command().toString(), item.object(), reason));
    }
}
