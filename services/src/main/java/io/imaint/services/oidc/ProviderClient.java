package io.imaint.services.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import io.imaint.services.auth.ProviderSession;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Talks to one provider: the authorization code flow with PKCE. Source: OpenID Connect Core and Discovery 1.0, RFC 9207.
 */
final class ProviderClient {
    /** What providers sign ID tokens with; none of them lets a public key pass as a secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    /** How long keys are kept, and how seldom they are read again because a token names an unknown one. */
    private static final long KEYS_MILLIS = Duration.ofHours(1).toMillis();

    private static final long REREAD_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final Scope SCOPE = new Scope("openid", "profile", "email");

    private final OidcSettings.Provider settings;
    private final URI redirect;
    private final URI home;
    private final DefaultResourceRetriever retriever =
            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, ANSWER_BYTES_MAX);
    private volatile @Nullable Discovered discovered;

    private record Discovered(
            OIDCProviderMetadata metadata, IDTokenValidator validator, LogoutTokenValidator logoutValidator) {}

    /** What the provider says about a user who signed in, and the token in which it says so. */
    record Proof(JWTClaimsSet claims, JWT idToken) {}

    /** @param publicUrl where the provider sends browsers back to */
    ProviderClient(OidcSettings.Provider settings, URI publicUrl) {
        this.settings = settings;
        this.redirect = publicUrl.resolve("/api/auth/oidc/" + settings.id() + "/callback");
        this.home = publicUrl.resolve("/");
    }

    OidcSettings.Provider settings() {
        return settings;
    }

    private Discovered discovered() {
        var known = discovered;
        if (known != null) {
            return known;
        }
        var issuer = settings.issuer().toString();
        var url = (issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration";
        try {
            var metadata = OIDCProviderMetadata.parse(
                    retriever.retrieveResource(URI.create(url).toURL()).getContent());
            if (!metadata.getIssuer().getValue().equals(issuer)) {
                throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("its metadata is that of another issuer");
            }
            var fresh = discovered(metadata);
            discovered = fresh;
            return fresh;
        } catch (IOException unreachable) {
            throw OidcProblem.PROVIDER_UNREACHABLE.because(settings.name(), unreachable);
        } catch (ParseException unusable) {
            throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("its metadata cannot be read", unusable);
        }
    }

    private Discovered discovered(OIDCProviderMetadata metadata) throws MalformedURLException {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                        metadata.getJWKSetURI().toURL(), retriever)
                .cache(KEYS_MILLIS, TIMEOUT_MILLIS)
                .rateLimited(REREAD_MILLIS)
                .refreshAheadCache(false)
                .build();
        var issuer = new Issuer(settings.issuer());
        var client = new ClientID(settings.clientId());
        var selector = new JWSVerificationKeySelector<>(ALGORITHMS, keys);
        return new Discovered(
                metadata,
                new IDTokenValidator(issuer, client, selector, null),
                new LogoutTokenValidator(issuer, client, false, selector, null));
    }

    /** Where a browser is sent to sign in. */
    String authorization(Flow flow) {
        var metadata = discovered().metadata;
        return new AuthenticationRequest.Builder(ResponseType.CODE, SCOPE, new ClientID(settings.clientId()), redirect)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(flow.state()))
                .nonce(new Nonce(flow.nonce()))
                .codeChallenge(new CodeVerifier(flow.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI()
                .toString();
    }

    /** Fails unless an answer names the issuer that it should, where the provider says that its answers do. */
    void requireIssuer(@Nullable String issuer) {
        boolean announced = discovered().metadata.supportsAuthorizationResponseIssuerParam();
        if (issuer == null ? announced : !issuer.equals(settings.issuer().toString())) {
            throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("it comes from another issuer");
        }
    }

    /** What the provider says about the user to whom a code belongs. */
    Proof proof(String code, Flow flow) {
        var known = discovered();
        var grant =
                new AuthorizationCodeGrant(new AuthorizationCode(code), redirect, new CodeVerifier(flow.verifier()));
        var client = new ClientSecretBasic(
                new ClientID(settings.clientId()),
                new Secret(settings.clientSecret().reveal()));
        try {
            var request = new TokenRequest.Builder(known.metadata.getTokenEndpointURI(), client, grant)
                    .build()
                    .toHTTPRequest();
            request.setConnectTimeout(TIMEOUT_MILLIS);
            request.setReadTimeout(TIMEOUT_MILLIS);
            request.setFollowRedirects(false);
            var response = OIDCTokenResponseParser.parse(request.send());
            if (!response.indicatesSuccess()) {
                throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("it did not take the code");
            }
            var token = response.toSuccessResponse().getTokens().toOIDCTokens().getIDToken();
            if (token == null) {
                throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("it sent no ID token");
            }
            var claims =
                    known.validator.validate(token, new Nonce(flow.nonce())).toJWTClaimsSet();
            requireForUs(claims);
            return new Proof(claims, token);
        } catch (IOException unreachable) {
            throw OidcProblem.PROVIDER_UNREACHABLE.because(settings.name(), unreachable);
        } catch (BadJOSEException | JOSEException | ParseException forged) {
            throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("its ID token is not valid", forged);
        }
    }

    /** A token for several clients says which of them asked for it. Source: OpenID Connect Core 1.0, 3.1.3.7. */
    private void requireForUs(JWTClaimsSet claims) {
        var asked = claims.getClaim("azp");
        if (asked == null ? claims.getAudience().size() > 1 : !asked.equals(settings.clientId())) {
            throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("its ID token was made for another client");
        }
    }

    /** The provider's session in which a user signed in, and where it is ended. Source: OpenID Connect RP-Initiated Logout 1.0. */
    ProviderSession session(Proof proof) {
        var endpoint = discovered().metadata.getEndSessionEndpointURI();
        boolean offered = endpoint != null && Set.of("https", "http").contains(String.valueOf(endpoint.getScheme()));
        var client = new ClientID(settings.clientId());
        return new ProviderSession(
                settings.issuer().toString(),
                proof.claims.getSubject(),
                proof.claims.getClaim("sid") instanceof String sid ? sid : null,
                offered ? new LogoutRequest(endpoint, proof.idToken, null, client, home, null, null).toURI() : null);
    }

    /** Who has signed out at the provider, as a token of it says. */
    LogoutTokenClaimsSet loggedOut(String token) {
        try {
            return discovered().logoutValidator.validate(JWTParser.parse(token));
        } catch (BadJOSEException | JOSEException | java.text.ParseException forged) {
            throw OidcProblem.LOGOUT_TOKEN_REFUSED.because("it is not valid", forged);
        }
    }
}
