package io.imaint.integration.source;

import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Which SAP system to work with.
 *
 * @param system empty when no address is set
 */
public record SapSettings(Optional<SapSystem> system) {
    /** Where the ICWP service is on a Gateway. */
    static final String SERVICE_PATH = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";

    public static SapSettings read(Settings settings) {
        var address = settings.address("sap-url", "the URL of the SAP Gateway, or of the ICWP service");
        var user = settings.text("sap-user", "the SAP user for reading");
        var password = settings.secret("sap-password", "the SAP user's password");
        var client = settings.text("sap-client", "100", "the SAP client");
        var language = settings.text("sap-language", "EN", "the SAP logon language");
        if (address.isEmpty()) {
            if (user.isPresent() || password.isPresent()) {
                settings.report("sap-user and sap-password need sap-url");
            }
            return new SapSettings(Optional.empty());
        }
        var url = address.get();
        if (url.getRawQuery() != null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            settings.report("sap-url must not hold a user, a query or a fragment");
            return new SapSettings(Optional.empty());
        }
        if (user.isEmpty() || password.isEmpty()) {
            settings.report("sap-url needs sap-user and sap-password");
        }
        var service = serviceUrl(url);
        return new SapSettings(Optional.of(new SapSystem(
                service,
                user.orElse(""),
                password.orElseGet(() -> new Secret("")),
                client,
                language,
                identity(service, client))));
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
