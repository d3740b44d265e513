package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integrations;
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
                    .forEach(stored -> standstill.leases.add(lease(store.leases(), stored.key(), terms)));
            return standstill;
        } catch (RuntimeException | Error running) {
            standstill.close();
            throw running;
        }
    }

    private static HeldLease lease(Leases leases, String integration, LoadTerms terms) {
        return HeldLease.acquire(leases, integration, terms)
                .orElseThrow(() -> InboundProblem.INBOUND_RUNNING.because("%s, by %s"
                        .formatted(
                                integration,
                                leases.holder(HeldLease.nameFor(integration))
                                        .map(Leases.Lease::holder)
                                        .orElse("a runner that just ended"))));
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
