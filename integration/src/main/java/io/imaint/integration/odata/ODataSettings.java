package io.imaint.integration.odata;

import io.imaint.kernel.settings.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * The connection to one OData V2 service.
 *
 * @param serviceUrl the service's root with http or https, such as {@code https://host/sap/opu/odata/invicl/NAME_SRV};
 *     a query is not part of it
 * @param user the SAP user for Basic authentication; empty sends no credentials
 * @param password of that user
 * @param client the SAP client, such as {@code 100}; empty leaves it to the system's default
 * @param language the logon language, such as {@code EN}; empty leaves it to the user's default
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest silence of the server while it answers
 */
public record ODataSettings(
        URI serviceUrl,
        String user,
        Secret password,
        String client,
        String language,
        Duration connectTimeout,
        Duration readTimeout) {

    public ODataSettings {
        var scheme = serviceUrl.getScheme();
        var web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!web || serviceUrl.getHost() == null || serviceUrl.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "a service URL is http(s)://host/path without a query, not " + serviceUrl.getPath());
        }
        if (!connectTimeout.isPositive() || !readTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts are longer than zero");
        }
    }
}
