package io.imaint.services.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;

/**
 * Access tokens: JWTs as RFC 9068 has them. They name the user and the session and no rights, so that a change of rights
 * holds at once.
 */
final class AccessTokens {
    static final Duration LIFE = Duration.ofMinutes(10);
    static final String AUDIENCE = "imaint-api";

    /** The claim with the version of the user's rights. */
    static final String VERSION = "ver";

    /** The claim with the session. */
    static final String SESSION = "sid";

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    /** How far clocks of processes may be apart. */
    private static final int SKEW_SECONDS = 60;

    private static final int LENGTH_MAX = 4_096;

    private final SigningKeys keys;
    private final String issuer;
    private final RandomTokens tokens;
    private final InstantSource clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * What a token says.
     *
     * @param key the id of the key that signed it
     */
    record Claims(String user, String session, long rightsVersion, Instant expiresAt, String key) {}

    AccessTokens(SigningKeys keys, String issuer, RandomTokens tokens, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.tokens = tokens;
        this.clock = clock;
        JWKSource<SecurityContext> ours = (selector, context) -> selector.select(new JWKSet(keys.published()));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, ours));
        processor.setJWTClaimsSetVerifier(claims());
    }

    @SuppressWarnings("JavaUtilDate") // The library's type.
    private DefaultJWTClaimsVerifier<SecurityContext> claims() {
        var exact = new JWTClaimsSet.Builder().issuer(issuer).build();
        var required = Set.of("sub", SESSION, "jti", "iat", "exp", VERSION);
        var verifier = new DefaultJWTClaimsVerifier<SecurityContext>(AUDIENCE, exact, required) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        };
        verifier.setMaxClockSkew(SKEW_SECONDS);
        return verifier;
    }

    /** Makes a token of a user's session. */
    @SuppressWarnings("JavaUtilDate") // The library's type.
    String issue(String user, String session, long rightsVersion) {
        var now = clock.instant();
        var key = keys.active();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.getKeyID())
                .build();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(AUDIENCE)
                .subject(user)
                .claim(SESSION, session)
                .claim(VERSION, rightsVersion)
                .jwtID(tokens.id())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException impossible) {
            throw new AssertionError("the key was made for signing", impossible);
        }
        return token.serialize();
    }

    /** What a token says; empty when it is forged, expired, or no access token of ours. */
    @SuppressWarnings("JavaUtilDate") // The library's type.
    Optional<Claims> verified(String token) {
        if (token.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            var signed = SignedJWT.parse(token);
            var id = signed.getHeader().getKeyID();
            if (id == null || !keys.knows(id)) {
                return Optional.empty();
            }
            var claims = processor.process(signed, null);
            return Optional.of(new Claims(
                    claims.getSubject(),
                    claims.getStringClaim(SESSION),
                    claims.getLongClaim(VERSION),
                    claims.getExpirationTime().toInstant(),
                    id));
        } catch (ParseException | BadJOSEException | JOSEException refused) {
            return Optional.empty();
        }
    }
}
