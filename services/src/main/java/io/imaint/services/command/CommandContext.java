package io.imaint.services.command;

import io.imaint.store.Store;
import io.imaint.store.replica.ReplicaView;
import java.time.InstantSource;

/** What every group of commands works with: the replica, what is pending, the way to the outbox and the clock. */
public record CommandContext(ReplicaView seen, PendingView pending, Commands commands, InstantSource clock) {
    public CommandContext(Store store, InstantSource clock) {
        this(new ReplicaView(store), new PendingView(store, clock), new Commands(store, clock), clock);
    }

    public Findings findings() {
        return new Findings(clock);
    }

    public ReferenceData reference(Findings findings) {
        return new ReferenceData(seen, findings);
    }
}
