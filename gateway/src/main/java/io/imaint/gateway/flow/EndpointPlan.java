package io.imaint.gateway.flow;

import io.imaint.gateway.expression.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A proxy endpoint that can run. */
record EndpointPlan(
        String name,
        String basePath,
        FlowPlan preFlow,
        List<FlowPlan> conditionalFlows,
        FlowPlan postFlow,
        StepPlan[] postClient,
        List<RoutePlan> routes,
        FaultPlan faults,
        boolean streamsRequest,
        boolean streamsResponse) {
    /** A route; a null condition is always true, a null target means that the policies answer. */
    record RoutePlan(
            String name,
            @Nullable Condition condition,
            @Nullable TargetPlan target,
            FaultPlan faults) {
        boolean applies(FlowContext context) {
            return condition == null || condition.test(context);
        }
    }
}
