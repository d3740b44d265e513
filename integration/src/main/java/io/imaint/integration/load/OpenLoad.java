package io.imaint.integration.load;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.state.InboundStates;
import io.imaint.integration.state.LoadPlan;
import io.imaint.integration.state.PartState;
import io.imaint.integration.state.PartStates;
import java.util.List;

/** A load that has a plan and has not come to its end, as one of those who work at it sees it. */
record OpenLoad(LoadShared shared, Integration integration, LoadPlan plan, PageSize pageSize) {
    String name() {
        return integration.name();
    }

    /** The parts that have begun. */
    List<PartState> parts() {
        return PartStates.of(shared.parts(), name(), plan);
    }

    /** Whether the plan is still what is to be done. */
    boolean current() {
        var now = InboundStates.of(shared.states(), name()).load().plan();
        return now != null && now.id().equals(plan.id()) && !now.done();
    }
}
