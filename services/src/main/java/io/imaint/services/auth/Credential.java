package io.imaint.services.auth;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user proves themselves with. It is a document of its own, so that no reader of users ever holds it.
 *
 * @param user the user's id
 * @param password null while the user has none
 * @param reset null where no reset is under way
 * @param totp null where the user has no authenticator app
 * @param recovery hashes of recovery codes by their index; empty text where one was used
 */
record Credential(
        String user,
        @Nullable PasswordHash password,
        @Nullable Reset reset,
        @Nullable Totp totp,
        List<String> recovery) {
    Credential {
        recovery = List.copyOf(recovery);
    }

    /**
     * A hash in PHC form.
     *
     * @param pepper the id of the key that was mixed in
     */
    record PasswordHash(String hash, String pepper, Instant setAt) {}

    /**
     * A one-time code that sets a password.
     *
     * @param rightsVersion of the user when it was made; later changes of the account make it invalid
     */
    record Reset(String hash, long rightsVersion, Instant endsAt) {}

    /**
     * An authenticator app.
     *
     * @param confirmed whether the user has shown a code of it
     * @param lastStep the newest time step whose code was used; no code is good twice
     */
    record Totp(String sealedSecret, boolean confirmed, long lastStep) {}

    static Credential none(String user) {
        return new Credential(user, null, null, null, List.of());
    }

    /** The same password, hashed anew. */
    Credential renewed(PasswordHash other) {
        return new Credential(user, other, reset, totp, recovery);
    }

    /** Another password; a reset that is under way ends. */
    Credential with(PasswordHash other) {
        return new Credential(user, other, null, totp, recovery);
    }

    Credential with(Reset other) {
        return new Credential(user, password, other, totp, recovery);
    }

    Credential with(@Nullable Totp other, List<String> codes) {
        return new Credential(user, password, reset, other, codes);
    }

    /** Whether signing in takes a code. */
    boolean secondFactor() {
        return totp != null && totp.confirmed;
    }
}
