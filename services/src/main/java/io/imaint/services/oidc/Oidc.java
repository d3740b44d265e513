package io.imaint.services.oidc;

import io.imaint.kernel.http.Header;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Redirect;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.auth.Access;
import io.imaint.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sign-in at other providers, for browsers. */
public final class Oidc implements Routed {
    private static final String PATH = "/api/auth/oidc";
    private static final String FACTOR = "fed"; // As Microsoft writes it; RFC 8176 has no word for it.

    private final Flows flows;
    private final OidcUsers users;
    private final Access access;
    private final InstantSource clock;
    private final List<Routed> parts;

    Oidc(Store store, Access access, OidcSettings settings, SecureRandom random, InstantSource clock) {
        this.flows = new Flows(store, access.sealing(), settings, random, clock);
        this.users = new OidcUsers(store);
        this.access = access;
        this.clock = clock;
        this.parts = List.of(new IdentityRoutes(flows, users, access), new LogoutRoutes(store, flows, access, clock));
    }

    @Override
    public List<Route> routes() {
        return Stream.concat(signIn().stream(), parts.stream().flatMap(part -> part.routes().stream()))
                .toList();
    }

    private List<Route> signIn() {
        return List.of(
                Route.get(PATH, "Lists the providers at which users can sign in")
                        .anonymous("the sign-in page shows them")
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.get(PATH + "/{provider}/start", "Sends a browser to a provider to sign in")
                        .anonymous("who signs in is not known yet")
                        .redirects()
                        .handles(Start.class, asked -> start(asked.provider)),
                Route.get(
                                PATH + "/{provider}/callback",
                                "Takes a browser back from a provider and opens its session, or links")
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
                flows.clients().stream()
                        .map(client -> new Shown(
                                client.settings().id(), client.settings().name()))
                        .toList(),
                null,
                null);
    }

    private Redirect start(String provider) {
        var begun = flows.begin(provider, null);
        return new Redirect(begun.location(), List.of(begun.cookie()));
    }

    private Redirect callback(Callback answer) {
        var ended = flows.end(
                new Flows.Answer(answer.provider, answer.cookies, answer.state, answer.iss, answer.code, answer.error));
        var session = ended.flow().session();
        return session == null ? signedIn(ended, answer.client == null ? "" : answer.client) : linked(ended, session);
    }

    private Redirect signedIn(Flows.Ended ended, String device) {
        var client = ended.client();
        var user = users.signedIn(client.settings(), ended.proof().claims(), clock.instant());
        var cookie = access.openBrowser(user, device, List.of(FACTOR), client.session(ended.proof()));
        return new Redirect("/", List.of(cookie, flows.removed()));
    }

    private Redirect linked(Flows.Ended ended, String session) {
        var request = Caller.current();
        var user = access.userOf(session)
                .orElseThrow(() -> OidcProblem.PROVIDER_ANSWER_REFUSED.because("the session that began it has ended"))
                .during(request.requestId(), request.address());
        users.link(ended.client().settings(), ended.proof().claims(), user, clock.instant());
        return new Redirect("/", List.of(flows.removed()));
    }
}
