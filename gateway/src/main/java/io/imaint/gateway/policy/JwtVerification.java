package io.imaint.gateway.policy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.Pem;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key by which signatures are checked: a shared secret for the algorithms HS…, a public key for all others.
 *
 * @param secret {@link Value#NONE} with a public key
 * @param pem a public key or a certificate; {@link Value#NONE} with a set of keys
 */
record JwtVerification(
        JwtPolicy policy, Value secret, Value pem, @Nullable JwtKeySet set) {
    /** SAP's minimum, in bits. */
    static final int RSA_MIN = 2048;

    private static final List<JWSAlgorithm> KNOWN = List.of(
            JWSAlgorithm.HS256,
            JWSAlgorithm.HS384,
            JWSAlgorithm.HS512,
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** The algorithms of a policy; never none, and all of one family. What is wrong is reported. */
    static List<JWSAlgorithm> algorithms(PolicyReader reader) {
        var text = reader.text("Algorithm").orElse("");
        var names = Arrays.stream(text.split("[\\s,|]+"))
                .filter(name -> !name.isEmpty())
                .toList();
        var found = names.stream().map(JWSAlgorithm::parse).distinct().toList();
        if (found.isEmpty() || !KNOWN.containsAll(found)) {
            reader.error("<Algorithm> must be one or some of " + KNOWN);
            return List.of(JWSAlgorithm.RS256);
        }
        if (found.stream().map(JwtVerification::family).distinct().count() > 1) {
            reader.error("the algorithms of <Algorithm> must be of one family, such as RS256, RS384");
        }
        return found;
    }

    private static String family(JWSAlgorithm algorithm) {
        return algorithm.getName().substring(0, 2);
    }

    static JwtVerification of(PolicyReader reader, JwtPolicy policy, JWSAlgorithm algorithm) {
        boolean shared = isShared(algorithm);
        if (shared
                ? reader.element().child("PublicKey").isPresent()
                : reader.element().child("SecretKey").isPresent()) {
            reader.error(
                    "the algorithm %s takes a %s only".formatted(algorithm, shared ? "<SecretKey>" : "<PublicKey>"));
        }
        var secret = reader.one("SecretKey").map(key -> key.value("Value")).orElse(Value.NONE);
        var publicKey = reader.one("PublicKey");
        var pem = publicKey
                .map(key -> key.value("Value").isGiven() ? key.value("Value") : key.value("Certificate"))
                .orElse(Value.NONE);
        var set = publicKey
                .flatMap(key -> key.one("JWKS"))
                .map(keys -> new JwtKeySet(
                        new Value(
                                keys.attribute("ref").orElse(null), keys.text().orElse(null)),
                        new Value(
                                keys.attribute("uriRef").orElse(null),
                                keys.attribute("uri").orElse(null)),
                        reader.parts().targets(),
                        reader.parts().caches()))
                .orElse(null);
        if (shared ? !secret.isGiven() : !pem.isGiven() && set == null) {
            reader.error(
                    shared ? "<SecretKey> needs a <Value>" : "<PublicKey> needs a <Value>, <Certificate> or <JWKS>");
        }
        return new JwtVerification(policy, shared ? secret : Value.NONE, pem, set);
    }

    static boolean isShared(JWSAlgorithm algorithm) {
        return JWSAlgorithm.Family.HMAC_SHA.contains(algorithm);
    }

    /**
     * A verifier for a token whose algorithm is allowed.
     *
     * @param critical headers that somebody else checks
     */
    JWSVerifier verifier(FlowContext context, JWSHeader header, Set<String> critical) throws Fault {
        try {
            if (isShared(header.getAlgorithm())) {
                var bytes = policy.key(context, secret).getBytes(StandardCharsets.UTF_8);
                if (bytes.length * 8 < bits(header.getAlgorithm())) {
                    throw policy.fault("InsufficientKeyLength", "Insufficient key length");
                }
                return new MACVerifier(bytes, critical);
            }
            return verifier(header.getAlgorithm(), key(context, header), critical);
        } catch (KeyLengthException tooShort) {
            throw policy.fault("InsufficientKeyLength", "Insufficient key length");
        } catch (JOSEException invalid) {
            throw policy.fault("InvalidCurve", "Invalid curve of the key");
        }
    }

    /** The length of a hash, which a secret must have at least. */
    static int bits(JWSAlgorithm algorithm) {
        return Integer.parseInt(algorithm.getName().substring(2));
    }

    private PublicKey key(FlowContext context, JWSHeader header) throws Fault {
        try {
            if (set == null) {
                return Pem.publicKey(policy.key(context, pem));
            }
            return set.key(context, policy, header) instanceof AsymmetricJWK key ? key.toPublicKey() : wrongType();
        } catch (IllegalArgumentException | JOSEException invalid) {
            throw policy.fault("KeyParsingFailed", "Unable to parse the public key");
        }
    }

    private PublicKey wrongType() throws Fault {
        throw policy.fault("WrongKeyType", "Wrong type of key");
    }

    private JWSVerifier verifier(JWSAlgorithm algorithm, PublicKey key, Set<String> critical)
            throws Fault, JOSEException {
        boolean curve = JWSAlgorithm.Family.EC.contains(algorithm);
        return switch (key) {
            case RSAPublicKey rsa
            when !curve -> {
                if (rsa.getModulus().bitLength() < RSA_MIN) {
                    throw policy.fault("InsufficientKeyLength", "Insufficient key length");
                }
                yield new RSASSAVerifier(rsa, critical);
            }
            case ECPublicKey elliptic when curve -> new ECDSAVerifier(elliptic, critical);
            default -> throw policy.fault("WrongKeyType", "Wrong type of key");
        };
    }
}
