package io.imaint.gateway.bundle;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.FaultRule;
import io.imaint.gateway.model.Flow;
import io.imaint.gateway.model.RouteRule;
import io.imaint.gateway.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step and the file that it stands in.
 *
 * @param file the path of the endpoint
 */
record StepPlace(Step step, String file) {
    /** All steps of a proxy, those of fault rules too. */
    static List<StepPlace> all(ApiProxy proxy) {
        var all = new ArrayList<StepPlace>();
        for (var one : proxy.proxyEndpoints()) {
            var flows = new ArrayList<>(List.of(one.preFlow(), one.postFlow(), one.postClientFlow()));
            flows.addAll(one.conditionalFlows());
            flows(flows, one.file(), all);
            rules(one.faultRules(), one.defaultFaultRule(), one.file(), all);
            one.routeRules().stream()
                    .map(RouteRule::faultRules)
                    .forEach(rules -> rules(rules, Optional.empty(), one.file(), all));
        }
        for (var one : proxy.targetEndpoints()) {
            var flows = new ArrayList<>(List.of(one.preFlow(), one.postFlow()));
            flows.addAll(one.conditionalFlows());
            flows(flows, one.file(), all);
            rules(one.faultRules(), one.defaultFaultRule(), one.file(), all);
        }
        return all;
    }

    private static void flows(List<Flow> flows, String file, List<StepPlace> all) {
        for (var flow : flows) {
            flow.request().forEach(step -> all.add(new StepPlace(step, file)));
            flow.response().forEach(step -> all.add(new StepPlace(step, file)));
        }
    }

    private static void rules(List<FaultRule> rules, Optional<FaultRule> last, String file, List<StepPlace> all) {
        rules.forEach(rule -> rule.steps().forEach(step -> all.add(new StepPlace(step, file))));
        last.ifPresent(rule -> rule.steps().forEach(step -> all.add(new StepPlace(step, file))));
    }
}
