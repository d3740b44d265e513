package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.flow.PolicyType;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** Keys, tokens and policies for the tests of JWTs. */
abstract class JwtRig {
    static final String SECRET = "0123456789abcdef0123456789abcdef";
    static final KeyPair RSA = pair("RSA", 2048);
    static final KeyPair WEAK = pair("RSA", 1024);
    static final KeyPair CURVE = pair("EC", 256);
    static final long NOW = 1_796_032_800L;

    final PolicyRig rig = new PolicyRig();

    static KeyPair pair(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static String pem(String label, byte[] der) {
        // A map keeps blanks instead of line breaks.
        return "-----BEGIN %s----- %s -----END %s-----"
                .formatted(label, Base64.getMimeEncoder(64, new byte[] {' '}).encodeToString(der), label);
    }

    FlowContext context(KeyPair pair) throws Exception {
        var context = rig.context();
        context.set("private.secret", SECRET);
        context.set("private.key", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        context.set("public.key", pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        return context;
    }

    FlowContext run(FlowContext context, PolicyType type, String xml) throws Fault {
        rig.compile(type, xml).execute(context);
        return context;
    }

    static String verify(String algorithm, String elements) {
        var key = algorithm.startsWith("HS")
                ? "<SecretKey><Value ref='private.secret'/></SecretKey>"
                : "<PublicKey><Value ref='public.key'/></PublicKey>";
        return "<VerifyJWT xmlns='http://www.sap.com/apimgmt'><Algorithm>%s</Algorithm><Source>jwt</Source>%s%s</VerifyJWT>"
                .formatted(algorithm, key, elements);
    }

    static String generate(String algorithm, String elements) {
        var key = algorithm.startsWith("HS")
                ? "<SecretKey><Value ref='private.secret'/><Id>k1</Id></SecretKey>"
                : "<PrivateKey><Value ref='private.key'/><Id>k1</Id></PrivateKey>";
        return "<GenerateJWT><Algorithm>%s</Algorithm>%s%s<OutputVariable>jwt</OutputVariable></GenerateJWT>"
                .formatted(algorithm, key, elements);
    }

    static String signed(JWSHeader header, Map<String, Object> claims) throws Exception {
        var token = new JWSObject(header, new Payload(claims));
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }

    static String signed(Map<String, Object> claims) throws Exception {
        return signed(new JWSHeader(JWSAlgorithm.HS256), claims);
    }

    String faultOf(String token, String xml) throws Exception {
        var context = context(RSA);
        context.set("jwt", token);
        var fault = catchThrowableOfType(Fault.class, () -> run(context, VerifyJWT.TYPE, xml));
        assertThat(fault).isNotNull();
        assertThat(fault.status()).isEqualTo(401);
        assertThat(context.get("jwt.P.valid")).isEqualTo(false);
        return fault.code();
    }

    String nameOf(FlowContext context, PolicyType type, String xml) {
        return catchThrowableOfType(Fault.class, () -> run(context, type, xml)).name();
    }

    String rsaToken(String id) throws Exception {
        var token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(), new Payload(Map.of("sub", "me")));
        token.sign(new RSASSASigner(RSA.getPrivate()));
        return token.serialize();
    }

    static String byUrl() {
        return "<VerifyJWT><Algorithm>RS256</Algorithm><Source>jwt</Source>"
                + "<PublicKey><JWKS uri='https://login.example.com/keys?v=1'/></PublicKey></VerifyJWT>";
    }
}
