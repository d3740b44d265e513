package io.imaint.gateway.flow;

import io.imaint.gateway.expression.Condition;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A step that can run.
 *
 * @param element the type of the policy
 * @param condition null for always
 * @param runs how often it ran, and how long it took
 */
record StepPlan(
        String policy,
        String element,
        @Nullable Condition condition,
        Policy work,
        boolean continueOnError,
        String failedVariable,
        String policyFailedVariable,
        Runs runs) {
    static final StepPlan[] NONE = {};

    /** Figures of a step since its revision was deployed. */
    record Runs(LongAdder count, LongAdder nanos, LongAdder faults) {
        Runs() {
            this(new LongAdder(), new LongAdder(), new LongAdder());
        }
    }
}
