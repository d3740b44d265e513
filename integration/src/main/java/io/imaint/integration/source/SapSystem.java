package io.imaint.integration.source;

import io.imaint.kernel.settings.Secret;
import java.net.URI;

/**
 * The SAP system whose data is loaded.
 *
 * @param serviceUrl the root of the ICWP service
 * @param client the SAP client, such as {@code 100}
 * @param language the logon language, such as {@code EN}
 * @param identity tells one source of data from another; the same for every address of one system
 */
public record SapSystem(
        URI serviceUrl, String user, Secret password, String client, String language, String identity) {}
