package io.imaint.services.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user proves themselves with. It is a document of its own, so that no reader of users ever holds it.
 *
 * @param user the user's id
 * @param password null while the user has none
 * @param reset null where no reset is under way
 * @param totp null where the user has no authenticator app
 * @param recovery hashes of recovery codes by their index; empty text where one was used
 * @param passkeys in the order in which they were registered
 */
record Credential(
        String user,
        @Nullable PasswordHash password,
        @Nullable Reset reset,
        @Nullable Totp totp,
        List<String> recovery,
        List<Passkey> passkeys) {
    Credential {
        recovery = List.copyOf(recovery);
        passkeys = List.copyOf(passkeys);
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

    /**
     * A passkey or security key. Nothing of it is secret.
     *
     * @param name by which the user knows it
     * @param credentialId its id at the authenticator, in Base64 for URLs
     * @param attested model, id and public key as the authenticator wrote them, in Base64 for URLs
     * @param transports how browsers reach it, as they write it
     * @param signCount the count of its newest signature; 0 where it does not count
     * @param backupEligible whether its owner's other devices may have it too
     * @param suspectedAt when it signed with a count that it had reached before; null where it never has
     */
    record Passkey(
            String id,
            String name,
            String credentialId,
            String attested,
            List<String> transports,
            long signCount,
            boolean backupEligible,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant suspectedAt) {
        Passkey {
            transports = List.copyOf(transports);
        }

        Passkey used(long count, Instant now) {
            return new Passkey(
                    id, name, credentialId, attested, transports, count, backupEligible, createdAt, now, suspectedAt);
        }

        Passkey named(String other) {
            return new Passkey(
                    id,
                    other,
                    credentialId,
                    attested,
                    transports,
                    signCount,
                    backupEligible,
                    createdAt,
                    lastUsedAt,
                    suspectedAt);
        }

        Passkey suspected(Instant now) {
            return new Passkey(
                    id,
                    name,
                    credentialId,
                    attested,
                    transports,
                    signCount,
                    backupEligible,
                    createdAt,
                    lastUsedAt,
                    now);
        }
    }

    static Credential none(String user) {
        return new Credential(user, null, null, null, List.of(), List.of());
    }

    /** The same password, hashed anew. */
    Credential renewed(PasswordHash other) {
        return new Credential(user, other, reset, totp, recovery, passkeys);
    }

    /** Another password; a reset that is under way ends. */
    Credential with(PasswordHash other) {
        return new Credential(user, other, null, totp, recovery, passkeys);
    }

    Credential with(Reset other) {
        return new Credential(user, password, other, totp, recovery, passkeys);
    }

    Credential with(Totp other, List<String> codes) {
        return new Credential(user, password, reset, other, codes, passkeys);
    }

    Credential with(List<String> codes) {
        return new Credential(user, password, reset, totp, codes, passkeys);
    }

    /** One more passkey. */
    Credential with(Passkey added, List<String> codes) {
        var more = Stream.concat(passkeys.stream(), Stream.of(added)).toList();
        return new Credential(user, password, reset, totp, codes, more);
    }

    /** A passkey in another state. */
    Credential with(Passkey other) {
        var all = passkeys.stream()
                .map(one -> one.id.equals(other.id) ? other : one)
                .toList();
        return new Credential(user, password, reset, totp, recovery, all);
    }

    Credential withoutTotp() {
        return left(null, passkeys);
    }

    Credential without(Passkey removed) {
        return left(
                totp,
                passkeys.stream().filter(one -> !one.id.equals(removed.id)).toList());
    }

    /** Recovery codes without a second factor would be left over for the next one. */
    private Credential left(@Nullable Totp app, List<Passkey> keys) {
        var rest = new Credential(user, password, reset, app, recovery, keys);
        return rest.secondFactor() ? rest : rest.with(List.of());
    }

    Optional<Passkey> passkey(String id) {
        return passkeys.stream().filter(one -> one.id.equals(id)).findFirst();
    }

    /** Whether there is an authenticator app of which the user has shown a code. */
    boolean app() {
        return totp != null && totp.confirmed;
    }

    /** How many recovery codes are left. */
    int codesLeft() {
        return (int) recovery.stream().filter(hash -> !hash.isEmpty()).count();
    }

    /** Whether a password alone does not sign in. */
    boolean secondFactor() {
        return app() || !passkeys.isEmpty();
    }
}
