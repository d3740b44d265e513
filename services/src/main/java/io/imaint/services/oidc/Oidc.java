package io.imaint.services.oidc;

import io.imaint.kernel.http.Cookie;
import io.imaint.kernel.http.Header;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Redirect;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.services.auth.Access;
import io.imaint.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sign-in at other providers, for browsers. */
public final class Oidc implements Routed {
    private static final String PATH = "/api/auth/oidc";
    private static final String FACTOR = "fed"; // As Microsoft writes it; RFC 8176 has no word for it.

    private final Map<String, ProviderClient> clients = new LinkedHashMap<>();
    private final OidcUsers users;
    private final Access access;
    private final boolean secure;
    private final SecureRandom random;
    private final InstantSource clock;

    Oidc(Store store, Access access, OidcSettings settings, SecureRandom random, InstantSource clock) {
        this.users = new OidcUsers(store);
        this.access = access;
        this.secure = settings.secure();
        this.random = random;
        this.clock = clock;
        settings.publicUrl()
                .ifPresent(url -> settings.providers()
                        .forEach(provider -> clients.put(provider.id(), new ProviderClient(provider, url))));
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists the providers at which users can sign in")
                        .anonymous("the sign-in page shows them")
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.get(PATH + "/{provider}/start", "Sends a browser to a provider to sign in")
                        .anonymous("who signs in is not known yet")
                        .redirects()
                        .handles(Start.class, asked -> start(asked.provider)),
                Route.get(PATH + "/{provider}/callback", "Takes a browser back from a provider and opens its session")
                        .anonymous("the provider's answer proves who it is")
                        .redirects()
                        .handles(Callback.class, this::callback));
    }

    /** A provider for the sign-in page. */
    record Shown(String id, String name) {}

    record Start(@Path String provider) {}

    /** The provider's answer; what is not used is what some providers send beside. */
    @SuppressWarnings("MemberName") // The names are the providers'.
    record Callback(
            @Path String provider,
            @Header("Cookie") @Nullable String cookies,
            @Header("User-Agent") @Nullable String client,
            @Nullable String code,
            @Nullable String state,
            @Nullable String iss,
            @Nullable String error,
            @Nullable String error_description,
            @Nullable String error_uri,
            @Nullable String session_state,
            @Nullable String scope,
            @Nullable String authuser,
            @Nullable String hd,
            @Nullable String prompt,
            @Nullable String client_info) {}

    private Listing<Shown> list() {
        return new Listing<>(
                clients.values().stream()
                        .map(client -> new Shown(
                                client.settings().id(), client.settings().name()))
                        .toList(),
                null,
                null);
    }

    private ProviderClient client(String provider) {
        return Optional.ofNullable(clients.get(provider))
                .orElseThrow(() -> OidcProblem.PROVIDER_NOT_FOUND.because(provider));
    }

    private Redirect start(String provider) {
        var client = client(provider);
        var flow = Flow.begun(provider, random, clock.instant());
        return new Redirect(client.authorization(flow), List.of(cookie(flow.sealed(access.sealing()), Flow.LIFE)));
    }

    private Redirect callback(Callback answer) {
        var client = client(answer.provider);
        var sealed = Cookie.sent(answer.cookies == null ? "" : answer.cookies, cookieName());
        var flow = Flow.opened(sealed, access.sealing(), clock.instant())
                .filter(open -> open.provider().equals(answer.provider))
                .filter(open -> open.state().equals(answer.state))
                .orElseThrow(() -> OidcProblem.PROVIDER_ANSWER_REFUSED.because(
                        "this browser did not begin it within ten minutes"));
        client.requireIssuer(answer.iss);
        if (answer.error != null || answer.code == null) {
            throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("the provider did not sign the user in");
        }
        var claims = client.claims(answer.code, flow);
        var user = users.signedIn(client.settings(), claims, clock.instant());
        var session = access.openBrowser(user, answer.client == null ? "" : answer.client, List.of(FACTOR));
        return new Redirect("/", List.of(session, cookie("", Duration.ZERO)));
    }

    private String cookieName() {
        return secure ? "__Host-imaint-flow" : "imaint-flow";
    }

    /** It is sent although the provider's page leads here, which the session's is not. */
    private Cookie cookie(String value, Duration life) {
        return new Cookie(cookieName(), value, life, secure, true);
    }
}
