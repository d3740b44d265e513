package io.imaint.kernel.http;

import io.imaint.kernel.identity.Caller;
import java.util.Optional;

/** Finds who a bearer token belongs to. */
public interface Authenticator {
    /**
     * The owner of a token, empty when the token is unknown, expired or revoked. The comparison takes the same time
     * for every wrong token.
     *
     * @param bearerToken as sent, unchecked
     */
    Optional<Caller> authenticate(String bearerToken);
}
