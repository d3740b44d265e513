package io.imaint.gateway.flow;

import io.imaint.gateway.expression.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fault rules that can run, in the order in which they are tried. */
record FaultPlan(List<Rule> rules, @Nullable Rule otherwise) {
    /** A rule; a null condition is always true. */
    record Rule(String name, @Nullable Condition condition, boolean alwaysEnforce, StepPlan[] steps) {
        boolean applies(FlowContext context) {
            return condition == null || condition.test(context);
        }
    }

    /** What runs after a fault. */
    record Chosen(String rule, StepPlan[] steps) {
        static final Chosen NOTHING = new Chosen("", StepPlan.NONE);
    }

    /** The first rule that applies; null for none. */
    private @Nullable Rule first(FlowContext context) {
        for (var rule : rules) {
            if (rule.applies(context)) {
                return rule;
            }
        }
        return null;
    }

    /**
     * The steps after a fault: those of the first rule that applies, here or else in the route; then those of the default rule, where no rule
     * applies or it is enforced.
     *
     * @param route the route's own rules; null where no route is chosen
     * @param raised whether a policy raised the fault, whose response the default rule must not replace
     */
    Chosen choose(FlowContext context, @Nullable FaultPlan route, boolean raised) {
        var rule = first(context);
        if (rule == null && route != null) {
            rule = route.first(context);
        }
        var last = otherwise;
        if (rule == null) {
            return last == null ? Chosen.NOTHING : new Chosen(last.name, last.steps);
        }
        if (last == null || !last.alwaysEnforce || raised) {
            return new Chosen(rule.name, rule.steps);
        }
        var both = new StepPlan[rule.steps.length + last.steps.length];
        System.arraycopy(rule.steps, 0, both, 0, rule.steps.length);
        System.arraycopy(last.steps, 0, both, rule.steps.length, last.steps.length);
        return new Chosen(rule.name, both);
    }
}
