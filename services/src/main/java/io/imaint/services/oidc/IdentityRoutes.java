package io.imaint.services.oidc;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.WithCookies;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.auth.Access;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The identities at providers by which callers sign in, to see, link and unlink. */
final class IdentityRoutes implements Routed {
    private static final String PATH = "/api/me/identities";

    private final Flows flows;
    private final OidcUsers users;
    private final Access access;

    IdentityRoutes(Flows flows, OidcUsers users, Access access) {
        this.flows = flows;
        this.users = users;
        this.access = access;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists the identities at providers by which the caller signs in")
                        .permits(Access.SELF)
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.post(PATH, "Begins to link an identity at a provider to the caller")
                        .permits(Access.SELF)
                        .answersWithCookies(Begun.class)
                        .handles(Link.class, asked -> begin(asked.body.provider)),
                Route.delete(PATH + "/{id}", "Unlinks an identity of the caller, and ends their other sessions")
                        .permits(Access.SELF)
                        .answersNothing()
                        .handles(Unlink.class, asked -> unlink(asked.id)));
    }

    record Link(@Body LinkInput body) {}

    record LinkInput(@Length(min = 1, max = 20) String provider) {}

    record Begun(
            @Description("Send the browser there; it comes back to / when the identity is linked")
            String location) {}

    record Unlink(@Path String id) {}

    /** An identity as its user sees it. */
    record Shown(
            String id,

            @Description("The provider's id, as GET /api/auth/oidc lists it; null where it is no longer configured")
            @Nullable
            String provider,

            String issuer,
            String subject,
            Instant linkedAt) {}

    private Listing<Shown> list() {
        return new Listing<>(
                users.identities(Caller.current().id()).stream()
                        .map(this::shown)
                        .toList(),
                null,
                null);
    }

    private Shown shown(UserIdentity identity) {
        var provider = flows.clients().stream()
                .map(ProviderClient::settings)
                .filter(known -> known.issuer().toString().equals(identity.issuer()))
                .map(OidcSettings.Provider::id)
                .findFirst()
                .orElse(null);
        return new Shown(identity.id(), provider, identity.issuer(), identity.subject(), identity.linkedAt());
    }

    private WithCookies<Begun> begin(String provider) {
        var caller = Caller.current();
        access.requireFresh(caller);
        var begun = flows.begin(provider, caller.session());
        return new WithCookies<>(new Begun(begun.location()), List.of(begun.cookie()));
    }

    private NoContent unlink(String id) {
        var caller = Caller.current();
        access.requireFresh(caller);
        users.unlink(caller, id, access.hasPassword(caller.id()));
        access.endOthers(caller, "identity unlinked");
        return NoContent.NO_CONTENT;
    }
}
