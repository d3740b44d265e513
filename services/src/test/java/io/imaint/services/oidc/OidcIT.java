package io.imaint.services.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.TokenRequest;
import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.services.auth.Access;
import io.imaint.services.auth.AuthSettings;
import io.imaint.services.user.Group;
import io.imaint.services.user.Role;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Condition;
import io.imaint.store.IdempotencyKeys;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String CLIENT = "imaint-client";

    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final MockOAuth2Server provider = new MockOAuth2Server();
    private final Telemetry telemetry = Telemetry.create();
    private Store store;
    private ApiServer api;

    private record Who(String user, List<String> roles) {}

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        provider.start();
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        int port = freePort();
        var url = "http://127.0.0.1:" + port;
        var settings = Settings.of(Map.ofEntries(
                Map.entry("home", directory.toString()),
                Map.entry("public-url", url),
                Map.entry("oidc-issuer", provider.issuerUrl("corp").toString()),
                Map.entry("oidc-client-id", CLIENT),
                Map.entry("oidc-client-secret", "secret"),
                Map.entry("oidc-domains", "example.com"),
                Map.entry("oidc-groups", "crew-a=crew,planners=planning"),
                Map.entry("oidc-creates-users", "yes")));
        var oidcSettings = OidcSettings.read(settings);
        var access = Access.over(store, AuthSettings.read(settings));
        var oidc = new Oidc(store, access, oidcSettings, new SecureRandom(), InstantSource.system());
        Routed who = () -> List.of(Route.get("/api/who", "Tells who asks")
                .permits(new Permission("account.self"))
                .answers(Who.class)
                .handles(() -> new Who(
                        Caller.current().id(),
                        Caller.current().roles().stream().sorted().toList())));
        api = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", Integer.toString(port)))),
                List.of(oidc, who),
                access,
                new IdempotencyKeys(store, InstantSource.system()),
                LinkedHashMap::new,
                telemetry);
        store.documents(UserCollections.ROLES)
                .upsertAll(List.of(
                        new Role("technician", Map.of(), Map.of(), null, "optional", List.of("notes.read"), false),
                        new Role("planner", Map.of(), Map.of(), null, "optional", List.of("notes.read"), false)));
        store.documents(UserCollections.GROUPS)
                .upsertAll(List.of(
                        new Group("crew", "Crew", List.of("technician"), false, List.of(), List.of(), null, false),
                        new Group(
                                "planning", "Planning", List.of("planner"), false, List.of(), List.of(), null, false)));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        api.close();
        store.close();
        telemetry.close();
        provider.shutdown();
        browser.close();
    }

    private HttpResponse<String> get(String url, String cookies) {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        try {
            return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("location").orElseThrow(() -> new AssertionError(response.body()));
    }

    private static String cookies(HttpResponse<String> response) {
        return String.join(
                "; ",
                response.headers().allValues("set-cookie").stream()
                        .map(line -> line.substring(0, line.indexOf(';')))
                        .toList());
    }

    /** A flow as the browser has it once it is back from the provider. */
    private record Answered(String callback, String cookies) {}

    private Answered answered() {
        var started = get(api.address() + "/api/auth/oidc/other/start", "");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(302);
        assertThat(location(started)).contains("code_challenge_method=S256", "nonce=", "state=");
        var signedIn = get(location(started), "");
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(302);
        return new Answered(location(signedIn), cookies(started));
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
        var answered = answered();
        return get(answered.callback, answered.cookies);
    }

    private String who(HttpResponse<String> signedIn) {
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(302);
        assertThat(location(signedIn)).isEqualTo("/");
        return get(api.address() + "/api/who", cookies(signedIn)).body();
    }

    private void user(String id, String email, User.Status status) {
        store.documents(UserCollections.USERS)
                .upsertAll(List.of(new User(
                        id,
                        id,
                        email,
                        status,
                        List.of(),
                        List.of("manual"),
                        false,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        0,
                        List.of(),
                        false)));
    }

    @Test
    void createsAUserWithTheGroupsOfTheMappingAndKnowsThemAgain() {
        var first = signIn("s-1", Map.of("name", "Ada", "groups", List.of("crew-a", "others")));
        assertThat(who(first)).contains("\"user\":\"other-", "\"technician\"").doesNotContain("planner");
        var second = signIn("s-1", Map.of("name", "Ada", "groups", List.of("planners")));
        assertThat(who(second)).contains("\"planner\"").doesNotContain("technician");
        assertThat(store.documents(UserCollections.USERS).count(Condition.ALL)).isEqualTo(1);
    }

    @Test
    void linksByAVerifiedAddressOfItsDomainOnly() {
        user("anna", "anna@example.com", User.Status.INVITED);
        user("bela", "bela@elsewhere.com", User.Status.ACTIVE);
        assertThat(who(signIn("s-1", Map.of("email", "anna@example.com", "email_verified", false))))
                .doesNotContain("anna");
        assertThat(who(signIn("s-2", Map.of("email", "bela@elsewhere.com", "email_verified", true))))
                .doesNotContain("bela");
        assertThat(who(signIn("s-3", Map.of("email", "Anna@example.com", "email_verified", true))))
                .contains("\"user\":\"anna\"");
        assertThat(who(signIn("s-3", Map.of()))).as("linked from now on").contains("\"user\":\"anna\"");
        assertThat(store.documents(UserCollections.USERS)
                        .find("anna")
                        .orElseThrow()
                        .value()
                        .groups())
                .containsExactly("manual");
    }

    @Test
    void refusesADisabledUser() {
        user("anna", "anna@example.com", User.Status.DISABLED);
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
        assertThat(store.documents(UserCollections.USERS).count(Condition.ALL)).isZero();
    }

    @Test
    void refusesAnAnswerThatThisBrowserDidNotAskFor() {
        says("s-1", Map.of());
        var mine = answered();
        var theirs = answered();
        assertThat(get(mine.callback, "").statusCode()).as("no cookie").isEqualTo(401);
        assertThat(get(theirs.callback, mine.cookies).statusCode())
                .as("another flow's state")
                .isEqualTo(401);
        assertThat(get(mine.callback, "imaint-flow=forged").statusCode()).isEqualTo(401);
        assertThat(get(mine.callback + "&iss=https://evil.example", mine.cookies)
                        .statusCode())
                .as("mix-up")
                .isEqualTo(401);
        assertThat(get(mine.callback.replace("code=", "code=x"), mine.cookies).statusCode())
                .as("another code")
                .isIn(401, 502);
        assertThat(get(mine.callback.replace("code=", "error=access_denied&x="), mine.cookies)
                        .statusCode())
                .isIn(400, 401);
        assertThat(get(mine.callback, mine.cookies).statusCode()).isEqualTo(302);
        assertThat(get(api.address() + "/api/auth/oidc/unknown/start", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void takesNoIdTokenAsAnAccessToken() throws Exception {
        SignedJWT token = provider.issueToken("corp", "anna", new DefaultOAuth2TokenCallback("corp", "anna"));
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("anna");
        var request = HttpRequest.newBuilder(URI.create(api.address() + "/api/who"))
                .header("Authorization", "Bearer " + token.serialize())
                .build();
        assertThat(browser.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }
}
