package io.imaint.gateway.policy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.Pem;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes a signed JSON web token. */
final class GenerateJWT implements Policy {
    static final PolicyType TYPE = new PolicyType("GenerateJWT", "jwt", GenerateJWT::compile);

    private record Claims(
            Value issuer, Value subject, Value audience, Optional<Value> id, Value expiresIn, Value notBefore) {}

    /**
     * @param id of the key, for the header; {@link Value#NONE} for none
     */
    private record Key(Value value, Value password, Value id) {}

    private final JwtPolicy policy;
    private final JWSAlgorithm algorithm;
    private final Key key;
    private final Claims registered;
    private final List<JwtClaim> claims;
    private final List<JwtClaim> headers;
    private final String output;
    private final RandomGenerator random;

    private GenerateJWT(PolicyReader reader, JWSAlgorithm algorithm) {
        this.policy = JwtPolicy.of(reader);
        this.algorithm = algorithm;
        this.key = key(reader, algorithm);
        this.registered = new Claims(
                reader.value("Issuer"),
                reader.value("Subject"),
                reader.value("Audience"),
                reader.one("Id").map(id -> reader.value("Id")),
                reader.value("ExpiresIn"),
                reader.value("NotBefore"));
        this.claims = JwtPolicy.claims(reader, "AdditionalClaims", JwtPolicy.REGISTERED);
        this.headers = JwtPolicy.claims(reader, "AdditionalHeaders", Set.of("alg", "typ", "kid", "crit", "b64"));
        this.output = reader.text("OutputVariable").orElse("message.content");
        this.random = reader.parts().random();
    }

    private static Policy compile(PolicyReader reader) {
        var algorithms = JwtVerification.algorithms(reader);
        if (algorithms.size() > 1) {
            reader.error("<Algorithm> must be one algorithm");
        }
        var compiled = new GenerateJWT(reader, algorithms.getFirst());
        Optional.ofNullable(compiled.registered.expiresIn.literal())
                .ifPresent(text -> JwtTimes.duration(reader, "ExpiresIn", text));
        Optional.ofNullable(compiled.registered.notBefore.literal())
                .filter(text -> JwtTimes.moment(text).isEmpty())
                .ifPresent(text -> reader.error("<NotBefore> must be a time such as 2019-06-18T11:00:11-07:00"));
        return compiled;
    }

    private static Key key(PolicyReader reader, JWSAlgorithm algorithm) {
        boolean shared = JwtVerification.isShared(algorithm);
        var element = shared ? "SecretKey" : "PrivateKey";
        if (reader.element().child(shared ? "PrivateKey" : "SecretKey").isPresent()) {
            reader.error("the algorithm %s takes a <%s> only".formatted(algorithm, element));
        }
        var found = reader.one(element);
        var value = found.map(one -> one.value("Value")).orElse(Value.NONE);
        if (value.ref() == null || !value.ref().startsWith("private.")) {
            reader.error("<%s> needs a <Value> whose attribute ref names a variable that begins with private."
                    .formatted(element));
        }
        return new Key(
                value,
                found.map(one -> one.value("Password")).orElse(Value.NONE),
                found.map(one -> one.value("Id")).orElse(Value.NONE));
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var header = new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT);
        if (key.id.isGiven()) {
            header.keyID(policy.text(context, key.id));
        }
        try {
            for (var claim : headers) {
                header.customParam(claim.name(), claim.resolved(context, policy));
            }
            var token = new JWSObject(header.build(), new Payload(payload(context)));
            token.sign(signer(context));
            if (!context.set(output, token.serialize())) {
                throw policy.fault("GenerationFailed", "Unable to set variable(%s)".formatted(output));
            }
        } catch (JOSEException failed) {
            throw policy.fault("SigningFailed", "Signing failed");
        } catch (IllegalArgumentException failed) {
            throw policy.fault("GenerationFailed", "Generation failed");
        }
    }

    private Map<String, Object> payload(FlowContext context) throws Fault {
        long now = context.state().clock().instant().getEpochSecond();
        var payload = new LinkedHashMap<String, Object>();
        for (var entry : List.of(
                Map.entry("sub", registered.subject),
                Map.entry("iss", registered.issuer),
                Map.entry("aud", registered.audience))) {
            if (entry.getValue().isGiven()) {
                payload.put(entry.getKey(), policy.text(context, entry.getValue()));
            }
        }
        payload.put("iat", now);
        if (registered.expiresIn.isGiven()) {
            var text = policy.text(context, registered.expiresIn);
            var lifetime = JwtTimes.duration(text)
                    .orElseThrow(() -> policy.fault("GenerationFailed", "Invalid time(%s)".formatted(text)));
            payload.put("exp", now + lifetime.toSeconds());
        }
        if (registered.notBefore.isGiven()) {
            var text = policy.text(context, registered.notBefore);
            var begin = JwtTimes.moment(text)
                    .orElseThrow(() -> policy.fault("GenerationFailed", "Invalid time(%s)".formatted(text)));
            payload.put("nbf", begin.getEpochSecond());
        }
        if (registered.id.isPresent()) {
            var id = registered.id.get();
            payload.put("jti", id.isGiven() ? policy.text(context, id) : uuid());
        }
        for (var claim : claims) {
            payload.put(claim.name(), claim.resolved(context, policy));
        }
        return payload;
    }

    private String uuid() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    private JWSSigner signer(FlowContext context) throws Fault, JOSEException {
        var text = policy.key(context, key.value);
        if (JwtVerification.isShared(algorithm)) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length * 8 < JwtVerification.bits(algorithm)) {
                throw policy.fault("InsufficientKeyLength", "Insufficient key length");
            }
            return new MACSigner(bytes);
        }
        var found = privateKey(text, context);
        if (JWSAlgorithm.Family.EC.contains(algorithm)) {
            if (!(found instanceof ECPrivateKey curve)) {
                throw policy.fault("WrongKeyType", "Wrong type of key");
            }
            return new ECDSASigner(curve);
        }
        if (!found.getAlgorithm().equals("RSA")) {
            throw policy.fault("WrongKeyType", "Wrong type of key");
        }
        return new RSASSASigner(found);
    }

    private PrivateKey privateKey(String pem, FlowContext context) throws Fault {
        try {
            var password = key.password.text(context);
            return Pem.privateKey(pem, password == null ? "" : password);
        } catch (IllegalArgumentException invalid) {
            throw policy.fault("KeyParsingFailed", "Unable to parse the private key");
        }
    }
}
