package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.TestSystem.PASSWORD;
import static io.imaint.simulator.basis.TestSystem.USER;
import static io.imaint.simulator.basis.TestSystem.assertFails;
import static io.imaint.simulator.basis.TestSystem.cookies;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.basis.Logon.LoggedOn;
import io.imaint.simulator.basis.Logon.Reason;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: security sessions and their tokens behave as SAP's. Method: the headers a caller would send, one rule each. */
class SessionsTest {
    private final TestSystem system = TestSystem.ready();
    private final Sessions sessions = system.basis.sessions();

    private Logon withCookies(String cookies) {
        return system.basis.logon("", cookies, "");
    }

    @Test
    void opensASessionAndTellsItInSapsCookies() {
        var cookies = system.loggedOn().setCookies();
        assertThat(cookies).hasSize(3);
        assertThat(cookies.get(0)).isEqualTo("sap-usercontext=sap-client=100; path=/");
        assertThat(cookies.get(1)).matches("SAP_SESSIONID_S4H_100=[A-Za-z0-9_-]{43}%3d; path=/; HttpOnly");
        assertThat(cookies.get(2)).matches("MYSAPSSO2=[A-Za-z0-9_%-]{300,}; path=/; HttpOnly");
    }

    @Test
    void sendsATicketOnlyWhenTheProfileSaysSo() {
        system.basis.profile().set("login/create_sso2_ticket", "0");
        assertThat(system.loggedOn().setCookies()).hasSize(2);
    }

    @Test
    void goesOnWithTheCookieAlone() {
        var first = system.loggedOn();
        var second = (LoggedOn) withCookies(cookies(first.setCookies()));
        assertThat(second.session()).isSameAs(first.session());
        assertThat(second.setCookies()).isEmpty();
        assertThat(second.session().requests()).isEqualTo(2);
        assertThat(sessions.list()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"=", "%3D", "%3d"})
    void takesTheCookieHoweverItsEndIsWritten(String end) {
        var cookie = cookies(system.loggedOn().setCookies()).replace("%3d", end);
        assertThat(withCookies("a=b;c; " + cookie)).isInstanceOf(LoggedOn.class);
    }

    @Test
    void looksAtEachCookieOfTheName() {
        var cookie = cookies(system.loggedOn().setCookies());
        assertThat(withCookies("SAP_SESSIONID_S4H_100=old%3d; " + cookie)).isInstanceOf(LoggedOn.class);
    }

    @Test
    void opensASessionForEachRequestThatDoesNotReturnItsCookies() {
        assertThat(system.loggedOn().session()).isNotSameAs(system.loggedOn().session());
        assertThat(sessions.list()).hasSize(2);
    }

    @Test
    void refusesACookieThatNobodyGaveOut() {
        system.loggedOn();
        assertThat(TestSystem.refusal(withCookies("SAP_SESSIONID_S4H_100=AAAA%3d")))
                .isEqualTo(Reason.MISSING);
        assertThat(TestSystem.refusal(withCookies(";;=;SAP_SESSIONID_S4H_100"))).isEqualTo(Reason.MISSING);
        var id = cookies(system.loggedOn().setCookies());
        assertThat(TestSystem.refusal(withCookies(id.replace("S4H_100", "S4H_200"))))
                .isEqualTo(Reason.MISSING);
    }

    @Test
    void aSessionDoesNotServeAnotherUser() {
        var cookie = cookies(system.loggedOn().setCookies());
        var other = system.basis.logon(TestSystem.basic("BASIS", PASSWORD), cookie, "");
        assertThat(((LoggedOn) other).session().user()).isEqualTo("BASIS");
        assertThat(TestSystem.refusal(system.basis.logon(TestSystem.basic("BASIS", "wrong"), cookie, "")))
                .isEqualTo(Reason.WRONG);
    }

    @Test
    void aSessionDoesNotServeAnotherClient() {
        var cookie = cookies(system.loggedOn().setCookies());
        assertThat(TestSystem.refusal(system.basis.logon("", cookie, "200"))).isEqualTo(Reason.WRONG_CLIENT);
    }

    @Test
    void endsASessionThatWasIdleTooLong() {
        var cookie = cookies(system.loggedOn().setCookies());
        system.clock.move(Duration.ofSeconds(1799));
        assertThat(withCookies(cookie)).isInstanceOf(LoggedOn.class);
        system.clock.move(Duration.ofSeconds(1799));
        assertThat(withCookies(cookie)).isInstanceOf(LoggedOn.class);
        system.clock.move(Duration.ofMinutes(30));
        assertThat(TestSystem.refusal(withCookies(cookie))).isEqualTo(Reason.MISSING);
        assertThat(sessions.list()).isEmpty();
    }

    @Test
    void takesTheTimeoutFromTheProfile() {
        system.basis.profile().set("http/security_session_timeout", "60");
        var cookie = cookies(system.loggedOn().setCookies());
        system.clock.move(Duration.ofSeconds(60));
        assertThat(TestSystem.refusal(withCookies(cookie))).isEqualTo(Reason.MISSING);
    }

    @Test
    void aClockThatIsSetBackEndsNoSession() {
        var cookie = cookies(system.loggedOn().setCookies());
        system.clock.move(Duration.ofHours(-5));
        assertThat(withCookies(cookie)).isInstanceOf(LoggedOn.class);
        system.clock.move(Duration.ofHours(5));
        assertThat(withCookies(cookie)).as("and set right again").isInstanceOf(LoggedOn.class);
    }

    @Test
    void makesRoomByEndingTheLongestIdle() {
        var first = cookies(system.loggedOn().setCookies());
        var second = cookies(system.loggedOn().setCookies());
        for (int i = 2; i < Sessions.SESSIONS_MAX; i++) {
            system.loggedOn();
        }
        assertThat(withCookies(first)).isInstanceOf(LoggedOn.class);
        system.loggedOn();
        assertThat(sessions.list()).hasSize(Sessions.SESSIONS_MAX);
        assertThat(withCookies(first)).isInstanceOf(LoggedOn.class);
        assertThat(TestSystem.refusal(withCookies(second))).isEqualTo(Reason.MISSING);
    }

    @Test
    void endsASessionOnLogoff() {
        var one = cookies(system.loggedOn().setCookies());
        var other = cookies(system.loggedOn().setCookies());
        assertThat(sessions.logoff(one))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("SAP_SESSIONID_S4H_100=deleted; expires="));
        assertThat(TestSystem.refusal(withCookies(one))).isEqualTo(Reason.MISSING);
        assertThat(withCookies(other)).isInstanceOf(LoggedOn.class);
    }

    @Test
    void listsSessionsAndEndsOneForAnAdministrator() {
        var logon = system.loggedOn();
        system.clock.move(Duration.ofMinutes(1));
        withCookies(cookies(logon.setCookies()));
        var session = sessions.list().getFirst();
        assertThat(session.user()).isEqualTo(USER);
        assertThat(session.requests()).isEqualTo(2);
        assertThat(Duration.between(session.created(), session.lastUsed())).isEqualTo(Duration.ofMinutes(1));
        sessions.end(session.number());
        assertThat(sessions.list()).isEmpty();
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> sessions.end(session.number()));
    }

    @Test
    void aLockLetsSessionsGoOnAndADeletionEndsThem() {
        var cookie = cookies(system.loggedOn().setCookies());
        system.basis.users().lock(USER);
        assertThat(withCookies(cookie)).isInstanceOf(LoggedOn.class);
        system.basis.users().delete(USER);
        system.basis.users().create(USER, new Secret(PASSWORD), false);
        assertThat(TestSystem.refusal(withCookies(cookie))).isEqualTo(Reason.MISSING);
    }

    @ParameterizedTest
    @CsvSource({"GET,Fetch", "GET,fetch", "HEAD,FETCH", "OPTIONS,Fetch"})
    void handsOutTheTokenOfTheSession(String method, String header) {
        var session = system.loggedOn().session();
        var first = (Csrf.Fetched) system.basis.csrf(session, method, header);
        assertThat(first.token()).matches("[A-Za-z0-9_-]{22}==");
        assertThat(system.basis.csrf(session, method, header)).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"GET,", "HEAD,nonsense", "GET,Required"})
    void asksForNoTokenWhereNothingIsChanged(String method, String header) {
        assertThat(system.basis.csrf(system.loggedOn().session(), method, header == null ? "" : header))
                .isEqualTo(new Csrf.Passed());
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "PATCH", "MERGE", "DELETE", "ANYTHING"})
    void letsAChangeThroughOnlyWithTheTokenOfItsSession(String method) {
        var session = system.loggedOn().session();
        var token = ((Csrf.Fetched) system.basis.csrf(session, "GET", "Fetch")).token();
        assertThat(system.basis.csrf(session, method, token)).isEqualTo(new Csrf.Passed());
        // A request that lost its cookies opened another session, whose token is another.
        var other = system.loggedOn().session();
        for (var wrong : new String[] {"", "Fetch", token + "x", token.substring(1), token.toLowerCase(Locale.ROOT)}) {
            assertRefused(system.basis.csrf(session, method, wrong));
        }
        assertRefused(system.basis.csrf(other, method, token));
    }

    private static void assertRefused(Csrf csrf) {
        assertThat(csrf).isInstanceOfSatisfying(Csrf.Refused.class, refused -> {
            assertThat(refused.refusal().status()).isEqualTo(403);
            assertThat(refused.refusal().text()).isEqualTo("CSRF token validation failed");
            assertThat(refused.refusal().headers()).containsEntry("x-csrf-token", "Required");
        });
    }
}
