package io.imaint.kernel.http;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import java.util.Optional;

/** Finds who a request comes from. */
public interface Authenticator {
    /**
     * The owner of a token, empty when the token is unknown, expired or revoked. The comparison takes the same time
     * for every wrong token.
     *
     * @param bearerToken as sent, unchecked
     */
    Optional<Caller> authenticate(String bearerToken);

    /** As {@link #authenticate(String)}, for tokens that are good from some network addresses only. */
    default Optional<Caller> authenticate(String bearerToken, String address) {
        return authenticate(bearerToken);
    }

    /**
     * The user of a browser's session, empty where the cookies hold none. It is asked only for requests without a bearer
     * token. Whether another site's page sent the request is checked by the server.
     *
     * @param cookies the header {@code Cookie} as sent, unchecked; empty where there is none
     */
    default Optional<Caller> authenticateCookies(String cookies) {
        return Optional.empty();
    }

    /** The failure for a caller who lacks a permission; {@code detail} says which, and what needs it. */
    default Failure refusal(Caller caller, String detail) {
        return HttpProblem.PERMISSION_MISSING.because(detail);
    }
}
