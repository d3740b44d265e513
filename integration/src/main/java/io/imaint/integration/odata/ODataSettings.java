package io.imaint.integration.odata;

import io.imaint.kernel.settings.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * The connection to one OData V2 service.
 *
 * @param serviceUrl the service's root with http or https, such as {@code https://host/sap/opu/odata/invicl/NAME_SRV};
 *     a query is not part of it
 * @param credentials who asks
 * @param client the SAP client, such as {@code 100}; empty leaves it to the system's default
 * @param language the logon language, such as {@code EN}; empty leaves it to the user's default
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest silence of the server while it answers
 */
public record ODataSettings(
        URI serviceUrl,
        Credentials credentials,
        String client,
        String language,
        Duration connectTimeout,
        Duration readTimeout) {

    /** For a SAP user; an empty one sends no credentials. */
    public ODataSettings(
            URI serviceUrl,
            String user,
            Secret password,
            String client,
            String language,
            Duration connectTimeout,
            Duration readTimeout) {
        this(serviceUrl, new Credentials.Basic(user, password), client, language, connectTimeout, readTimeout);
    }

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

    /**
     * What one answer may cost before it is given up.
     *
     * @param pageBytesMax size of a page after decompression
     * @param metadataBytesMax size of a metadata document after decompression
     * @param textLengthMax characters of one value
     * @param answerWaitMax time spent waiting for the server over a whole answer; the time of the sink does not count
     */
    record Limits(long pageBytesMax, int metadataBytesMax, int textLengthMax, Duration answerWaitMax) {
        /**
         * A page of 100,000 rows with 400 properties stays far below half a gigabyte, the largest metadata documents seen
         * have 2.4 MB, SAP's long texts end at some hundred kilobytes, and a Gateway ends its own requests after 10 minutes
         * (rdisp/max_wprun_time).
         */
        static final Limits DEFAULT = new Limits(512L << 20, 32 << 20, 16 << 20, Duration.ofMinutes(10));
    }
}
