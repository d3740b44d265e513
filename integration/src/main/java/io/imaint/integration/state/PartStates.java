package io.imaint.integration.state;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Leases;
import io.imaint.store.Query;
import io.imaint.store.Stored;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The parts of loads, a document each. Those that nobody has begun yet have none. */
public final class PartStates {
    public static final CollectionType<PartState> TYPE = CollectionType.of(
                    "InboundParts", PartState.class, PartState::key)
            .unscoped("replication spans all plants")
            .index("integration");

    private PartStates() {}

    /** The parts of a load that have begun, in order. */
    public static List<PartState> of(Documents<PartState> parts, String integration, LoadPlan plan) {
        var query = Query.where(Condition.equal("integration", integration)).limit(Query.LIMIT_MAX);
        return parts.list(query).items().stream()
                .map(Stored::value)
                .filter(part -> part.load().equals(plan.id()))
                .sorted(Comparator.comparingInt(PartState::number))
                .toList();
    }

    /** Who works at a part of an open load now; empty when nobody does, if only for a moment. */
    public static Optional<String> worker(Leases leases, InboundState state, LoadTerms terms) {
        var plan = state.load().plan();
        for (int number = 1; plan != null && !plan.done() && number <= plan.parts(); number++) {
            var holder = HeldLease.holder(leases, HeldLease.nameFor(state.integration(), number), terms);
            if (holder.isPresent()) {
                return holder;
            }
        }
        return Optional.empty();
    }

    public static boolean allDone(List<PartState> parts, LoadPlan plan) {
        return parts.stream().filter(part -> part.checkpoint().done()).count() == plan.parts();
    }

    public static Counters sum(List<PartState> parts) {
        return parts.stream().map(PartState::counters).reduce(Counters.NONE, Counters::plus);
    }
}
