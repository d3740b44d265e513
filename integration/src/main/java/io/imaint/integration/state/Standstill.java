package io.imaint.integration.state;

import io.imaint.integration.definition.Integrations;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Leases;
import io.imaint.store.Store;
import java.util.ArrayList;
import java.util.List;

/** The time in which no integration runs, because one hand holds the leases of all. */
public final class Standstill implements AutoCloseable {
    private final List<HeldLease> leases = new ArrayList<>();

    private Standstill() {}

    /**
     * Takes the leases of all integrations.
     *
     * @throws io.imaint.kernel.problem.Failure {@link InboundProblem#INBOUND_RUNNING} when one is running
     */
    public static Standstill of(Store store, LoadTerms terms) {
        var standstill = new Standstill();
        try {
            Integrations.all(store.documents(Integrations.TYPE))
                    .forEach(stored -> standstill.hold(store, stored.key(), terms));
            return standstill;
        } catch (RuntimeException | Error running) {
            standstill.close();
            throw running;
        }
    }

    /** The integration's own lease keeps newcomers out; those of an open load's parts, who came before. */
    private void hold(Store store, String integration, LoadTerms terms) {
        leases.add(HeldLease.acquire(store.leases(), integration, terms)
                .orElseThrow(() -> running(store, integration, HeldLease.nameFor(integration))));
        var load = InboundStates.of(store.documents(InboundStates.TYPE), integration)
                .load();
        var plan = load.plan();
        for (int part = 1; plan != null && !plan.done() && part <= plan.parts(); part++) {
            var name = HeldLease.nameFor(integration, part);
            leases.add(HeldLease.acquire(store.leases(), integration, part, terms)
                    .orElseThrow(() -> running(store, integration, name)));
        }
    }

    private static Failure running(Store store, String integration, String lease) {
        return InboundProblem.INBOUND_RUNNING.because("%s, by %s"
                .formatted(
                        integration,
                        store.leases().holder(lease).map(Leases.Lease::holder).orElse("a runner that just ended")));
    }

    /** Fails when the standstill is over, or may be: something could be loading by now. */
    public void check() {
        leases.forEach(HeldLease::check);
    }

    @Override
    public void close() {
        leases.forEach(HeldLease::close);
    }
}
