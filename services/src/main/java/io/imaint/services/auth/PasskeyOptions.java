package io.imaint.services.auth;

import io.imaint.kernel.http.Description;
import java.util.List;

/**
 * What a page hands to {@code PublicKeyCredential.parseCreationOptionsFromJSON} and {@code parseRequestOptionsFromJSON}.
 * Bytes are in Base64 for URLs. Source: W3C Web Authentication Level 3, 5.1.8 and 5.1.9.
 */
final class PasskeyOptions {
    private static final String TYPE = "public-key";

    /** A PIN or finger beside the password is welcome, but a plain security key is a second factor too. */
    private static final String USER_VERIFICATION = "preferred";

    /** Ed25519, ECDSA with P-256, RSA with PKCS#1: what authenticators that are sold can do. */
    private static final List<Algorithm> ALGORITHMS =
            List.of(new Algorithm(TYPE, -8), new Algorithm(TYPE, -7), new Algorithm(TYPE, -257));

    private PasskeyOptions() {}

    /** The options of a registration. */
    record PasskeyCreation(
            Party rp,
            PasskeyUser user,
            String challenge,
            List<Algorithm> pubKeyCredParams,
            @Description("Milliseconds") long timeout,
            List<KnownPasskey> excludeCredentials,
            AuthenticatorSelection authenticatorSelection,
            String attestation) {
        PasskeyCreation {
            pubKeyCredParams = List.copyOf(pubKeyCredParams);
            excludeCredentials = List.copyOf(excludeCredentials);
        }
    }

    /** The options of a sign-in. */
    record PasskeyRequest(
            String challenge,
            @Description("Milliseconds") long timeout,
            String rpId,
            List<KnownPasskey> allowCredentials,
            String userVerification) {
        PasskeyRequest {
            allowCredentials = List.copyOf(allowCredentials);
        }
    }

    record Party(String id, String name) {}

    record PasskeyUser(
            @Description("Says nothing of the user") String id, String name, String displayName) {}

    record Algorithm(String type, int alg) {}

    record KnownPasskey(String type, String id, List<String> transports) {
        KnownPasskey {
            transports = List.copyOf(transports);
        }
    }

    record AuthenticatorSelection(String residentKey, boolean requireResidentKey, String userVerification) {}

    /** The algorithms as COSE numbers them. */
    static List<Integer> algorithms() {
        return ALGORITHMS.stream().map(Algorithm::alg).toList();
    }

    static PasskeyCreation creation(
            RelyingParty party, PasskeyUser user, String challenge, List<Credential.Passkey> known) {
        return new PasskeyCreation(
                new Party(party.id(), "iMaintenance"),
                user,
                challenge,
                ALGORITHMS,
                PasskeyChallenges.LIFE.toMillis(),
                known(known),
                // Phones copy only those to their successors that can be found without a user's name.
                new AuthenticatorSelection(USER_VERIFICATION, false, USER_VERIFICATION),
                "none"); // Which make it is decides nothing here, and would name the device.
    }

    static PasskeyRequest request(RelyingParty party, String challenge, List<Credential.Passkey> known) {
        return new PasskeyRequest(
                challenge, PasskeyChallenges.LIFE.toMillis(), party.id(), known(known), USER_VERIFICATION);
    }

    private static List<KnownPasskey> known(List<Credential.Passkey> passkeys) {
        return passkeys.stream()
                .map(passkey -> new KnownPasskey(TYPE, passkey.credentialId(), passkey.transports()))
                .toList();
    }
}
