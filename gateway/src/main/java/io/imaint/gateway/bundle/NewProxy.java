package io.imaint.gateway.bundle;

import java.util.Optional;

/**
 * What somebody says who makes a proxy.
 *
 * @param serviceCode {@code REST}, {@code ODATA} or {@code SOAP}
 * @param target empty for a proxy whose policies make the response
 */
public record NewProxy(
        String name,
        String title,
        String description,
        String basePath,
        String serviceCode,
        Optional<ProxyTarget> target) {}
