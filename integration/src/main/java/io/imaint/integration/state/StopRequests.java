package io.imaint.integration.state;

import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Leases.Lease;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The wishes that runs of integrations end soon, whichever process they are in.
 *
 * <p>They are counted, a document for each integration. A run remembers the count when it begins and ends when it finds
 * a higher one; so a wish reaches all that work at the integration by then, also those that wait for a part, and none
 * that begins later, and no clocks are compared.
 */
public final class StopRequests {
    /**
     * How often it was wished that an integration's runs end.
     *
     * @param at when last
     */
    record Wished(String integration, long times, Instant at) {}

    static final CollectionType<Wished> TYPE = CollectionType.of("InboundStops", Wished.class, Wished::integration)
            .unscoped("replication spans all plants");

    /** As soon as a person expects it; one small read. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Store store;
    private final Documents<Wished> wishes;
    private final InstantSource clock;

    public StopRequests(Store store, InstantSource clock) {
        this.store = store;
        this.wishes = store.documents(TYPE);
        this.clock = clock;
    }

    /**
     * Wishes that all runs of an integration end at their next chunk of rows; returns who runs.
     *
     * @throws io.imaint.kernel.problem.Failure {@link InboundProblem#INBOUND_NOT_STOPPED} when nobody does
     */
    public List<String> request(String integration) {
        var runners = runners(integration);
        if (runners.isEmpty()) {
            throw InboundProblem.INBOUND_NOT_STOPPED.because(integration + " does not run");
        }
        UnaryOperator<Wished> again = before -> new Wished(integration, before.times() + 1, clock.instant());
        var never = new Wished(integration, 0, clock.instant());
        if (wishes.update(integration, wish -> Change.of(again.apply(wish.value())))
                        .isEmpty()
                && wishes.insert(again.apply(never)) instanceof Written.Lost<Wished>) {
            wishes.update(integration, wish -> Change.of(again.apply(wish.value())));
        }
        return runners;
    }

    /** Who holds a lease of an integration or of a part of its load, and may be alive. */
    private List<String> runners(String integration) {
        var plan = InboundStates.of(store.documents(InboundStates.TYPE), integration)
                .load()
                .plan();
        var parts = parts(plan).mapToObj(part -> HeldLease.nameFor(integration, part));
        var here = Holder.here();
        return Stream.concat(Stream.of(HeldLease.nameFor(integration)), parts)
                .flatMap(lease -> store.leases().holder(lease).stream())
                .map(Lease::holder)
                .filter(holder -> !here.surelyEnded(holder))
                .distinct()
                .toList();
    }

    private static IntStream parts(@Nullable LoadPlan plan) {
        return plan == null || plan.done() ? IntStream.empty() : IntStream.rangeClosed(1, plan.parts());
    }

    /** The wish that a run ends which begins now: the given one, or one in the store from now on. */
    public Stop heeding(Stop stop, String integration) {
        return stop.or(new Heed(integration)::wished);
    }

    /** What a run hears of wishes that came after it began. */
    private final class Heed {
        private final String integration;
        private final long before;
        private Instant lookedAt = clock.instant();
        private boolean wished;

        Heed(String integration) {
            this.integration = integration;
            this.before = times(wishes.find(integration));
        }

        synchronized boolean wished() {
            var now = clock.instant();
            if (!wished && (!lookedAt.plus(LOOK).isAfter(now) || lookedAt.isAfter(now))) {
                lookedAt = now;
                wished = times(wishes.find(integration)) > before;
            }
            return wished;
        }
    }

    private static long times(Optional<Stored<Wished>> wish) {
        return wish.map(Stored::value).map(Wished::times).orElse(0L);
    }
}
