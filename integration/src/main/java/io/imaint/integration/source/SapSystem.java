package io.imaint.integration.source;

import io.imaint.integration.odata.Credentials;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

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
    /** Where the ICWP service is on a Gateway. */
    static final String SERVICE_PATH = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";

    /** A system on which a user logs on. */
    public SapSystem(URI serviceUrl, String user, Secret password, String client, String language, String identity) {
        this(serviceUrl, new Credentials.Basic(user, password), client, language, identity);
    }

    /** The system that the settings name; empty when no address is set. */
    public static Optional<SapSystem> read(Settings settings) {
        var address = settings.address(
                "sap-url", "the URL of the SAP Gateway, of the ICWP service, or of an API proxy of it");
        var user = settings.text("sap-user", "the SAP user for reading");
        var password = settings.secret("sap-password", "the SAP user's password");
        var key = settings.secret(
                "sap-application-key", "the application key with which API Management is called instead of a SAP user");
        var secret = settings.secret("sap-application-secret", "the secret of sap-application-key, for access tokens");
        var tokens = settings.address(
                "sap-token-url",
                "where API Management gives access tokens for sap-application-key; without it, the key is sent as API key");
        var client = settings.text("sap-client", "100", "the SAP client");
        var language = settings.text("sap-language", "EN", "the SAP logon language");
        if (address.isEmpty()) {
            if (user.isPresent()
                    || password.isPresent()
                    || key.isPresent()
                    || secret.isPresent()
                    || tokens.isPresent()) {
                settings.report(
                        "sap-user, sap-password, sap-application-key, sap-application-secret and sap-token-url need sap-url");
            }
            return Optional.empty();
        }
        var url = address.get();
        if (url.getRawQuery() != null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            settings.report("sap-url must not hold a user, a query or a fragment");
            return Optional.empty();
        }
        if (key.isPresent() == (user.isPresent() || password.isPresent())) {
            settings.report("sap-url needs either sap-user and sap-password, or sap-application-key");
        } else if (user.isPresent() != password.isPresent()) {
            settings.report("sap-user and sap-password need each other");
        }
        if (tokens.isPresent() != secret.isPresent() || (tokens.isPresent() && key.isEmpty())) {
            settings.report("sap-token-url, sap-application-key and sap-application-secret need each other");
        }
        var service = serviceUrl(url);
        return Optional.of(new SapSystem(
                service,
                credentials(user, password, key, tokens.flatMap(from -> secret.map(known -> new Tokens(from, known)))),
                client,
                language,
                identity(service, client)));
    }

    private record Tokens(URI url, Secret secret) {}

    private static Credentials credentials(
            Optional<String> user, Optional<Secret> password, Optional<Secret> key, Optional<Tokens> tokens) {
        if (key.isEmpty()) {
            return new Credentials.Basic(user.orElse(""), password.orElseGet(() -> new Secret("")));
        }
        return tokens.<Credentials>map(from -> new Credentials.Application(from.url, key.get(), from.secret))
                .orElseGet(() -> new Credentials.ApiKey(key.get()));
    }

    private static URI serviceUrl(URI address) {
        var path = address.getRawPath() == null ? "" : address.getRawPath().replaceAll("/+$", "");
        return address.resolve(path.isEmpty() ? SERVICE_PATH : path);
    }

    /** Host, port and client: the user, the language and the scheme do not make it another system. */
    private static String identity(URI service, String client) {
        var port = service.getPort() < 0 ? "" : ":" + service.getPort();
        return "%s%s%s client %s"
                .formatted(service.getHost().toLowerCase(Locale.ROOT), port, service.getRawPath(), client);
    }
}
