package io.imaint.gateway.flow;

import io.imaint.gateway.expression.Condition;
import org.jspecify.annotations.Nullable;

/** A flow that can run; a null condition is always true. */
record FlowPlan(String name, @Nullable Condition condition, StepPlan[] request, StepPlan[] response) {
    static final FlowPlan EMPTY = new FlowPlan("", null, StepPlan.NONE, StepPlan.NONE);
}
