package io.imaint.gateway.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where requests go out.
 *
 * @param url the target's address; empty where a provider has it
 * @param provider the name of an API provider; empty where {@code url} says it
 * @param relativePath behind the provider's path, such as {@code /sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV}
 * @param moreProviders for load balancing, after the first
 * @param healthMonitor whether targets that do not answer are left out for a while
 * @param retry whether the next provider is asked after a failure
 */
public record TargetEndpoint(
        String name,
        Optional<String> url,
        Optional<String> provider,
        String relativePath,
        List<String> moreProviders,
        boolean retry,
        boolean healthMonitor,
        Map<String, String> properties,
        List<FaultRule> faultRules,
        Optional<FaultRule> defaultFaultRule,
        Flow preFlow,
        List<Flow> conditionalFlows,
        Flow postFlow,
        String file) {}
