package io.imaint.services.auth;

import static io.imaint.services.auth.AuthSystem.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Condition;
import io.imaint.store.Documents.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a session lives as long as its user wants, and no copy of a token outlives it. Method: the routes over HTTP. */
class SessionsIT {
    private AuthSystem system;

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new AuthSystem(directory);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private int notes(String token) {
        return system.call(token, "GET", "/api/notes", "").status();
    }

    @Test
    void continuesByRefreshTokensThatAreGoodOnce() {
        var first = system.signIn("anna", PASSWORD);
        system.clock.advance(Duration.ofMinutes(12));
        assertThat(notes(first.text("accessToken"))).isEqualTo(401);
        var second = system.refresh(first.text("refreshToken"));

        assertThat(second.status()).as(second.toString()).isEqualTo(200);
        assertThat(second.text("refreshToken")).isNotEqualTo(first.text("refreshToken"));
        assertThat(notes(second.text("accessToken"))).isEqualTo(200);
        assertThat(system.refresh(second.text("refreshToken")).status()).isEqualTo(200);
    }

    @Test
    void givesTheSameSuccessorWhenAnAnswerWasLost() {
        var first = system.signIn("anna", PASSWORD).text("refreshToken");
        var lost = system.refresh(first).text("refreshToken");
        system.clock.advance(Duration.ofSeconds(20));
        var repeated = system.refresh(first);

        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.text("refreshToken")).isEqualTo(lost);
        assertThat(system.refresh(lost).status()).isEqualTo(200);
    }

    @Test
    void endsTheSessionWhenATokenComesAgainLater() {
        var first = system.signIn("anna", PASSWORD).text("refreshToken");
        var second = system.refresh(first);
        system.clock.advance(Duration.ofSeconds(40));

        assertThat(system.refresh(first).status()).isEqualTo(401);
        assertThat(system.refresh(second.text("refreshToken")).status()).isEqualTo(401);
        assertThat(notes(second.text("accessToken"))).isEqualTo(401);
    }

    @Test
    void endsTheSessionWhenAThiefWasFaster() {
        var stolen = system.signIn("anna", PASSWORD).text("refreshToken");
        var thief = system.refresh(system.refresh(stolen).text("refreshToken"));
        assertThat(thief.status()).isEqualTo(200);

        assertThat(system.refresh(stolen).status()).isEqualTo(401);
        assertThat(system.refresh(thief.text("refreshToken")).status()).isEqualTo(401);
        system.clock.advance(Duration.ofSeconds(2));
        assertThat(notes(thief.text("accessToken"))).isEqualTo(401);
    }

    @Test
    void endsNoSessionForATokenThatWasNeverGivenOut() {
        var token = system.signIn("anna", PASSWORD).text("refreshToken");
        var parts = token.split("\\.", -1);
        var forged = "%s.%s.%s.%s".formatted(parts[0], parts[1], "A".repeat(43), parts[3]);

        assertThat(system.refresh(forged).status()).isEqualTo(401);
        assertThat(system.refresh("nonsense").status()).isEqualTo(401);
        assertThat(system.refresh(token).status()).isEqualTo(200);
    }

    @Test
    void givesRequestsThatRaceTheSameSuccessor() throws Exception {
        var token = system.signIn("anna", PASSWORD).text("refreshToken");
        var successors = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> refresh = () -> system.refresh(token).text("refreshToken");
            for (var done : threads.invokeAll(Collections.nCopies(8, refresh))) {
                successors.add(done.get());
            }
        }
        assertThat(successors).hasSize(1);
        assertThat(system.refresh(successors.iterator().next()).status()).isEqualTo(200);
    }

    @Test
    void endsASessionInAnyCaseAfterItsAbsoluteLife() {
        var token = system.signIn("anna", PASSWORD).text("refreshToken");
        for (int week = 0; week < 12; week++) {
            system.clock.advance(Duration.ofDays(7));
            var next = system.refresh(token);
            assertThat(next.status()).isEqualTo(200);
            token = next.text("refreshToken");
        }
        system.clock.advance(Duration.ofDays(7));
        assertThat(system.refresh(token).status()).isEqualTo(401);
    }

    @Test
    void endsASessionThatIsNotUsed() {
        var token = system.signIn("anna", PASSWORD).text("refreshToken");
        system.clock.advance(Duration.ofDays(15));
        assertThat(system.refresh(token).status()).isEqualTo(401);
    }

    @Test
    void signsOutAtOnceAndElsewhereWithinTwoSeconds() {
        var signedIn = system.signIn("anna", PASSWORD);
        var token = signedIn.text("accessToken");
        var elsewhere = system.otherAccess();
        assertThat(elsewhere.authenticate(token)).isPresent();
        var out = system.call(token, "POST", "/api/auth/sign-out", "");
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.json().get("providerSignOut").isNull()).isTrue();

        assertThat(notes(token)).isEqualTo(401);
        assertThat(system.refresh(signedIn.text("refreshToken")).status()).isEqualTo(401);
        system.clock.advance(Duration.ofSeconds(2));
        assertThat(elsewhere.authenticate(token)).isEmpty();
    }

    @Test
    void listsSessionsAndEndsOneOfThem() {
        var phone = system.signIn("anna", PASSWORD, "User-Agent", "phone").text("accessToken");
        var desk = system.signIn("anna", PASSWORD, "User-Agent", "desk").text("accessToken");
        var bela = system.token("bela");
        var sessions = system.call(desk, "GET", "/api/auth/sessions", "").json().get("items");

        assertThat(sessions).hasSize(2);
        assertThat(sessions.at("/0/device").asString()).isEqualTo("phone");
        assertThat(sessions.at("/1/current").asBoolean()).isTrue();
        var one = "/api/auth/sessions/" + sessions.at("/0/id").asString();
        assertThat(system.call(bela, "DELETE", one, "").status()).isEqualTo(404);
        assertThat(system.call(desk, "DELETE", one, "").status()).isEqualTo(204);
        assertThat(notes(phone)).isEqualTo(401);
        assertThat(notes(desk)).isEqualTo(200);
    }

    @Test
    void asksForARecentSignInBeforeOtherSessionsEnd() {
        var first = system.signIn("anna", PASSWORD);
        system.clock.advance(Duration.ofMinutes(6));
        var old = first.text("accessToken");
        assertThat(system.call(old, "POST", "/api/auth/sign-out-everywhere", "").status())
                .isEqualTo(403);
        var fresh = system.token("anna");
        assertThat(system.call(fresh, "POST", "/api/auth/sign-out-everywhere", "")
                        .status())
                .isEqualTo(200);
        assertThat(List.of(notes(old), notes(fresh))).containsOnly(401);
    }

    @Test
    void refusesAUserWhoWasDisabledAndARoleThatWasTaken() {
        var anna = system.token("anna");
        var bela = system.token("bela");
        system.store
                .documents(UserCollections.USERS)
                .update("anna", stored -> Change.of(stored.value().raised(User.Status.DISABLED)));
        system.store.documents(UserCollections.ROLES).removeAll(Condition.ALL);
        system.clock.advance(Duration.ofSeconds(2));

        assertThat(notes(anna)).isEqualTo(401);
        assertThat(notes(bela)).isEqualTo(403);
    }

    @Test
    void keepsABrowserSignedInByACookieThatScriptsCannotRead() {
        var reply = browser();
        var line = reply.headers().getOrDefault("set-cookie", List.of()).stream()
                .filter(cookie -> cookie.startsWith("imaint="))
                .findFirst()
                .orElseThrow();

        assertThat(line)
                .contains("; Path=/;", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Secure");
        assertThat(reply.json().get("accessToken").isNull()).isTrue();
        assertThat(reply.json().get("refreshToken").isNull()).isTrue();
        assertThat(system.call("", "GET", "/api/notes", "", "Cookie", reply.cookies())
                        .status())
                .isEqualTo(200);
        system.clock.advance(Duration.ofHours(13));
        assertThat(system.call("", "GET", "/api/notes", "", "Cookie", reply.cookies())
                        .status())
                .isEqualTo(401);
    }

    private AuthSystem.Reply browser() {
        var reply = system.call(
                "",
                "POST",
                "/api/auth/sign-in",
                "{\"user\": \"anna\", \"password\": \"%s\", \"browser\": true}".formatted(PASSWORD));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }

    @Test
    void keepsABrowserThatIsUsedSignedInForAWeek() {
        var cookies = browser().cookies();
        for (int half = 0; half < 13; half++) {
            system.clock.advance(Duration.ofHours(11));
            assertThat(system.call("", "GET", "/api/notes", "", "Cookie", cookies)
                            .status())
                    .isEqualTo(200);
        }
        system.clock.advance(Duration.ofDays(2));
        assertThat(system.call("", "GET", "/api/notes", "", "Cookie", cookies).status())
                .isEqualTo(401);
    }

    @Test
    void refusesWhatAnotherSiteMakesABrowserSend() {
        var cookies = browser().cookies();
        var origin = system.address();
        String[][] forged = {
            {},
            {"Sec-Fetch-Site", "same-origin"},
            {"X-Imaint-Client", "portal"},
            {"X-Imaint-Client", "portal", "Origin", "https://evil.example"},
            {"X-Imaint-Client", "portal", "Origin", "null"},
            {"X-Imaint-Client", "portal", "Origin", origin, "Sec-Fetch-Site", "cross-site"},
            {"X-Imaint-Client", "portal", "Origin", origin, "Sec-Fetch-Site", "same-site"},
        };
        for (var headers : forged) {
            var sent = post(cookies, headers);
            assertThat(sent.status()).as(String.join(" ", headers)).isEqualTo(403);
            assertThat(sent.text("code")).isEqualTo("request-forged");
        }
        assertThat(post(cookies, "X-Imaint-Client", "portal", "Origin", origin).status())
                .isEqualTo(200);
        assertThat(post(cookies, "X-Imaint-Client", "portal", "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(200);
    }

    private AuthSystem.Reply post(String cookies, String... headers) {
        var all = new ArrayList<String>(List.of("Cookie", cookies));
        all.addAll(List.of(headers));
        return system.call("", "POST", "/api/notes", "", all.toArray(String[]::new));
    }

    @Test
    void refusesForgedCookiesAndLetsABearerTokenCountBeforeThem() {
        var cookies = browser().cookies();
        var value = cookies.substring(cookies.indexOf("imaint=") + 7).split(";", -1)[0];
        var forged = value.substring(0, value.indexOf('.') + 1) + "A".repeat(43);
        for (var cookie : new String[] {"imaint=" + forged, "imaint=", "imaint=x", cookies + "; imaint=" + value}) {
            assertThat(system.call("", "GET", "/api/notes", "", "Cookie", cookie)
                            .status())
                    .as(cookie)
                    .isEqualTo(401);
        }
        var bela = system.call(system.token("bela"), "POST", "/api/notes", "", "Cookie", cookies);
        assertThat(bela.text("user")).isEqualTo("bela");
        assertThat(system.call("wrong", "GET", "/api/notes", "", "Cookie", cookies)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void forgetsTheCookieAtSignOut() {
        var cookies = browser().cookies();
        var out = system.call(
                "",
                "POST",
                "/api/auth/sign-out",
                "",
                "Cookie",
                cookies,
                "X-Imaint-Client",
                "portal",
                "Sec-Fetch-Site",
                "same-origin");
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("set-cookie")).startsWith("imaint=;").contains("Max-Age=0");
        assertThat(out.header("clear-site-data"))
                .as("what is cached goes, unsent work stays")
                .isEqualTo("\"cache\"");
        assertThat(system.call("", "GET", "/api/notes", "", "Cookie", cookies).status())
                .isEqualTo(401);
    }

    @Test
    void leavesTheCacheOfAnAppAlone() {
        var out = system.call(system.token("anna"), "POST", "/api/auth/sign-out", "");
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("clear-site-data")).isEmpty();
    }

    @Test
    void showsNoSecretInTheStore() {
        var signedIn = system.signIn("anna", PASSWORD);
        var next = system.refresh(signedIn.text("refreshToken")).text("refreshToken");
        var session = system.access.parts().sessions().of("anna").getFirst();
        assertThat(session.toString())
                .doesNotContain(next.split("\\.", -1)[2])
                .doesNotContain(signedIn.text("refreshToken").split("\\.", -1)[2]);
    }
}
