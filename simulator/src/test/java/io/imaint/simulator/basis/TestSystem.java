package io.imaint.simulator.basis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Secret;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A simulated system, its clock, and the words of a caller. */
final class TestSystem {
    static final String CLIENT = "100";
    static final String USER = "IMAINT";
    static final String PASSWORD = "maintain";
    static final String ICWP = ServiceName.ICWP.technicalName();
    static final String ICWP_PATH = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";

    final HandClock clock = new HandClock();
    final Basis basis;

    private TestSystem(Optional<Path> folder, InitialSetup landscape, String password) {
        this.basis = Basis.open(folder, defaults(landscape, password), clock, new Random(7));
    }

    static TestSystem ready() {
        return new TestSystem(Optional.empty(), InitialSetup.READY, PASSWORD);
    }

    static TestSystem blank() {
        return new TestSystem(Optional.empty(), InitialSetup.BLANK, PASSWORD);
    }

    static TestSystem in(Path folder, InitialSetup landscape) {
        return new TestSystem(Optional.of(folder), landscape, PASSWORD);
    }

    static TestSystem in(Path folder, String password) {
        return new TestSystem(Optional.of(folder), InitialSetup.READY, password);
    }

    static Defaults defaults(InitialSetup landscape, String password) {
        return new Defaults("S4H", CLIENT, USER, new Secret(password), landscape);
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    Logon logon(String user, String password) {
        return basis.logon(basic(user, password), "", "");
    }

    Logon.LoggedOn loggedOn() {
        return (Logon.LoggedOn) logon(USER, PASSWORD);
    }

    /** Why the system does not let the user in. */
    Logon.Reason refusal(String user, String password) {
        return refusal(logon(user, password));
    }

    static Logon.Reason refusal(Logon logon) {
        assertThat(logon).isInstanceOf(Logon.Refused.class);
        return ((Logon.Refused) logon).reason();
    }

    /** What a browser sends back of what it was told to keep. */
    static String cookies(List<String> setCookies) {
        return setCookies.stream()
                .map(one -> one.substring(0, one.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    static void assertFails(BasisProblem problem, ThrowingCallable call) {
        Assertions.assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(problem));
    }
}
