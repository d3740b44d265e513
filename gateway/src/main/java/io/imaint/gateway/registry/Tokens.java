package io.imaint.gateway.registry;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** The tokens of all gateway processes. */
public interface Tokens {
    /**
     * A token as this process remembers it; never waits. What another process revoked may be remembered for two seconds.
     *
     * @return empty when it must be looked up by {@link #find}
     */
    Optional<AccessToken> remembered(AccessToken.Kind kind, String token);

    /** A token in the store; waits. Those that have expired are found for a day. */
    Optional<AccessToken> find(AccessToken.Kind kind, String token);

    /**
     * Keeps a new one; waits until it is durable. A token of another authorization server may come twice, and is then replaced.
     *
     * @return false, with nothing kept, where another application has the same token, or it was revoked
     */
    boolean add(AccessToken token);

    /**
     * Changes a token as it stands in the store, so that no other change is undone; waits.
     *
     * @param hash of the token, as {@link Hashes} makes it
     * @param change may be asked several times; nothing is written where it gives back the same
     * @return the token as it is now; empty when there is none
     */
    Optional<AccessToken> change(AccessToken.Kind kind, String hash, UnaryOperator<AccessToken> change);

    /** Takes one out of the store so that only one caller gets it: for authorization codes and refresh tokens; waits. */
    Optional<AccessToken> take(AccessToken.Kind kind, String token);
}
