package io.imaint.gateway.model;

import java.util.List;
import java.util.Map;

/**
 * A proxy as its bundle describes it.
 *
 * @param serviceCode such as {@code REST} or {@code ODATA}
 * @param policies by name
 * @param resources by URL, such as {@code jsc://setresponse.js}
 */
public record ApiProxy(
        String name,
        String title,
        String description,
        String serviceCode,
        List<ProxyEndpoint> proxyEndpoints,
        List<TargetEndpoint> targetEndpoints,
        Map<String, PolicyFile> policies,
        Map<String, Resource> resources) {}
