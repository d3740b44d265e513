package io.imaint.store;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.Documents.Written;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.outbox.OutboxQueue;
import io.imaint.store.outbox.OutboxQueue.Claimed;
import io.imaint.store.replica.Replicas;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What people and consumers do with an outbox, in short words. */
final class OutboxWork {
    static final Caller HECTOR = new Caller("hector", Set.of(), PlantScope.of("1000"));

    /** Longer than a claim lives. */
    static final Duration FOR_LONG = Duration.ofMinutes(5);

    private final Store store;
    private final InstantSource clock;

    OutboxWork(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Outbox outbox() {
        return new Outbox(store, clock);
    }

    OutboxQueue queue() {
        return new OutboxQueue(store, clock);
    }

    OutboxItem accepted(Draft draft) {
        return outbox().accept(draft, HECTOR).value();
    }

    OutboxItem release(String order) {
        return accepted(step(id(), Command.RELEASE_ORDER, order));
    }

    /** Brings an order into the replica that SAP created for an item. */
    void replicate(String order, String item) {
        store.documents(Replicas.WORK_ORDERS)
                .upsertAll(List.of(new Document()
                        .put(Replicas.ID, order)
                        .put(Replicas.PLANT, "1000")
                        .put(Replicas.EXTERNAL_ID, item)));
    }

    OutboxItem item(String id) {
        return outbox().find(id, HECTOR).orElseThrow().value();
    }

    State state(OutboxItem item) {
        return item(item.id()).state();
    }

    Claimed claimed(OutboxItem item) {
        return queue().claim(item.id(), "process-1").orElseThrow();
    }

    List<String> post(OutboxItem item, String number) {
        return queue().posted(claimed(item), new Outcome(number, null, null, "saved", null));
    }

    void fail(OutboxItem item) {
        queue().failed(claimed(item), Outcome.words("IW/500", "order is locked", "Unlock it."));
    }

    Written<OutboxItem> retry(OutboxItem item) {
        var stands = outbox().find(item.id(), HECTOR).orElseThrow();
        return outbox().retry(item.id(), stands.rev(), Map.of(), HECTOR);
    }

    Written<OutboxItem> discard(OutboxItem item) {
        var stands = outbox().find(item.id(), HECTOR).orElseThrow();
        return outbox().discard(item.id(), stands.rev(), "no longer needed", HECTOR);
    }

    List<String> facts() {
        return FactContract.logged(store).stream().map(StoredFact::name).toList();
    }

    /** An order to create. */
    static Draft order(String id) {
        return new Draft(
                id,
                Command.CREATE_ORDER,
                "WorkOrders",
                null,
                "1000",
                null,
                new Document().put("description", "pump leaks"),
                new Document(),
                Map.of());
    }

    /** A step of an order: its number, or the id of the item that creates it. */
    static Draft step(String id, Command command, String order) {
        return new Draft(id, command, "WorkOrders", order, "1000", order, new Document(), new Document(), Map.of());
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    /** Looks at every page of those that wait until all of them fit. */
    static void recover(OutboxQueue queue) {
        for (int quiet = 0; quiet < 3; ) {
            quiet = queue.recover() == 0 ? quiet + 1 : 0;
        }
    }
}
