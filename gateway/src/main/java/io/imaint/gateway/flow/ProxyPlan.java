package io.imaint.gateway.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A revision of a proxy that can run. It is never changed: a request keeps the plan that it began with.
 *
 * @param steps every step of every flow, for figures
 */
public record ProxyPlan(String name, int revision, List<EndpointPlan> endpoints, List<StepPlan> steps) {
    /** How a policy has done since the revision was deployed. */
    public record PolicyFigures(String policy, String type, long runs, long faults, long nanos) {}

    /** The policies' figures, those that took longest first. */
    public List<PolicyFigures> figures() {
        var figures = new ArrayList<PolicyFigures>();
        for (var step : steps) {
            var runs = step.runs();
            figures.add(new PolicyFigures(
                    step.policy(),
                    step.element(),
                    runs.count().sum(),
                    runs.faults().sum(),
                    runs.nanos().sum()));
        }
        figures.sort(Comparator.comparingLong(PolicyFigures::nanos).reversed());
        return figures;
    }

    /** The base paths of its endpoints. */
    public List<String> basePaths() {
        return endpoints.stream().map(EndpointPlan::basePath).toList();
    }
}
