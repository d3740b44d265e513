package io.imaint.services.oidc;

import static io.imaint.services.oidc.OidcSystem.CLIENT;
import static io.imaint.services.oidc.OidcSystem.location;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.TokenRequest;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Condition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: who signs in at a provider is exactly the user that the provider vouches for. Method: the whole flow through a
 * foreign provider that also sends forged claims.
 */
class OidcIT {
    private final MockOAuth2Server provider = new MockOAuth2Server();
    private OidcSystem system;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        provider.start();
        system = new OidcSystem(
                directory, OidcSystem.freePort(), provider.issuerUrl("corp").toString());
    }

    @AfterEach
    void stop() {
        system.close();
        provider.shutdown();
    }

    /** A sign-in that comes back from the provider, which asks nobody for a password. */
    private OidcSystem.Flow answered() {
        var begun = system.begin();
        var signedIn = system.get(begun.url(), "");
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(302);
        return begun.at(location(signedIn));
    }

    private void says(String subject, Map<String, Object> claims) {
        provider.enqueueCallback(new DefaultOAuth2TokenCallback("corp", subject, "JWT", List.of(CLIENT), claims, 3600) {
            @Override
            public Map<String, Object> addClaims(TokenRequest asked) {
                return claims; // Nothing that the provider would correct.
            }
        });
    }

    private HttpResponse<String> signIn(String subject, Map<String, Object> claims) {
        says(subject, claims);
        return system.end(answered());
    }

    @Test
    void createsAUserWithTheGroupsOfTheMappingAndKnowsThemAgain() {
        var first = signIn("s-1", Map.of("name", "Ada", "groups", List.of("crew-a", "others")));
        assertThat(system.who(first))
                .contains("\"user\":\"other-", "\"technician\"")
                .doesNotContain("planner");
        var second = signIn("s-1", Map.of("name", "Ada", "groups", List.of("planners")));
        assertThat(system.who(second)).contains("\"planner\"").doesNotContain("technician");
        assertThat(system.store.documents(UserCollections.USERS).count(Condition.ALL))
                .isEqualTo(1);
    }

    @Test
    void linksByAVerifiedAddressOfItsDomainOnly() {
        system.user("anna", "anna@example.com", User.Status.INVITED);
        system.user("bela", "bela@elsewhere.com", User.Status.ACTIVE);
        assertThat(system.who(signIn("s-1", Map.of("email", "anna@example.com", "email_verified", false))))
                .doesNotContain("anna");
        assertThat(system.who(signIn("s-2", Map.of("email", "bela@elsewhere.com", "email_verified", true))))
                .doesNotContain("bela");
        assertThat(system.who(signIn("s-3", Map.of("email", "Anna@example.com", "email_verified", true))))
                .contains("\"user\":\"anna\"");
        assertThat(system.who(signIn("s-3", Map.of()))).as("linked from now on").contains("\"user\":\"anna\"");
        assertThat(system.store
                        .documents(UserCollections.USERS)
                        .find("anna")
                        .orElseThrow()
                        .value()
                        .groups())
                .containsExactly("manual");
    }

    @Test
    void refusesADisabledUser() {
        system.user("anna", "anna@example.com", User.Status.DISABLED);
        var refused = signIn("s-1", Map.of("email", "anna@example.com", "email_verified", true));
        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void refusesForgedClaims() {
        var forged = new LinkedHashMap<String, Map<String, Object>>();
        forged.put("iss", Map.of("iss", "https://evil.example"));
        forged.put("aud", Map.of("aud", "another-client"));
        forged.put("azp", Map.of("aud", List.of(CLIENT, "another-client"), "azp", "another-client"));
        forged.put("nonce", Map.of("nonce", "another-nonce"));
        forged.put("exp", Map.of("exp", 1_000_000_000L));
        forged.forEach((what, claims) ->
                assertThat(signIn("s-1", claims).statusCode()).as(what).isEqualTo(401));
        assertThat(system.store.documents(UserCollections.USERS).count(Condition.ALL))
                .isZero();
    }

    @Test
    void refusesAnAnswerThatThisBrowserDidNotAskFor() {
        says("s-1", Map.of());
        var mine = answered();
        var theirs = answered();
        assertThat(system.get(mine.url(), "").statusCode()).as("no cookie").isEqualTo(401);
        assertThat(system.get(theirs.url(), mine.cookies()).statusCode())
                .as("another flow's state")
                .isEqualTo(401);
        assertThat(system.get(mine.url(), "imaint-flow=forged").statusCode()).isEqualTo(401);
        assertThat(system.end(mine).statusCode()).isEqualTo(302);
        assertThat(system.get(system.address() + "/api/auth/oidc/unknown/start", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void refusesAnAnswerThatIsNotTheProviders() {
        says("s-1", Map.of());
        var mixedUp = answered();
        assertThat(system.end(mixedUp.at(mixedUp.url() + "&iss=https://evil.example"))
                        .statusCode())
                .isEqualTo(401);
        var otherCode = answered();
        assertThat(system.end(otherCode.at(otherCode.url().replace("code=", "code=x")))
                        .statusCode())
                .isIn(401, 502);
        var denied = answered();
        assertThat(system.end(denied.at(denied.url().replace("code=", "error=access_denied&x=")))
                        .statusCode())
                .isIn(400, 401);
    }

    /** Whoever captured callback and cookie has what the browser had, and may be faster at another process. */
    @Test
    void takesAnAnswerOnceInAllProcesses() {
        var other = system.startProcess(0);
        says("s-1", Map.of());
        var answered = answered();
        var elsewhere = answered.at(answered.url().replace(system.address(), other));
        assertThat(system.end(elsewhere).statusCode()).isEqualTo(302);
        says("s-1", Map.of()); // The provider would take the code again.
        assertRefusedAsRepeated(system.end(answered));
        assertRefusedAsRepeated(system.end(elsewhere));
        var next = answered();
        assertThat(system.end(next).statusCode()).isEqualTo(302);
    }

    private static void assertRefusedAsRepeated(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
        assertThat(refused.body()).contains("an answer to this sign-in came before");
    }

    /** Also when the first was one that the provider did not send. */
    @Test
    void takesNoSecondAnswerAfterOneThatFailed() {
        says("s-1", Map.of());
        var answered = answered();
        assertThat(system.end(answered.at(answered.url() + "&iss=https://evil.example"))
                        .statusCode())
                .isEqualTo(401);
        assertRefusedAsRepeated(system.end(answered));
    }

    @Test
    void takesNoIdTokenAsAnAccessToken() throws Exception {
        SignedJWT token = provider.issueToken("corp", "anna", new DefaultOAuth2TokenCallback("corp", "anna"));
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("anna");
        var request = HttpRequest.newBuilder(URI.create(system.address() + "/api/who"))
                .header("Authorization", "Bearer " + token.serialize())
                .build();
        assertThat(system.send(request).statusCode()).isEqualTo(401);
    }
}
