package io.imaint.services.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.util.MultivaluedMapUtils;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.auth.Access;
import io.imaint.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions when their users sign out at the provider, which sends a signed token for it. Source: OpenID Connect
 * Back-Channel Logout 1.0.
 */
final class LogoutRoutes implements Routed {
    /** How old or early a token may be. Providers send it at once; the rest is for clocks that differ. */
    private static final Duration AGE_MAX = Duration.ofMinutes(5);

    /** A signed token has a few hundred bytes; some providers add claims. */
    static final int SIZE_MAX = 64 << 10;

    private static final String KIND = "logout token";

    private final Store store;
    private final Flows flows;
    private final Access access;
    private final InstantSource clock;

    LogoutRoutes(Store store, Flows flows, Access access, InstantSource clock) {
        this.store = store;
        this.flows = flows;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(
                        "/api/auth/oidc/{provider}/back-channel-logout",
                        "Ends the sessions of a user who signed out at a provider; called by the provider")
                .anonymous("the provider's signature proves who asks")
                .answersNothing()
                .handles(Logout.class, this::logout));
    }

    record Logout(
            @Path String provider,

            @Body(sizeMax = SIZE_MAX, mediaTypes = "application/x-www-form-urlencoded") @Nullable
            InputStream form) {}

    private NoContent logout(Logout asked) {
        var client = flows.client(asked.provider);
        var claims = client.loggedOut(token(asked.form));
        var id = claims.getIssuer().getValue() + " " + claims.getJWTID().getValue();
        requireRecent(claims);
        if (UsedOnce.used(store, KIND, id)) {
            throw OidcProblem.LOGOUT_TOKEN_REFUSED.because("it came before");
        }
        var issuer = client.settings().issuer().toString();
        var subject = Optional.ofNullable(claims.getSubject());
        var session = Optional.ofNullable(claims.getSessionID());
        var request = Caller.current();
        ScopedValue.where(Caller.scoped(), Caller.system("oidc").during(request.requestId(), request.address()))
                .run(() -> access.endProvided(
                        issuer,
                        subject.map(known -> known.getValue()).orElse(null),
                        session.map(known -> known.getValue()).orElse(null)));
        // Only now: a provider that repeats a logout after a crash must not be refused.
        UsedOnce.use(store, KIND, id, clock.instant().plus(AGE_MAX.multipliedBy(2)));
        return NoContent.NO_CONTENT;
    }

    private static String token(@Nullable InputStream form) {
        if (form == null) {
            throw OidcProblem.LOGOUT_TOKEN_REFUSED.because("the form is missing");
        }
        try (form) {
            var parameters = URLUtils.parseParameters(new String(form.readAllBytes(), UTF_8));
            var token = MultivaluedMapUtils.getFirstValue(parameters, "logout_token");
            if (token == null) {
                throw OidcProblem.LOGOUT_TOKEN_REFUSED.because("the form has no 'logout_token'");
            }
            return token;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @SuppressWarnings("JavaUtilDate") // The library's type.
    private void requireRecent(LogoutTokenClaimsSet claims) {
        var issued = claims.getIssueTime().toInstant();
        if (Duration.between(issued, clock.instant()).abs().compareTo(AGE_MAX) > 0) {
            throw OidcProblem.LOGOUT_TOKEN_REFUSED.because("it was not issued just now");
        }
    }
}
