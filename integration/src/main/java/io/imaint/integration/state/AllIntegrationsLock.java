package io.imaint.integration.state;

import io.imaint.integration.definition.Integrations;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Leases;
import io.imaint.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the leases of all integrations, so that none runs. */
public final class AllIntegrationsLock implements AutoCloseable {
    /** What holds the lock's own lease instead of an integration; no integration is named so. */
    private static final String ALL = "*";

    private final Store store;
    private final List<HeldLease> leases = new ArrayList<>();

    private AllIntegrationsLock(Store store) {
        this.store = store;
    }

    /**
     * Takes the leases of all integrations.
     *
     * @throws io.imaint.kernel.problem.Failure {@link InboundProblem#INBOUND_RUNNING} when one is running
     */
    public static AllIntegrationsLock of(Store store, LoadOptions options) {
        var lock = new AllIntegrationsLock(store);
        try {
            lock.hold(ALL, options);
            Integrations.all(store.documents(Integrations.TYPE)).forEach(stored -> lock.hold(stored.key(), options));
            return lock;
        } catch (RuntimeException | Error running) {
            lock.close();
            throw running;
        }
    }

    /** Who holds the lock; empty when nobody does. */
    static Optional<String> holder(Store store) {
        return HeldLease.holder(store, HeldLease.nameFor(ALL));
    }

    /** The integration's own lease keeps new runs out; those of an open load's partitions, the runs that began before. */
    private void hold(String integration, LoadOptions options) {
        leases.add(HeldLease.await(store, integration, options, new Cancellation())
                .orElseThrow(() -> running(store, integration, HeldLease.nameFor(integration))));
        var load = InboundState.of(store, integration).load();
        var plan = load.plan();
        for (int partition = 1; plan != null && !plan.done() && partition <= plan.partitions(); partition++) {
            var name = HeldLease.nameFor(integration, partition);
            leases.add(HeldLease.acquire(store, integration, partition, options)
                    .orElseThrow(() -> running(store, integration, name)));
        }
    }

    private static Failure running(Store store, String integration, String lease) {
        return InboundProblem.INBOUND_RUNNING.because("%s, by %s"
                .formatted(
                        integration.equals(ALL) ? "a dump, reset, restore or switch is running" : integration,
                        store.leases()
                                .holder(lease)
                                .map(Leases.Lease::holder)
                                .orElse("a process that has just ended")));
    }

    /** The store for what is done in the lock: it refuses writes once that is over. */
    public Store store() {
        return store.under(leases.stream().map(HeldLease::lease).toList());
    }

    /** Fails when the lock is over, or may be: what is read by now could be changing. */
    public void check() {
        leases.forEach(HeldLease::check);
    }

    @Override
    public void close() {
        leases.forEach(HeldLease::close);
    }
}
