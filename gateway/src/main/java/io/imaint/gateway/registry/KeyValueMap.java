package io.imaint.gateway.registry;

import io.imaint.kernel.settings.Secret;
import java.util.Map;

/**
 * A map that policies read and write.
 *
 * @param scopeId the name of the proxy, or of proxy and policy; empty in the wider scopes
 * @param encrypted whether only {@code private.} variables take its values
 */
public record KeyValueMap(Scope scope, String scopeId, String name, boolean encrypted, Map<String, Secret> entries) {
    /** Who shares it. */
    public enum Scope {
        ORGANIZATION,
        ENVIRONMENT,
        APIPROXY,
        POLICY
    }

    /** Scope, its id and name, joined by slashes: under which the map is kept. */
    public String id() {
        return scope + "/" + scopeId + "/" + name;
    }
}
