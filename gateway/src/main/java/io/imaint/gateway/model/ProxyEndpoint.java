package io.imaint.gateway.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where clients come in.
 *
 * @param basePath such as {@code /token}
 * @param routeRules in the order of their sequence
 * @param faultRules in the order of the file
 * @param conditionalFlows in the order of their sequence
 * @param file its path in the bundle
 */
public record ProxyEndpoint(
        String name,
        String basePath,
        Map<String, String> properties,
        List<RouteRule> routeRules,
        List<FaultRule> faultRules,
        Optional<FaultRule> defaultFaultRule,
        Flow preFlow,
        List<Flow> conditionalFlows,
        Flow postFlow,
        Flow postClientFlow,
        String file) {}
