package io.imaint.gateway.registry;

import io.imaint.kernel.settings.Secret;
import java.util.Optional;

/**
 * A backend system.
 *
 * @param onPremise whether it is reached through a connector
 * @param host of an on-premise system the virtual host
 * @param tls whether it is reached by HTTPS
 * @param locationId which connector; empty for the default one
 * @param user for basic authentication; empty for none
 * @param trustStore the name of a store of certificates; empty for those of the Java runtime
 * @param keyStore the name of the client's certificate for mutual TLS; empty for none
 * @param pathPrefix of the catalog, such as {@code /sap/opu/odata}
 * @param catalogPath behind the prefix, such as {@code /iwfnd/catalogservice/ServiceCollection}
 */
public record ApiProvider(
        String name,
        String title,
        String description,
        boolean onPremise,
        String host,
        int port,
        boolean tls,
        String locationId,
        String sapClient,
        Optional<String> user,
        Optional<Secret> password,
        String trustStore,
        String keyStore,
        String pathPrefix,
        String catalogPath) {
    /** Scheme, host and port. Every request asks for it, so it is put together in the cheapest way. */
    public String origin() {
        return (tls ? "https://" : "http://") + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
