package io.imaint.integration.source;

import io.imaint.integration.odata.Credentials;
import io.imaint.kernel.settings.Secret;
import java.net.URI;

/**
 * The SAP system whose data is loaded.
 *
 * @param serviceUrl the root of the ICWP service
 * @param credentials who reads
 * @param client the SAP client, such as {@code 100}
 * @param language the logon language, such as {@code EN}
 * @param identity distinguishes sources of data; the same for every address of one system
 */
public record SapSystem(URI serviceUrl, Credentials credentials, String client, String language, String identity) {
    /** A system on which a user logs on. */
    public SapSystem(URI serviceUrl, String user, Secret password, String client, String language, String identity) {
        this(serviceUrl, new Credentials.Basic(user, password), client, language, identity);
    }
}
