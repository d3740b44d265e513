package io.imaint.services.oidc;

import static io.imaint.services.oidc.OidcSystem.CLIENT;
import static io.imaint.services.oidc.OidcSystem.code;
import static io.imaint.services.oidc.OidcSystem.cookies;
import static io.imaint.services.oidc.OidcSystem.json;
import static io.imaint.services.oidc.OidcSystem.location;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a session and the provider's session from which it came end together, whichever ends first, and nobody else ends
 * them. Method: Ada signs in at a provider that a library plays, and the provider's tokens are changed in one thing each.
 */
class LogoutIT {
    private static final Map<String, Object> EVENTS =
            Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());

    private final MockOAuth2Server provider = new MockOAuth2Server();
    private OidcSystem system;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        provider.start();
        system = new OidcSystem(directory, OidcSystem.freePort(), issuer());
    }

    private String issuer() {
        return provider.issuerUrl("corp").toString();
    }

    @AfterEach
    void stop() {
        system.close();
        provider.shutdown();
    }

    /** Signs Ada in; the session's cookie. */
    private String signIn(String providerSession) {
        provider.enqueueCallback(new DefaultOAuth2TokenCallback(
                "corp", "ada", "JWT", List.of(CLIENT), Map.of("sid", providerSession), 3600));
        var begun = system.begin();
        var signedIn = system.end(begun.at(location(system.get(begun.url(), ""))));
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(302);
        return cookies(signedIn);
    }

    private int status(String session) {
        return system.get(system.address() + "/api/who", session).statusCode();
    }

    private HttpResponse<String> signOut(String session) {
        var out = system.call("POST", "/api/auth/sign-out", "", session);
        assertThat(out.statusCode()).as(out.body()).isEqualTo(200);
        return out;
    }

    @Test
    void offersTheProvidersSignOutWhenASessionEnds() {
        var session = signIn("p-1");
        var offered = json(signOut(session)).get("providerSignOut").asString();
        assertThat(status(session)).isEqualTo(401);
        assertThat(offered).startsWith(issuer() + "/endsession?").contains("id_token_hint=eyJ", "client_id=" + CLIENT);
        assertThat(URLDecoder.decode(offered, UTF_8)).contains("post_logout_redirect_uri=" + system.address() + "/");
        var there = system.get(offered, "");
        assertThat(there.statusCode()).as(there.body()).isEqualTo(302);
        assertThat(location(there)).startsWith(system.address() + "/");
    }

    @Test
    void offersItWhenAllSessionsEndAndNoneAfterAPassword() {
        var everywhere = system.call("POST", "/api/auth/sign-out-everywhere", "", signIn("p-1"));
        assertThat(json(everywhere).get("providerSignOut").asString()).contains("/endsession?");
        system.userWithPassword("anna");
        var out = signOut(system.signInWithPassword("anna"));
        assertThat(json(out).get("providerSignOut").isNull()).isTrue();
    }

    /** The claims of a logout token that is right. */
    private Map<String, Object> claims() {
        var claims = new HashMap<String, Object>();
        claims.put("iss", issuer());
        claims.put("aud", CLIENT);
        claims.put("sub", "ada");
        claims.put("iat", issuedAt(Duration.ZERO));
        claims.put("exp", issuedAt(Duration.ofMinutes(2)));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("events", EVENTS);
        return claims;
    }

    @SuppressWarnings("JavaUtilDate") // The library's type.
    private static Date issuedAt(Duration fromNow) {
        return Date.from(Instant.now().plus(fromNow));
    }

    private String signed(Map<String, Object> claims) {
        return signed("corp", claims);
    }

    /** A token that the key of an issuer signed, with these claims and no other. */
    private String signed(String issuer, Map<String, Object> claims) {
        return provider.issueToken(issuer, CLIENT, new DefaultOAuth2TokenCallback(issuer, "ada") {
                    @Override
                    public Map<String, Object> addClaims(TokenRequest asked) {
                        return claims;
                    }
                })
                .serialize();
    }

    private HttpResponse<String> logOut(String token) {
        return send("logout_token=" + URLEncoder.encode(token, UTF_8));
    }

    private HttpResponse<String> send(String form) {
        return system.send(
                HttpRequest.newBuilder(URI.create(system.address() + "/api/auth/oidc/other/back-channel-logout"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    @Test
    void endsTheSessionsOfWhoSignedOutAtTheProvider() {
        var first = signIn("p-1");
        var second = signIn("p-2");
        system.userWithPassword("anna");
        var anna = system.signInWithPassword("anna");
        var done = logOut(signed(claims()));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
        assertThat(List.of(status(first), status(second), status(anna))).containsExactly(401, 401, 200);
        assertThat(system.store.facts().after(0, 1_000))
                .filteredOn(fact -> fact.name().equals("SessionEnded"))
                .hasSize(2)
                .allSatisfy(fact -> assertThat(fact.by().id()).isEqualTo("system:oidc"));
    }

    @Test
    void endsOneSessionWhenTheProviderNamesIt() {
        var first = signIn("p-1");
        var second = signIn("p-2");
        var claims = claims();
        claims.put("sid", "p-2");
        assertThat(logOut(signed(claims)).statusCode()).isEqualTo(204);
        assertThat(List.of(status(first), status(second))).containsExactly(200, 401);
        claims = claims();
        claims.put("sub", null);
        claims.put("sid", "p-1");
        assertThat(logOut(signed(claims)).statusCode()).isEqualTo(204);
        assertThat(status(first)).isEqualTo(401);
    }

    @Test
    void refusesTokensInWhichOneThingIsWrong() {
        var session = signIn("p-1");
        var wrong = new LinkedHashMap<String, Object>();
        wrong.put("iss", "https://evil.example");
        wrong.put("aud", "another-client");
        wrong.put("sub", null);
        wrong.put("iat", issuedAt(Duration.ofMinutes(-6)));
        wrong.put("jti", null);
        wrong.put("events", Map.of("http://schemas.openid.net/event/another", Map.of()));
        wrong.put("nonce", "a nonce, as an ID token has");
        wrong.forEach((claim, value) -> {
            var claims = claims();
            claims.put(claim, value);
            var refused = logOut(signed(claims));
            assertThat(refused.statusCode()).as(claim + refused.body()).isEqualTo(400);
            assertThat(code(refused)).as(claim).isEqualTo("logout-token-refused");
        });
        assertThat(status(session)).isEqualTo(200);
    }

    @Test
    void refusesTokensThatTheProviderDidNotSign() throws Exception {
        var session = signIn("p-1");
        assertThat(code(logOut(signed("evil", claims())))).isEqualTo("logout-token-refused");
        assertThat(code(logOut(new PlainJWT(JWTClaimsSet.parse(unsigned())).serialize())))
                .isEqualTo("logout-token-refused");
        assertThat(code(logOut("no token"))).isEqualTo("logout-token-refused");
        assertThat(code(send("another=field"))).isEqualTo("logout-token-refused");
        assertThat(code(send(""))).isEqualTo("logout-token-refused");
        assertThat(status(session)).isEqualTo(200);
    }

    private Map<String, Object> unsigned() {
        var claims = claims();
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().getEpochSecond() + 60);
        return claims;
    }

    @Test
    void takesATokenOnce() {
        var token = signed(claims());
        assertThat(logOut(token).statusCode()).isEqualTo(204);
        var session = signIn("p-1");
        assertThat(code(logOut(token))).isEqualTo("logout-token-refused");
        assertThat(status(session)).isEqualTo(200);
    }
}
