package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.imaint.gateway.flow.Message;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: tokens are checked with the right keys only, and faulty ones named. Method: keys by address, by variable and by file. */
class JwtKeysTest extends JwtRig {
    @Test
    @Covers({"VerifyJWT/PublicKey/JWKS@uri", "VerifyJWT!NoMatchingPublicKey", "VerifyJWT!KeyIdMissing"})
    void fetchesKeysOnceAndAgainAfterAWhile() throws Exception {
        rig.answer = Message.response(200, "OK");
        rig.answer.content(new JWKSet(new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                        .keyID("k1")
                        .build())
                .toString());
        var context = rig.context();
        context.set("jwt", rsaToken("k1"));
        run(context, VerifyJWT.TYPE, byUrl());
        run(context, VerifyJWT.TYPE, byUrl());
        assertThat(rig.calls).singleElement().satisfies(call -> {
            assertThat(call.origin()).isEqualTo("https://login.example.com:443");
            assertThat(call.request().uri()).isEqualTo("/keys?v=1");
        });
        context.set("jwt", rsaToken("k2"));
        assertThat(nameOf(context, VerifyJWT.TYPE, byUrl())).isEqualTo("NoMatchingPublicKey");
        assertThat(rig.calls).hasSize(1);
        rig.now = rig.now.plusSeconds(30);
        assertThat(nameOf(context, VerifyJWT.TYPE, byUrl())).isEqualTo("NoMatchingPublicKey");
        assertThat(rig.calls).hasSize(2);
        rig.now = rig.now.plusSeconds(300);
        context.set("jwt", rsaToken("k1"));
        run(context, VerifyJWT.TYPE, byUrl());
        assertThat(rig.calls).hasSize(3);
        var anonymous = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload(Map.of("sub", "me")));
        anonymous.sign(new RSASSASigner(RSA.getPrivate()));
        context.set("jwt", anonymous.serialize());
        assertThat(nameOf(context, VerifyJWT.TYPE, byUrl())).isEqualTo("KeyIdMissing");
    }

    @Test
    @Covers("VerifyJWT/PublicKey/JWKS@ref")
    void takesKeysFromAVariable() throws Exception {
        var context = rig.context();
        context.set("jwt", "Bearer " + rsaToken("k1"));
        context.set(
                "keys",
                new JWKSet(new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                                .keyID("k1")
                                .build())
                        .toString());
        var xml =
                "<VerifyJWT><Algorithm>RS256</Algorithm><Source>jwt</Source><PublicKey><JWKS ref='keys'/></PublicKey></VerifyJWT>";
        run(context, VerifyJWT.TYPE, xml);
        assertThat(context.get("jwt.P.valid")).isEqualTo(true);
        rig.answer = Message.response(500, "no");
        assertThat(nameOf(context, VerifyJWT.TYPE, byUrl())).isEqualTo("KeyParsingFailed");
    }

    @Test
    @Covers({"VerifyJWT!UnhandledCriticalHeader", "VerifyJWT/KnownHeaders", "VerifyJWT/IgnoreCriticalHeaders"})
    void refusesCriticalHeadersThatNobodyKnows() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .criticalParams(java.util.Set.of("tenant"))
                .customParam("tenant", "x")
                .build();
        var token = signed(header, Map.of("sub", "me"));
        assertThat(faultOf(token, verify("HS256", ""))).isEqualTo("steps.jwt.UnhandledCriticalHeader");
        for (var elements :
                List.of("<KnownHeaders>tenant</KnownHeaders>", "<IgnoreCriticalHeaders>true</IgnoreCriticalHeaders>")) {
            var context = context(RSA);
            context.set("jwt", token);
            assertThat(run(context, VerifyJWT.TYPE, verify("HS256", elements)).get("jwt.P.valid"))
                    .isEqualTo(true);
        }
    }

    @Test
    @Covers({"DecodeJWT!FailedToDecode", "DecodeJWT!InvalidToken"})
    void decodesNothingThatIsNoToken() throws Exception {
        var context = rig.context();
        assertThat(nameOf(context, DecodeJWT.TYPE, "<DecodeJWT/>")).isEqualTo("InvalidToken");
        rig.request.headers().set("Authorization", "Bearer x.y");
        assertThat(nameOf(context, DecodeJWT.TYPE, "<DecodeJWT/>")).isEqualTo("FailedToDecode");
        rig.request.headers().set("Authorization", "Bearer " + signed(Map.of("sub", "me")));
        assertThat(run(context, DecodeJWT.TYPE, "<DecodeJWT/>").text("jwt.P.claim.sub"))
                .isEqualTo("me");
    }

    @Test
    @Covers("GenerateJWT/PrivateKey/Password@ref")
    void readsAnEncryptedPrivateKey() throws Exception {
        var algorithm = "PBEWithHmacSHA256AndAES_256";
        var cipher = javax.crypto.Cipher.getInstance(algorithm);
        cipher.init(
                javax.crypto.Cipher.ENCRYPT_MODE,
                javax.crypto.SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(new javax.crypto.spec.PBEKeySpec("open".toCharArray())));
        var parameters = java.security.AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        var encrypted = new javax.crypto.EncryptedPrivateKeyInfo(
                parameters, cipher.doFinal(RSA.getPrivate().getEncoded()));
        var context = context(RSA);
        context.set("private.key", pem("ENCRYPTED PRIVATE KEY", encrypted.getEncoded()));
        context.set("private.password", "open");
        var xml = generate("RS256", "").replace("<Id>k1</Id>", "<Password ref='private.password'/>");
        run(context, GenerateJWT.TYPE, xml);
        assertThat(run(context, VerifyJWT.TYPE, verify("RS256", "")).get("jwt.P.valid"))
                .isEqualTo(true);
        context.set("private.password", "wrong");
        assertThat(nameOf(context, GenerateJWT.TYPE, xml)).isEqualTo("KeyParsingFailed");
    }

    @Test
    void readsAPrivateKeyOfPkcs1() throws Exception {
        var context = context(RSA);
        var der = RSA.getPrivate().getEncoded();
        // The key of PKCS #1 is the last part of that of PKCS #8.
        var inner = java.util.Arrays.copyOfRange(der, 26, der.length);
        context.set("private.key", pem("RSA PRIVATE KEY", inner));
        run(context, GenerateJWT.TYPE, generate("RS256", ""));
        assertThat(run(context, VerifyJWT.TYPE, verify("RS256", "")).get("jwt.P.valid"))
                .isEqualTo(true);
    }

    @Test
    void reportsWhatSapRefusesToDeploy() {
        assertThat(
                        rig.findings(
                                GenerateJWT.TYPE,
                                "<GenerateJWT><Algorithm>none</Algorithm><ExpiresIn>soon</ExpiresIn>"
                                        + "<NotBefore>later</NotBefore><AdditionalClaims><Claim name='exp'>1</Claim><Claim/></AdditionalClaims></GenerateJWT>"))
                .filteredOn(finding -> !finding.deployable())
                .hasSize(6);
        assertThat(rig.findings(VerifyJWT.TYPE, "<VerifyJWT><Algorithm>HS256</Algorithm></VerifyJWT>"))
                .singleElement()
                .matches(finding -> finding.reason().contains("<SecretKey> needs a <Value>"));
    }
}
