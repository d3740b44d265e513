package io.imaint.integration.state;

import io.imaint.integration.definition.Integrations;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Leases;
import io.imaint.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The time in which no integration runs, because one hand holds the leases of all. */
public final class Standstill implements AutoCloseable {
    /** What holds the standstill's own lease instead of an integration; no integration is named so. */
    private static final String ALL = "*";

    private final Store store;
    private final List<HeldLease> leases = new ArrayList<>();

    private Standstill(Store store) {
        this.store = store;
    }

    /**
     * Takes the leases of all integrations.
     *
     * @throws io.imaint.kernel.problem.Failure {@link InboundProblem#INBOUND_RUNNING} when one is running
     */
    public static Standstill of(Store store, LoadTerms terms) {
        var standstill = new Standstill(store);
        try {
            standstill.hold(ALL, terms);
            Integrations.all(store.documents(Integrations.TYPE))
                    .forEach(stored -> standstill.hold(stored.key(), terms));
            return standstill;
        } catch (RuntimeException | Error running) {
            standstill.close();
            throw running;
        }
    }

    /** Who stands everything still now; empty when nobody does. */
    static Optional<String> holder(Store store) {
        return store.leases()
                .holder(HeldLease.nameFor(ALL))
                .map(Leases.Lease::holder)
                .filter(holder -> !Holder.here().surelyEnded(holder));
    }

    /** The integration's own lease keeps newcomers out; those of an open load's parts, who came before. */
    private void hold(String integration, LoadTerms terms) {
        leases.add(HeldLease.await(store, integration, terms, new Stop())
                .orElseThrow(() -> running(store, integration, HeldLease.nameFor(integration))));
        var load = InboundStates.of(store.documents(InboundStates.TYPE), integration)
                .load();
        var plan = load.plan();
        for (int part = 1; plan != null && !plan.done() && part <= plan.parts(); part++) {
            var name = HeldLease.nameFor(integration, part);
            leases.add(HeldLease.acquire(store, integration, part, terms)
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

    /** The store for what is done in the standstill: it refuses writes once that is over. */
    public Store store() {
        return store.under(leases.stream().map(HeldLease::lease).toList());
    }

    /** Fails when the standstill is over, or may be: what is read by now could be changing. */
    public void check() {
        leases.forEach(HeldLease::check);
    }

    @Override
    public void close() {
        leases.forEach(HeldLease::close);
    }
}
