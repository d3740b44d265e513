package io.imaint.services.auth;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Verifies what authenticators send: that they answer our challenge, for our pages, and with the key they say. Nothing
 * else knows the library. Source: W3C Web Authentication Level 3, 7.1 and 7.2.
 */
final class PasskeyVerifier {
    /** Ways to an authenticator that are kept; there are six. */
    private static final int TRANSPORTS_MAX = 10;

    /** Made when it is first needed, because most processes never see a passkey and it takes a moment. */
    private static final class Library {
        static final ObjectConverter CONVERTER = new ObjectConverter();
        static final WebAuthnManager MANAGER = manager();

        private static WebAuthnManager manager() {
            var manager = WebAuthnManager.createNonStrictWebAuthnManager(CONVERTER);
            // Whether a count fell back is decided with the write that stores it: two answers may come at once.
            manager.getAuthenticationDataVerifier().setMaliciousCounterValueHandler(counted -> {});
            return manager;
        }
    }

    /** Why an authenticator's answer is not good. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason);
        }

        Refused(String reason, Throwable cause) {
            super(reason, cause);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** A new passkey. Its parts are those of {@link Credential.Passkey}. */
    record Registered(
            String credentialId, String attested, List<String> transports, long signCount, boolean backupEligible) {
        Registered {
            transports = List.copyOf(transports);
        }
    }

    /** A passkey that has signed, with its new count. */
    record Asserted(Credential.Passkey passkey, long signCount) {}

    private final RelyingParty party;

    PasskeyVerifier(RelyingParty party) {
        this.party = party;
    }

    /**
     * The passkey of a registration.
     *
     * @param answer the {@code PublicKeyCredential} as its {@code toJSON()} gives it
     * @param challenges uses a challenge up; false for one that nobody was asked to sign
     */
    Registered registered(JsonNode answer, Predicate<String> challenges) throws Refused {
        var data = library(() -> Library.MANAGER.parseRegistrationResponseJSON(answer.toString()));
        var algorithms = PasskeyOptions.algorithms().stream()
                .map(alg -> new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(alg)))
                .toList();
        var server = server(data.getCollectedClientData(), challenges);
        return registered(library(
                () -> Library.MANAGER.verify(data, new RegistrationParameters(server, algorithms, false, true))));
    }

    private static Registered registered(RegistrationData data) throws Refused {
        var object = data.getAttestationObject();
        var authenticator = object == null ? null : object.getAuthenticatorData();
        var attested = authenticator == null ? null : authenticator.getAttestedCredentialData();
        if (authenticator == null || attested == null) {
            throw new Refused("it brings no key");
        }
        var transports = data.getTransports();
        return new Registered(
                text(attested.getCredentialId()),
                text(new AttestedCredentialDataConverter(Library.CONVERTER).convert(attested)),
                transports == null
                        ? List.of()
                        : transports.stream()
                                .map(AuthenticatorTransport::getValue)
                                .limit(TRANSPORTS_MAX)
                                .toList(),
                authenticator.getSignCount(),
                authenticator.isFlagBE());
    }

    /**
     * The passkey that signed.
     *
     * @param handle what the user is to authenticators
     */
    Asserted asserted(JsonNode answer, Predicate<String> challenges, List<Credential.Passkey> known, byte[] handle)
            throws Refused {
        var data = library(() -> Library.MANAGER.parseAuthenticationResponseJSON(answer.toString()));
        var server = server(data.getCollectedClientData(), challenges);
        var passkey = known.stream()
                .filter(one -> Arrays.equals(bytes(one.credentialId()), data.getCredentialId()))
                .findFirst()
                .orElseThrow(() -> new Refused("the user has no such passkey"));
        var user = data.getUserHandle();
        if (user != null && user.length > 0 && !Arrays.equals(user, handle)) {
            throw new Refused("the passkey is another user's");
        }
        var allowed = List.of(bytes(passkey.credentialId()));
        var verified = library(() -> Library.MANAGER.verify(
                data, new AuthenticationParameters(server, stored(passkey), allowed, false, true)));
        return new Asserted(passkey, count(verified));
    }

    private static long count(AuthenticationData verified) throws Refused {
        var data = verified.getAuthenticatorData();
        if (data == null) {
            throw new Refused("it has no data of the authenticator");
        }
        return data.getSignCount();
    }

    /** What the library knows of a stored passkey. */
    private static CredentialRecordImpl stored(Credential.Passkey passkey) {
        var attested = new AttestedCredentialDataConverter(Library.CONVERTER).convert(bytes(passkey.attested()));
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                false,
                passkey.backupEligible(),
                false,
                passkey.signCount(),
                attested,
                null,
                null,
                null,
                passkey.transports().stream()
                        .map(AuthenticatorTransport::create)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private ServerProperty server(@Nullable CollectedClientData client, Predicate<String> challenges) throws Refused {
        if (client == null) {
            throw new Refused("it has no data of the browser");
        }
        var challenge = client.getChallenge().getValue();
        if (!challenges.test(text(challenge))) {
            throw new Refused("its challenge is unknown, expired or was answered before");
        }
        return ServerProperty.builder()
                .origins(Set.of(new Origin(party.origin())))
                .rpId(party.id())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    /**
     * What the library makes of an authenticator's answer. To malformed ones it replies with exceptions of every kind, and
     * none of them says more than that.
     */
    private static <T> T library(Supplier<T> work) throws Refused {
        try {
            return work.get();
        } catch (VerificationException refused) {
            throw new Refused(String.valueOf(refused.getMessage()), refused);
        } catch (RuntimeException malformed) {
            throw new Refused("it is no answer of an authenticator", malformed);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
