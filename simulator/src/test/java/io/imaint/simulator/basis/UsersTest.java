package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.TestSystem.PASSWORD;
import static io.imaint.simulator.basis.TestSystem.USER;
import static io.imaint.simulator.basis.TestSystem.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.basis.Logon.LoggedOn;
import io.imaint.simulator.basis.Logon.Reason;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: users are let in, locked and administered as SU01 does. Method: each rule once on a system in memory. */
class UsersTest {
    private final TestSystem system = TestSystem.ready();
    private final Users users = system.basis.users();

    @Test
    void takesAUserInAnyCaseAndThePasswordInItsOwn() {
        assertThat(system.logon("iMaint", PASSWORD)).isInstanceOf(LoggedOn.class);
        assertThat(system.refusal(USER, "Maintain")).isEqualTo(Reason.WRONG);
        assertThat(system.refusal("NOBODY", PASSWORD)).isEqualTo(Reason.WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Basic", "Basic ???", "Basic bm9jb2xvbg==", "basic"})
    void refusesAHeaderThatCarriesNoPassword(String header) {
        assertThat(TestSystem.refusal(system.basis.logon(header, "", ""))).isEqualTo(Reason.WRONG);
    }

    @Test
    void refusesAnEndlessHeader() {
        assertThat(system.refusal(USER, "x".repeat(100_000))).isEqualTo(Reason.WRONG);
        assertThat(users.find(USER).orElseThrow().failedLogons()).isZero();
    }

    @Test
    void saysWhoShouldLogOnAndHow() {
        var refused = (Logon.Refused) system.basis.logon("", "", "");
        assertThat(refused.reason()).isEqualTo(Reason.MISSING);
        assertThat(refused.refusal().status()).isEqualTo(401);
        assertThat(refused.refusal().headers())
                .containsEntry("WWW-Authenticate", "Basic realm=\"SAP NetWeaver Application Server [S4H/100]\"");
    }

    @Test
    void knowsOnlyItsOwnClient() {
        var header = TestSystem.basic(USER, PASSWORD);
        assertThat(system.basis.logon(header, "", "100")).isInstanceOf(LoggedOn.class);
        assertThat(TestSystem.refusal(system.basis.logon(header, "", "200"))).isEqualTo(Reason.WRONG_CLIENT);
    }

    @Test
    void locksAUserAfterFiveWrongPasswordsInARow() {
        for (int i = 1; i <= 4; i++) {
            assertThat(system.refusal(USER, "wrong")).isEqualTo(Reason.WRONG);
        }
        assertThat(system.refusal(USER, "wrong")).isEqualTo(Reason.LOCKED);
        assertThat(system.refusal(USER, PASSWORD)).isEqualTo(Reason.LOCKED);
        assertThat(users.find(USER).orElseThrow().lock()).isEqualTo(User.Lock.WRONG_PASSWORDS);
        users.unlock(USER);
        assertThat(system.logon(USER, PASSWORD)).isInstanceOf(LoggedOn.class);
    }

    @Test
    void forgivesWrongPasswordsAfterARightOne() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(system.refusal(USER, "wrong")).isEqualTo(Reason.WRONG);
            }
            assertThat(system.logon(USER, PASSWORD)).isInstanceOf(LoggedOn.class);
            assertThat(users.find(USER).orElseThrow().failedLogons()).isZero();
        }
    }

    @Test
    void locksAfterAsManyWrongPasswordsAsTheProfileSays() {
        system.basis.profile().set("login/fails_to_user_lock", "2");
        assertThat(system.refusal(USER, "wrong")).isEqualTo(Reason.WRONG);
        assertThat(system.refusal(USER, "wrong")).isEqualTo(Reason.LOCKED);
    }

    @Test
    void anAdministratorsLockHoldsUntilItIsTakenAway() {
        assertThat(system.logon(USER, PASSWORD)).isInstanceOf(LoggedOn.class);
        users.lock(USER);
        assertThat(system.refusal(USER, PASSWORD)).isEqualTo(Reason.LOCKED);
        assertThat(system.refusal(USER, "wrong")).isEqualTo(Reason.LOCKED);
        assertThat(users.find(USER).orElseThrow().lock()).isEqualTo(User.Lock.ADMINISTRATOR);
        users.unlock(USER);
        assertThat(system.logon(USER, PASSWORD)).isInstanceOf(LoggedOn.class);
    }

    @Test
    void countsEachOfManyWrongPasswordsAtOnce() throws Exception {
        system.basis.profile().set("login/fails_to_user_lock", "99");
        assertThat(reasons(20, "wrong")).containsOnly(Reason.WRONG);
        assertThat(users.find(USER).orElseThrow().failedLogons()).isEqualTo(20);
    }

    @Test
    void letsManyInAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var logons = new ArrayList<Future<Logon>>();
            for (int i = 0; i < 200; i++) {
                logons.add(threads.submit(() -> system.logon(USER, PASSWORD)));
            }
            for (var logon : logons) {
                assertThat(logon.get()).isInstanceOf(LoggedOn.class);
            }
        }
        assertThat(system.basis.sessions().list()).hasSize(200);
    }

    private List<Reason> reasons(int attempts, String password) throws Exception {
        var reasons = new ArrayList<Reason>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var logons = new ArrayList<Future<Reason>>();
            for (int i = 0; i < attempts; i++) {
                logons.add(threads.submit(() -> system.refusal(USER, password)));
            }
            for (var logon : logons) {
                reasons.add(logon.get());
            }
        }
        return reasons;
    }

    @Test
    void computesAKnownPasswordOnce() {
        var passwords = passwords();
        var hash = passwords.hash("right");
        assertThat(rounds(passwords, () -> passwords.matches(USER, "right", hash)))
                .isEqualTo(Passwords.ITERATIONS);
        assertThat(rounds(passwords, () -> passwords.matches(USER, "right", hash)))
                .isZero();
    }

    @Test
    void doesNotTellByItsWorkWhichUsersExist() {
        var passwords = passwords();
        var hash = passwords.hash("right");
        long known = rounds(passwords, () -> passwords.matches(USER, "wrong", hash));
        long unknown = rounds(passwords, () -> passwords.refuseUnknown("wrong"));
        assertThat(unknown).isEqualTo(known).isPositive();
    }

    private static Passwords passwords() {
        return new Passwords(new Randomness(new Random(1)), Passwords.ITERATIONS);
    }

    private static long rounds(Passwords passwords, Runnable check) {
        long before = passwords.rounds();
        check.run();
        return passwords.rounds() - before;
    }

    @Test
    void forgetsARememberedPasswordWithEachChangeOfTheUser() {
        system.loggedOn();
        users.setPassword(USER, new Secret("other"), false);
        assertThat(system.refusal(USER, PASSWORD)).isEqualTo(Reason.WRONG);
        assertThat(system.logon(USER, "other")).isInstanceOf(LoggedOn.class);
        users.delete(USER);
        assertThat(system.refusal(USER, "other")).isEqualTo(Reason.WRONG);
        users.create(USER, new Secret("third"), false);
        assertThat(system.refusal(USER, "other")).isEqualTo(Reason.WRONG);
        assertThat(system.logon(USER, "third")).isInstanceOf(LoggedOn.class);
    }

    @Test
    void doesNotLetInWithAnInitialPassword() {
        users.create("planner1", new Secret("init"), true);
        assertThat(system.refusal("PLANNER1", "wrong")).isEqualTo(Reason.WRONG);
        var refused = (Logon.Refused) system.logon("PLANNER1", "init");
        assertThat(refused.reason()).isEqualTo(Reason.MUST_CHANGE);
        assertThat(refused.refusal().status()).isEqualTo(500);
        assertThat(refused.refusal().text()).isEqualTo("[414] user is forced to change password");
        users.setPassword("PLANNER1", new Secret("own"), false);
        assertThat(system.logon("PLANNER1", "own")).isInstanceOf(LoggedOn.class);
    }

    @Test
    void makesListsAndDeletesUsers() {
        users.create("planner1", new Secret("init"), false);
        assertThat(users.list()).extracting(User::name).containsExactly("BASIS", "IMAINT", "PLANNER1");
        assertFails(BasisProblem.BASIS_OBJECT_EXISTS, () -> users.create("PLANNER1", new Secret("x"), false));
        users.delete("Planner1");
        assertThat(users.find("PLANNER1")).isEmpty();
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> users.delete("PLANNER1"));
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> users.lock("PLANNER1"));
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> users.setPassword("PLANNER1", new Secret("x"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A B", "THIRTEENCHARS", "a:b", "ä", "a\nb"})
    void refusesNamesThatAreNone(String name) {
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> users.create(name, new Secret("x"), false));
    }

    @Test
    void refusesPasswordsThatNobodyCanType() {
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> users.create("A", new Secret(""), false));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> users.create("A", new Secret("x".repeat(41)), false));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> users.setPassword(USER, new Secret("a\nb"), false));
    }

    @Test
    void givesAndTakesRoles() {
        users.create("PLANNER1", new Secret("x"), false);
        var until = new RoleAssignment("Z_IMAINT_SUPPLEMENT", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));
        users.assign("PLANNER1", RoleAssignment.always("Z_IMAINT_SUPPLEMENT"));
        users.assign("PLANNER1", until);
        assertThat(users.find("PLANNER1").orElseThrow().assignments()).containsExactly(until);
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> users.assign("PLANNER1", RoleAssignment.always("Z_NONE")));
        users.unassign("PLANNER1", "Z_IMAINT_SUPPLEMENT");
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> users.unassign("PLANNER1", "Z_IMAINT_SUPPLEMENT"));
    }

    @Test
    void theAdministratorMayDoAnything() {
        assertThat(system.logon(Basis.ADMINISTRATOR, PASSWORD)).isInstanceOf(LoggedOn.class);
        assertThat(system.basis.roles().permits(Basis.ADMINISTRATOR, "SU01")).isTrue();
        assertThat(system.basis.service(TestSystem.ICWP_PATH + "/PlantSet", Basis.ADMINISTRATOR))
                .isEmpty();
    }
}
