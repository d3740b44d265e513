package io.imaint.services.oidc;

import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.services.auth.AuthSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The providers at which users may sign in.
 *
 * @param publicUrl where providers send browsers back to; required where there is a provider
 */
record OidcSettings(List<Provider> providers, Optional<URI> publicUrl, boolean secure) {
    private static final String GOOGLE = "https://accounts.google.com";
    private static final String ENTRA = "https://login.microsoftonline.com/";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * One provider.
     *
     * @param id the part of the path that names it
     * @param domains e-mail domains whose addresses this provider may vouch for; at Google also the tenants allowed
     * @param tenantClaim the claim that has to name one of the domains; empty where there is none
     * @param groupsClaim the claim with groups or roles
     * @param groups which value of that claim gives which group
     * @param creating whether users without an account get one
     */
    record Provider(
            String id,
            String name,
            URI issuer,
            String clientId,
            Secret clientSecret,
            List<String> domains,
            String tenantClaim,
            String groupsClaim,
            Map<String, String> groups,
            boolean creating) {}

    static OidcSettings read(Settings settings) {
        var auth = AuthSettings.read(settings);
        var providers = new ArrayList<Provider>();
        google(settings).ifPresent(providers::add);
        entra(settings).ifPresent(providers::add);
        other(settings).ifPresent(providers::add);
        if (!providers.isEmpty() && auth.publicUrl().isEmpty()) {
            settings.report("public-url is not set but the provider %s sends browsers back to it"
                    .formatted(providers.getFirst().id()));
        }
        return new OidcSettings(List.copyOf(providers), auth.publicUrl(), auth.secure());
    }

    private static Optional<Provider> google(Settings settings) {
        var registration = Registration.read(settings, "oidc-google", "Google", "groups");
        return registration.provider("google", "Google", Optional.of(URI.create(GOOGLE)), "hd");
    }

    private static Optional<Provider> entra(Settings settings) {
        var tenant = settings.text("oidc-entra-tenant", "the tenant of Microsoft Entra: its id, not 'common'");
        if (tenant.filter(name -> !name.matches("[A-Za-z0-9.-]{1,100}")
                        || Set.of("common", "organizations", "consumers").contains(name))
                .isPresent()) {
            settings.report("oidc-entra-tenant must be the id of one tenant");
            return Optional.empty();
        }
        var registration = Registration.read(settings, "oidc-entra", "Microsoft Entra", "roles");
        return registration.provider("entra", "Microsoft", tenant.map(id -> URI.create(ENTRA + id + "/v2.0")), "");
    }

    private static Optional<Provider> other(Settings settings) {
        var issuer = settings.address("oidc-issuer", "the issuer of any other OpenID provider");
        var name = settings.text("oidc-name", "Single sign-on", "what the sign-in page calls that provider");
        if (issuer.filter(url -> !"https".equals(url.getScheme()) && !LOOPBACK.contains(String.valueOf(url.getHost())))
                .isPresent()) {
            settings.report("oidc-issuer must begin with https");
        }
        return Registration.read(settings, "oidc", "that provider", "groups").provider("other", name, issuer, "");
    }

    /** What this system is registered with at a provider. */
    private record Registration(
            Optional<String> clientId,
            Optional<Secret> clientSecret,
            List<String> domains,
            String groupsClaim,
            Map<String, String> groups,
            boolean creating) {
        static Registration read(Settings settings, String key, String whose, String groupsClaim) {
            var clientId = settings.text(key + "-client-id", "the client id at " + whose);
            var clientSecret = settings.secret(key + "-client-secret", "the client secret at " + whose);
            if (clientId.isPresent() != clientSecret.isPresent()) {
                settings.report("%s-client-id and %s-client-secret must be set together".formatted(key, key));
            }
            var domains = words(settings.text(
                    key + "-domains", "", "e-mail domains for which " + whose + " vouches, separated by commas"));
            var claim = settings.text(key + "-groups-claim", groupsClaim, "the claim with the groups of a user");
            var groups = new LinkedHashMap<String, String>();
            for (var pair : words(
                    settings.text(key + "-groups", "", "which value of the claim gives which group: value=group, …"))) {
                int equals = pair.lastIndexOf('=');
                if (equals < 1 || equals == pair.length() - 1) {
                    settings.report("%s-groups has '%s', which is not value=group".formatted(key, pair));
                } else {
                    groups.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
            var creating = settings.choice(
                    key + "-creates-users", List.of("yes", "no"), "no", "whether users of it get accounts");
            return new Registration(clientId, clientSecret, domains, claim, Map.copyOf(groups), creating.equals("yes"));
        }

        private static List<String> words(String text) {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        Optional<Provider> provider(String id, String name, Optional<URI> issuer, String tenantClaim) {
            if (issuer.isEmpty() || clientId.isEmpty() || clientSecret.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Provider(
                    id,
                    name,
                    issuer.get(),
                    clientId.get(),
                    clientSecret.get(),
                    domains,
                    domains.isEmpty() ? "" : tenantClaim,
                    groupsClaim,
                    groups,
                    creating));
        }
    }
}
