package io.imaint.services.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: no token is accepted but an unexpired access token of ours. Method: forged tokens in which one thing is wrong and
 * all else is right, sent to a route; the genuine one beside them passes.
 */
class AccessTokensIT {
    private AuthSystem system;
    private SignedJWT genuine;

    @BeforeEach
    void start(@TempDir Path directory) throws ParseException {
        system = new AuthSystem(directory);
        genuine = SignedJWT.parse(system.token("anna"));
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private int status(String token) {
        return system.call(token, "GET", "/api/notes", "").status();
    }

    private JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(genuine.getHeader().getKeyID());
    }

    private ECKey ours() {
        return system.access.parts().keys().active();
    }

    private String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) throws ParseException {
        return change.apply(new JWTClaimsSet.Builder(genuine.getJWTClaimsSet())).build();
    }

    @Test
    void acceptsItsOwnToken() throws Exception {
        assertThat(status(genuine.serialize())).isEqualTo(200);
        assertThat(genuine.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(genuine.getHeader().getType().toString()).isEqualTo("at+jwt");
        var again = signed(header(JWSAlgorithm.ES256).build(), genuine.getJWTClaimsSet(), new ECDSASigner(ours()));
        assertThat(status(again))
                .as("the tests below differ from this one in one thing")
                .isEqualTo(200);
    }

    @Test
    void refusesTokensWithoutASignature() throws Exception {
        assertThat(status(new PlainJWT(genuine.getJWTClaimsSet()).serialize())).isEqualTo(401);
        var parts = genuine.serialize().split("\\.", -1);
        assertThat(status(parts[0] + "." + parts[1] + ".")).isEqualTo(401);
        for (var none : new String[] {"none", "None", "NONE", "nOnE"}) {
            var header = "{\"alg\":\"%s\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}"
                    .formatted(none, genuine.getHeader().getKeyID());
            var encoded =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
            assertThat(status(encoded + "." + parts[1] + ".")).isEqualTo(401);
            assertThat(status(encoded + "." + parts[1] + "." + parts[2])).isEqualTo(401);
        }
        assertThat(status(parts[0] + "." + parts[1] + "." + "A".repeat(86)))
                .as("r = s = 0")
                .isEqualTo(401);
    }

    @Test
    void refusesOtherAlgorithmsAndOurPublicKeyAsASecret() throws Exception {
        var claims = genuine.getJWTClaimsSet();
        var rsa =
                new RSAKeyGenerator(2048).keyID(genuine.getHeader().getKeyID()).generate();
        assertThat(status(signed(header(JWSAlgorithm.RS256).build(), claims, new RSASSASigner(rsa))))
                .isEqualTo(401);
        var secrets = new byte[][] {
            ours().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            ours().toECPublicKey().getEncoded(),
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8),
        };
        for (var secret : secrets) {
            assertThat(status(signed(header(JWSAlgorithm.HS256).build(), claims, new MACSigner(secret))))
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesKeysThatItDoesNotHaveWhereverTheTokenPoints() throws Exception {
        var theirs = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        var signer = new ECDSASigner(theirs);
        var claims = genuine.getJWTClaimsSet();
        var es256 = JWSAlgorithm.ES256;
        assertThat(status(signed(header(es256).build(), claims, signer))).isEqualTo(401);
        assertThat(status(signed(header(es256).keyID(theirs.getKeyID()).build(), claims, signer)))
                .isEqualTo(401);
        assertThat(status(signed(header(es256).keyID(null).build(), claims, signer)))
                .isEqualTo(401);
        assertThat(status(signed(header(es256).jwk(theirs.toPublicJWK()).build(), claims, signer)))
                .isEqualTo(401);
        var url = URI.create("https://evil.example/jwks.json");
        assertThat(status(signed(header(es256).jwkURL(url).build(), claims, signer)))
                .isEqualTo(401);
        assertThat(status(signed(header(es256).x509CertURL(url).build(), claims, signer)))
                .isEqualTo(401);
    }

    @Test
    void refusesTokensOfAnotherType() throws Exception {
        for (var type : new String[] {"JWT", "at", "logout+jwt", "application/json"}) {
            var header =
                    header(JWSAlgorithm.ES256).type(new JOSEObjectType(type)).build();
            assertThat(status(signed(header, genuine.getJWTClaimsSet(), new ECDSASigner(ours()))))
                    .isEqualTo(401);
        }
        var untyped = header(JWSAlgorithm.ES256).type(null).build();
        assertThat(status(signed(untyped, genuine.getJWTClaimsSet(), new ECDSASigner(ours()))))
                .isEqualTo(401);
    }

    @Test
    void refusesClaimsThatAreNotOurs() throws Exception {
        var past = Date.from(system.clock.instant().minus(Duration.ofMinutes(2)));
        var future = Date.from(system.clock.instant().plus(Duration.ofMinutes(2)));
        var wrong = new LinkedHashMap<String, UnaryOperator<JWTClaimsSet.Builder>>();
        wrong.put("iss", claims -> claims.issuer("https://evil.example"));
        wrong.put("no iss", claims -> claims.issuer(null));
        wrong.put("aud", claims -> claims.audience("another-api"));
        wrong.put("no aud", claims -> claims.claim("aud", null));
        wrong.put("exp", claims -> claims.expirationTime(past));
        wrong.put("no exp", claims -> claims.expirationTime(null));
        wrong.put("nbf", claims -> claims.notBeforeTime(future));
        wrong.put("no sub", claims -> claims.subject(null));
        wrong.put("sub", claims -> claims.subject("bela"));
        wrong.put("sid", claims -> claims.claim(AccessTokens.SESSION, "no such session"));
        wrong.put("ver", claims -> claims.claim(AccessTokens.VERSION, -1));
        wrong.put("ver text", claims -> claims.claim(AccessTokens.VERSION, "1"));
        for (var one : wrong.entrySet()) {
            var token = signed(header(JWSAlgorithm.ES256).build(), claims(one.getValue()), new ECDSASigner(ours()));
            assertThat(status(token)).as(one.getKey()).isEqualTo(401);
        }
    }

    @Test
    void refusesWhatIsNoTokenAtAll() {
        for (var text :
                new String[] {"x", "a.b", "a.b.c", "a.b.c.d.e", "imk_a_b_c", ".".repeat(2), "e".repeat(9_000)}) {
            assertThat(status(text)).as(text).isEqualTo(401);
        }
    }

    @Test
    void rotatesKeysWithoutSigningAnybodyOut() {
        var first = ours().getKeyID();
        system.clock.advance(Duration.ofDays(90).minusMinutes(60));
        var announced =
                system.call("", "GET", "/.well-known/jwks.json", "").json().get("keys");
        assertThat(announced).hasSize(2);
        assertThat(ours().getKeyID()).isEqualTo(first);
        assertThat(announced.toString()).contains("\"kty\":\"EC\"", first).doesNotContain("\"d\":");
        system.clock.advance(Duration.ofMinutes(57));
        var before = system.token("anna");
        var elsewhere = system.otherAccess();
        system.clock.advance(Duration.ofMinutes(5));
        var after = system.token("anna");

        assertThat(ours().getKeyID()).isNotEqualTo(first);
        assertThat(status(before)).isEqualTo(200);
        assertThat(status(after)).isEqualTo(200);
        assertThat(elsewhere.authenticate(before)).isPresent();
        assertThat(elsewhere.authenticate(after)).isPresent();
    }

    private String rotate(boolean revoke) {
        var rotated =
                system.call("administrator", "POST", "/api/signing-keys/rotate", "{\"revoke\": %s}".formatted(revoke));
        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        return rotated.text("id");
    }

    private List<String> published() {
        return system.call("", "GET", "/.well-known/jwks.json", "")
                .json()
                .get("keys")
                .valueStream()
                .map(key -> key.get("kid").asString())
                .toList();
    }

    @Test
    void makesTheNextKeyWhenAskedWithoutSigningAnybodyOut() {
        var first = ours().getKeyID();
        var next = rotate(false);
        assertThat(published()).as("an hour ahead, for who keeps a copy").containsExactlyInAnyOrder(first, next);
        assertThat(rotate(false)).as("there is a next one").isEqualTo(next);
        assertThat(ours().getKeyID()).isEqualTo(first);
        system.clock.advance(Duration.ofMinutes(55));
        var before = system.token("anna");
        system.clock.advance(Duration.ofMinutes(6));

        assertThat(ours().getKeyID()).isEqualTo(next);
        assertThat(status(before)).isEqualTo(200);
        assertThat(status(system.token("anna"))).isEqualTo(200);
    }

    @Test
    void revokesAKeyThatLeakedAtOnceHereAndWithinASecondElsewhere() throws Exception {
        var signedIn = system.signIn("anna", AuthSystem.PASSWORD);
        var token = signedIn.text("accessToken");
        var leaked = ours();
        rotate(false);
        var elsewhere = system.otherAccess();
        assertThat(elsewhere.authenticate(token)).isPresent();
        assertThat(status(token)).as("its signature is known from now on").isEqualTo(200);
        var fresh = rotate(true);

        assertThat(published()).containsExactly(fresh);
        assertThat(status(token)).isEqualTo(401);
        var forged = signed(
                header(JWSAlgorithm.ES256).keyID(leaked.getKeyID()).build(),
                genuine.getJWTClaimsSet(),
                new ECDSASigner(leaked));
        assertThat(status(forged)).isEqualTo(401);
        system.clock.advance(Duration.ofSeconds(1));
        assertThat(elsewhere.authenticate(token)).isEmpty();
        var refreshed = system.refresh(signedIn.text("refreshToken"));
        assertThat(refreshed.status()).as("the session is not lost").isEqualTo(200);
        assertThat(status(refreshed.text("accessToken"))).isEqualTo(200);
        assertThat(elsewhere.authenticate(refreshed.text("accessToken"))).isPresent();
    }

    @Test
    void writesDownWhoRevokedAKeyAndLetsNobodyElse() {
        var first = ours().getKeyID();
        var refused = system.call(system.token("anna"), "POST", "/api/signing-keys/rotate", "{\"revoke\": true}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("detail")).contains("signing-keys.rotate");
        var fresh = rotate(true);
        assertThat(system.store.facts().after(0, 1_000))
                .filteredOn(fact -> fact.by().id().equals("system:test")
                        && fact.collection().equals("SigningKeys"))
                .extracting(fact -> fact.name() + " " + fact.key())
                .contains("DocumentWritten " + fresh, "DocumentWritten " + first, "SigningKeyRevoked " + first);
        assertThat(system.store.facts().after(0, 1_000).toString()).doesNotContain("\"d\"");
    }
}
