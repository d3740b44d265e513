package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import io.imaint.gateway.flow.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Verification. */
class JwtTest extends JwtRig {
    @Test
    @Covers({
        "GenerateJWT/Algorithm",
        "GenerateJWT/PrivateKey/Value@ref",
        "GenerateJWT/SecretKey/Value@ref",
        "GenerateJWT/OutputVariable",
        "VerifyJWT/Algorithm",
        "VerifyJWT/Source",
        "VerifyJWT/SecretKey/Value@ref",
        "VerifyJWT/PublicKey/Value@ref"
    })
    void verifiesWhatItGenerates() throws Exception {
        for (var algorithm : List.of("HS256", "RS256", "RS512", "PS256", "ES256")) {
            var context = context(algorithm.startsWith("ES") ? CURVE : RSA);
            run(context, GenerateJWT.TYPE, generate(algorithm, "<Subject>me</Subject>"));
            run(context, VerifyJWT.TYPE, verify(algorithm, "<Subject>me</Subject>"));
            assertThat(context.get("jwt.P.valid")).as(algorithm).isEqualTo(true);
            assertThat(context.text("jwt.P.header.algorithm")).isEqualTo(algorithm);
            assertThat(context.text("jwt.P.header.kid")).isEqualTo("k1");
        }
    }

    @Test
    @Covers({
        "GenerateJWT/Subject",
        "GenerateJWT/Issuer",
        "GenerateJWT/Audience",
        "GenerateJWT/ExpiresIn",
        "GenerateJWT/NotBefore",
        "GenerateJWT/Id",
        "GenerateJWT/AdditionalClaims/Claim@name",
        "GenerateJWT/AdditionalClaims/Claim@type",
        "GenerateJWT/AdditionalClaims/Claim@array",
        "GenerateJWT/AdditionalHeaders/Claim@name",
        "DecodeJWT/Source"
    })
    void writesAllClaims() throws Exception {
        var context = context(RSA);
        run(
                context,
                GenerateJWT.TYPE,
                generate(
                        "HS256",
                        "<Subject ref='none'>me</Subject><Issuer>urn://us</Issuer>"
                                + "<Audience>a1,a2</Audience><ExpiresIn>1h</ExpiresIn><NotBefore>2026-11-30T11:00:00+01:00</NotBefore><Id/>"
                                + "<AdditionalClaims><Claim name='n' type='number'>4.50</Claim><Claim name='b' type='boolean'>true</Claim>"
                                + "<Claim name='m' type='map'>{\"x\":1}</Claim><Claim name='l' type='string' array='true'>p,q</Claim>"
                                + "</AdditionalClaims><AdditionalHeaders><Claim name='h'>v</Claim></AdditionalHeaders>"));
        run(context, DecodeJWT.TYPE, "<DecodeJWT><Source>jwt</Source></DecodeJWT>");
        assertThat(context.text("jwt.P.claim.subject")).isEqualTo("me");
        assertThat(context.text("jwt.P.claim.iss")).isEqualTo("urn://us");
        assertThat(context.text("jwt.P.claim.audience")).isEqualTo("a1,a2");
        assertThat(context.get("jwt.P.claim.issuedat")).isEqualTo(NOW);
        assertThat(context.get("jwt.P.claim.expiry")).isEqualTo(NOW + 3600);
        assertThat(context.get("jwt.P.claim.notbefore")).isEqualTo(NOW);
        assertThat(context.text("jwt.P.claim.jti")).matches("[0-9a-f-]{36}");
        assertThat(context.text("jwt.P.claim.n")).isEqualTo("4.5");
        assertThat(context.get("jwt.P.claim.b")).isEqualTo(true);
        assertThat(context.text("jwt.P.claim.m")).isEqualTo("{\"x\":1}");
        assertThat(context.get("jwt.P.claim.l")).isEqualTo(List.of("p", "q"));
        assertThat(context.text("jwt.P.header.h")).isEqualTo("v");
        assertThat(context.text("jwt.P.header.type")).isEqualTo("JWT");
        assertThat(context.text("jwt.P.expiry_formatted")).isEqualTo("2026-11-30T11:00:00.000+0000");
        assertThat(context.get("jwt.P.seconds_remaining")).isEqualTo(3600L);
        assertThat(context.text("jwt.P.time_remaining_formatted")).isEqualTo("01:00:00.000");
        assertThat(context.get("jwt.P.is_expired")).isEqualTo(false);
        assertThat(context.get("jwt.P.valid")).isNull();
        assertThat(context.text("jwt.P.payload-json")).contains("\"sub\":\"me\"");
        assertThat(context.text("jwt.P.header-json")).contains("\"alg\":\"HS256\"");
    }

    @Test
    void readsTheTimesThatSapReads() {
        for (var text : List.of(
                "2026-11-30T03:00:00-07:00",
                "2026-11-30T03:00:00.000-0700",
                "Mon, 30 Nov 2026 10:00:00 GMT",
                "Monday, 30-Nov-26 10:00:00 GMT",
                "Mon Nov 30 10:00:00 2026")) {
            assertThat(JwtTimes.moment(text).orElseThrow().getEpochSecond())
                    .as(text)
                    .isEqualTo(NOW);
        }
        assertThat(JwtTimes.moment("tomorrow")).isEmpty();
        assertThat(JwtTimes.duration("10d")).contains(Duration.ofDays(10));
        assertThat(JwtTimes.duration("90")).contains(Duration.ofSeconds(90));
        assertThat(JwtTimes.duration("1w")).isEmpty();
    }

    @Test
    @Covers({"VerifyJWT!AlgorithmMismatch", "VerifyJWT!AlgorithmInTokenNotPresentInConfiguration"})
    void takesNoPublicKeyForASecret() throws Exception {
        var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(Map.of("sub", "admin")));
        token.sign(new MACSigner(pem("PUBLIC KEY", RSA.getPublic().getEncoded()).getBytes(StandardCharsets.UTF_8)));
        assertThat(faultOf(token.serialize(), verify("RS256", ""))).isEqualTo("steps.jwt.AlgorithmMismatch");
        assertThat(faultOf(token.serialize(), verify("RS256,RS384", "")))
                .isEqualTo("steps.jwt.AlgorithmInTokenNotPresentInConfiguration");
        assertThat(rig.findings(VerifyJWT.TYPE, verify("RS256,HS256", "")))
                .anyMatch(finding -> finding.reason().contains("one family"));
        assertThat(rig.findings(VerifyJWT.TYPE, verify("HS256", "<PublicKey><Value ref='public.key'/></PublicKey>")))
                .anyMatch(finding -> finding.reason().contains("takes a <SecretKey> only"));
    }

    @Test
    @Covers({"VerifyJWT!FailedToDecode", "VerifyJWT!FailedToResolveVariable", "VerifyJWT!InvalidJsonFormat"})
    void refusesWhatIsNoSignedToken() throws Exception {
        var unsigned = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                + ".e30.";
        for (var token : List.of("x", "a.b.c", unsigned, "x".repeat(DecodeJWT.TOKEN_MAX + 1))) {
            assertThat(faultOf(token, verify("HS256", ""))).isEqualTo("steps.jwt.FailedToDecode");
        }
        assertThat(faultOf("", verify("HS256", ""))).isEqualTo("steps.jwt.FailedToResolveVariable");
        var noJson = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload("text"));
        noJson.sign(new MACSigner(SECRET));
        assertThat(faultOf(noJson.serialize(), verify("HS256", ""))).isEqualTo("steps.jwt.InvalidJsonFormat");
    }

    @Test
    @Covers("VerifyJWT!InvalidToken")
    void refusesAWrongSignatureAndTellsNoClaims() throws Exception {
        var token = signed(Map.of("sub", "me"));
        var forged = token.substring(0, token.lastIndexOf('.')) + ".AAAA";
        assertThat(faultOf(forged, verify("HS256", ""))).isEqualTo("steps.jwt.InvalidToken");
        var context = context(RSA);
        context.set("jwt", forged);
        assertThat(catchThrowableOfType(Fault.class, () -> run(context, VerifyJWT.TYPE, verify("HS256", "")))
                        .text())
                .isEqualTo("Invalid token: policy(P)");
        assertThat(context.get("jwt.P.claim.sub")).isNull();
    }

    @Test
    @Covers({"VerifyJWT!TokenExpired", "VerifyJWT!TokenNotYetValid", "VerifyJWT/TimeAllowance"})
    void checksTheTimesOfAToken() throws Exception {
        assertThat(faultOf(signed(Map.of("exp", NOW)), verify("HS256", ""))).isEqualTo("steps.jwt.TokenExpired");
        assertThat(faultOf(signed(Map.of("nbf", NOW + 1)), verify("HS256", "")))
                .isEqualTo("steps.jwt.TokenNotYetValid");
        assertThat(faultOf(signed(Map.of("exp", "never")), verify("HS256", ""))).isEqualTo("steps.jwt.InvalidToken");
        var context = context(RSA);
        context.set("jwt", signed(Map.of("exp", NOW - 59, "nbf", NOW + 60)));
        run(context, VerifyJWT.TYPE, verify("HS256", "<TimeAllowance>60s</TimeAllowance>"));
        assertThat(context.get("jwt.P.valid")).isEqualTo(true);
    }

    @Test
    @Covers({
        "VerifyJWT/Issuer",
        "VerifyJWT/Subject",
        "VerifyJWT/Audience",
        "VerifyJWT/Id",
        "VerifyJWT!JwtIssuerMismatch",
        "VerifyJWT!JwtSubjectMismatch",
        "VerifyJWT!JwtAudienceMismatch",
        "VerifyJWT!InvalidClaim",
        "VerifyJWT/AdditionalClaims/Claim",
        "VerifyJWT/AdditionalHeaders/Claim"
    })
    void comparesClaims() throws Exception {
        var token = signed(Map.of(
                "iss", "us", "sub", "me", "aud", List.of("a1", "a2"), "jti", "7", "n", 4.5, "m", Map.of("x", 1)));
        var context = context(RSA);
        context.set("jwt", token);
        run(
                context,
                VerifyJWT.TYPE,
                verify(
                        "HS256",
                        "<Issuer>us</Issuer><Subject>me</Subject><Audience>a2</Audience><Id>7</Id>"
                                + "<AdditionalClaims><Claim name='n' type='number'>4.50</Claim><Claim name='m' type='map'>{\"x\":1}</Claim>"
                                + "</AdditionalClaims>"));
        assertThat(context.get("jwt.P.claim.audience")).isEqualTo(List.of("a1", "a2"));
        assertThat(faultOf(token, verify("HS256", "<Issuer>them</Issuer>"))).isEqualTo("steps.jwt.JwtIssuerMismatch");
        assertThat(faultOf(token, verify("HS256", "<Subject>you</Subject>"))).isEqualTo("steps.jwt.JwtSubjectMismatch");
        assertThat(faultOf(token, verify("HS256", "<Audience>a3</Audience>")))
                .isEqualTo("steps.jwt.JwtAudienceMismatch");
        assertThat(faultOf(token, verify("HS256", "<Id>8</Id>"))).isEqualTo("steps.jwt.InvalidClaim");
        assertThat(faultOf(token, verify("HS256", "<AdditionalClaims><Claim name='n'>4.5</Claim></AdditionalClaims>")))
                .isEqualTo("steps.jwt.InvalidClaim");
        assertThat(faultOf(token, verify("HS256", "<AdditionalHeaders><Claim name='h'>v</Claim></AdditionalHeaders>")))
                .isEqualTo("steps.jwt.InvalidClaim");
    }

    @Test
    @Covers("VerifyJWT/IgnoreUnresolvedVariables")
    void neverPassesBecauseAVariableIsMissing() throws Exception {
        var token = signed(Map.of("iss", "us"));
        assertThat(faultOf(token, verify("HS256", "<Issuer ref='none'/>")))
                .isEqualTo("steps.jwt.FailedToResolveVariable");
        assertThat(faultOf(
                        token,
                        verify(
                                "HS256",
                                "<IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables><Issuer ref='none'/>")))
                .isEqualTo("steps.jwt.JwtIssuerMismatch");
    }

    @Test
    @Covers({
        "VerifyJWT!InsufficientKeyLength", "VerifyJWT!WrongKeyType", "VerifyJWT!KeyParsingFailed",
        "GenerateJWT!InsufficientKeyLength", "GenerateJWT!WrongKeyType", "GenerateJWT!KeyParsingFailed"
    })
    void refusesKeysThatDoNotFit() throws Exception {
        var weak = context(WEAK);
        var token = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload(Map.of("a", "b")));
        token.sign(new RSASSASigner(WEAK.getPrivate(), Set.of(AllowWeakRSAKey.getInstance())));
        weak.set("jwt", token.serialize());
        assertThat(nameOf(weak, VerifyJWT.TYPE, verify("RS256", ""))).isEqualTo("InsufficientKeyLength");
        var curve = context(CURVE);
        curve.set("jwt", token.serialize());
        assertThat(nameOf(curve, VerifyJWT.TYPE, verify("RS256", ""))).isEqualTo("WrongKeyType");
        assertThat(nameOf(curve, GenerateJWT.TYPE, generate("RS256", ""))).isEqualTo("WrongKeyType");
        curve.set("public.key", "no key");
        curve.set("private.key", "no key");
        curve.set("private.secret", "short");
        assertThat(nameOf(curve, VerifyJWT.TYPE, verify("RS256", ""))).isEqualTo("KeyParsingFailed");
        assertThat(nameOf(curve, GenerateJWT.TYPE, generate("RS256", ""))).isEqualTo("KeyParsingFailed");
        assertThat(nameOf(curve, GenerateJWT.TYPE, generate("HS256", ""))).isEqualTo("InsufficientKeyLength");
    }
}
