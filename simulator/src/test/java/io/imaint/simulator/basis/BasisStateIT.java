package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.TestSystem.PASSWORD;
import static io.imaint.simulator.basis.TestSystem.USER;
import static io.imaint.simulator.basis.TestSystem.assertFails;
import static io.imaint.simulator.basis.TestSystem.cookies;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.basis.Logon.LoggedOn;
import io.imaint.simulator.basis.Logon.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: what was changed is there after a restart, whole, or was not changed. Method: one folder, opened again. */
class BasisStateIT {
    @TempDir
    private Path folder;

    private TestSystem open() {
        return TestSystem.in(folder, InitialSetup.READY);
    }

    private Path document() {
        return folder.resolve(StateFile.NAME);
    }

    @Test
    void remembersEveryKindOfChange() {
        var basis = open().basis;
        basis.users().create("PLANNER1", new Secret("x"), true);
        basis.users().assign("PLANNER1", RoleAssignment.always("Z_IMAINT_SUPPLEMENT"));
        basis.users().lock("PLANNER1");
        basis.roles().create("Z_NEW", "new");
        basis.roles().addTransaction("Z_NEW", "IW31");
        basis.profile().set("login/fails_to_user_lock", "3");
        basis.services().defineSystemAlias("ERP");
        basis.services().addAlias(TestSystem.ICWP, "ERP");
        basis.services().deploy(TestSystem.ICWP, Deployment.HUB);
        basis.services().activateGateway(false);
        basis.services().visibleModelVersion();
        basis.services().modelChanged();
        basis.virusScan().use("Z_SCAN");

        var again = open().basis;
        assertThat(again.users().list()).isEqualTo(basis.users().list());
        assertThat(again.roles().list()).isEqualTo(basis.roles().list());
        assertThat(again.profile().value(Parameter.FAILS_TO_USER_LOCK)).isEqualTo("3");
        assertThat(again.services().list()).isEqualTo(basis.services().list());
        assertThat(again.services().systemAliases()).containsExactly("ERP", "LOCAL");
        assertThat(again.services().gatewayActive()).isFalse();
        assertThat(again.services().visibleModelVersion()).isEqualTo(1);
        assertThat(again.services().modelVersion()).isEqualTo(2);
        assertThat(again.virusScan().setting().profile()).isEqualTo("Z_SCAN");
    }

    @Test
    void remembersWrongPasswordsAndLocks() {
        for (int i = 0; i < 5; i++) {
            open().refusal(USER, "wrong");
        }
        assertThat(open().refusal(USER, PASSWORD)).isEqualTo(Reason.LOCKED);
    }

    @Test
    void forgetsSessions() {
        var cookie = cookies(open().loggedOn().setCookies());
        assertThat(TestSystem.refusal(open().basis.logon("", cookie, ""))).isEqualTo(Reason.MISSING);
    }

    @Test
    void takesTheTechnicalUsersPasswordFromTheSettingsAtEachStart() {
        open().basis.users().setPassword(USER, new Secret("changed"), true);
        assertThat(open().logon(USER, PASSWORD)).isInstanceOf(LoggedOn.class);
        var other = TestSystem.in(folder, "other");
        assertThat(other.logon(USER, "other")).isInstanceOf(LoggedOn.class);
        assertThat(other.refusal(USER, PASSWORD)).isEqualTo(Reason.WRONG);
        assertThat(other.logon(Basis.ADMINISTRATOR, PASSWORD))
                .as("the administrator keeps the first")
                .isInstanceOf(LoggedOn.class);
    }

    @Test
    void makesTheTechnicalUserAnewWhenItWasDeleted() {
        open().basis.users().delete(USER);
        var system = open();
        assertThat(system.logon(USER, PASSWORD)).isInstanceOf(LoggedOn.class);
        assertThat(system.basis.roles().permits(USER, "IW31")).isTrue();
    }

    @Test
    void keepsPasswordsOutOfTheDocument() throws IOException {
        open();
        assertThat(Files.readString(document())).doesNotContain(PASSWORD).contains("pbkdf2-sha256$");
        assertThat(Files.getPosixFilePermissions(document())).hasSize(2);
    }

    @Test
    void goesOnAfterACrashBetweenWritingAndRenaming() throws IOException {
        open().basis.roles().create("Z_NEW", "");
        Files.writeString(folder.resolve("basis.json.tmp"), "{ half a docu");
        var system = open();
        assertThat(system.basis.roles().find("Z_NEW")).isPresent();
        system.basis.roles().create("Z_NEWER", "");
        assertThat(open().basis.roles().find("Z_NEWER")).isPresent();
        assertThat(folder.resolve("basis.json.tmp")).doesNotExist();
    }

    @Test
    void aChangeThatCannotBeWrittenDidNotHappen() throws IOException {
        var system = open();
        Files.delete(document());
        Files.createDirectories(document().resolve("in the way"));
        assertFails(
                BasisProblem.BASIS_STATE_UNWRITABLE, () -> system.basis.roles().create("Z_NEW", ""));
        assertThat(system.basis.roles().find("Z_NEW")).isEmpty();
        Files.delete(document().resolve("in the way"));
        Files.delete(document());
        system.basis.roles().create("Z_NEW", "");
        assertThat(open().basis.roles().find("Z_NEW")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "{}",
                "{\"format\":1}",
                "[]",
                "{\"format\":2,\"users\":{},\"roles\":{},\"parameters\":{},\"gateway\":null,\"imports\":null}"
            })
    void namesADocumentThatIsNone(String content) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(document(), content);
        assertFails(BasisProblem.BASIS_STATE_UNREADABLE, this::open);
        assertThat(document()).as("left as it was found").hasContent(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"format\" : 1|\"format\" : 2",
                "pbkdf2-sha256|plain",
                "$100000$|$2000000000$",
                "\"lock\" : \"NONE\"|\"lock\" : \"PERHAPS\"",
                "\"IW31\"|\"iw31\"",
                "\"icm/HTTPS/verify_client\" : \"1\"|\"icm/HTTPS/verify_client\" : \"7\"",
                "\"model\" : 1|\"model\" : -1",
                "IVDK900101|../../etc",
                "\"to\" : \"9999-12-31\"|\"to\" : \"0000-01-01\""
            })
    void namesADocumentWithAnImpossibleValue(String change) throws IOException {
        open();
        var parts = change.split("\\|", -1);
        var content = Files.readString(document());
        assertThat(content).contains(parts[0]);
        Files.writeString(document(), content.replace(parts[0], parts[1]));
        assertFails(BasisProblem.BASIS_STATE_UNREADABLE, this::open);
    }

    @Test
    void losesNoneOfManyChangesAtOnce() throws Exception {
        var basis = open().basis;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 50; i++) {
                var name = "Z_" + i;
                changes.add(() -> {
                    basis.roles().create(name, "");
                    return null;
                });
            }
            for (var done : threads.invokeAll(changes)) {
                done.get();
            }
        }
        assertThat(basis.roles().list()).hasSize(54);
        assertThat(open().basis.roles().list()).isEqualTo(basis.roles().list());
    }

    @Test
    void goesBackToASnapshot() throws IOException {
        var system = open();
        var snapshot = folder.resolve("snapshot.json");
        Files.copy(folder.resolve("basis.json"), snapshot);
        system.basis.roles().create("Z_NEW", "");
        var cookie = cookies(system.loggedOn().setCookies());
        system.basis.restore(snapshot);
        assertThat(system.basis.roles().find("Z_NEW")).isEmpty();
        assertThat(TestSystem.refusal(system.basis.logon("", cookie, ""))).isEqualTo(Reason.MISSING);
        assertThat(open().basis.roles().find("Z_NEW")).isEmpty();

        Files.writeString(snapshot, "{");
        system.basis.roles().create("Z_NEW", "");
        assertFails(BasisProblem.BASIS_STATE_UNREADABLE, () -> system.basis.restore(snapshot));
        assertFails(BasisProblem.BASIS_STATE_UNREADABLE, () -> system.basis.restore(folder.resolve("none")));
        assertThat(system.basis.roles().find("Z_NEW")).isPresent();
    }

    @Test
    void aSnapshotBringsBackPasswords() throws IOException {
        var system = open();
        system.basis.users().create("PLANNER1", new Secret("before"), false);
        var snapshot = folder.resolve("snapshot.json");
        Files.copy(folder.resolve("basis.json"), snapshot);
        system.basis.users().setPassword("PLANNER1", new Secret("after"), false);
        assertThat(system.logon("PLANNER1", "after")).isInstanceOf(LoggedOn.class);
        system.basis.restore(snapshot);
        assertThat(system.refusal("PLANNER1", "after")).isEqualTo(Reason.WRONG);
        assertThat(system.logon("PLANNER1", "before")).isInstanceOf(LoggedOn.class);
    }

    @Test
    void becomesNewAgain() throws IOException {
        var system = TestSystem.in(folder, InitialSetup.BLANK);
        var archive = folder.resolve(Delivery.FILE);
        system.basis.transports().unpack(archive);
        system.basis.transports().add("IVDK900101");
        system.basis.transports().run("IVDK900101", new ImportOptions("100", true, true));
        var foreign = Files.writeString(folder.resolve("trans/data/notes.txt"), "mine");
        Files.delete(archive);
        system.basis.reset();
        assertThat(system.basis.transports().queue()).isEmpty();
        assertThat(system.basis.transports().directory()).isEmpty();
        assertThat(system.basis.transports().log("IVDK900101")).isEmpty();
        assertThat(foreign).hasContent("mine");
        assertThat(archive).exists();
    }

    @Test
    void aBlankSystemHasNothingButItsUsers() {
        var basis = TestSystem.in(folder, InitialSetup.BLANK).basis;
        assertThat(basis.users().list()).extracting(User::name).containsExactly("BASIS", "IMAINT");
        assertThat(basis.users().find(USER).orElseThrow().assignments()).isEmpty();
        assertThat(basis.roles().list()).extracting(Role::name).containsExactly(Role.ALL);
        assertThat(basis.services().gatewayActive()).isFalse();
        assertThat(basis.services().list())
                .filteredOn(service -> service.name().equals(ServiceName.ICWP))
                .allMatch(service -> !service.registered());
        assertThat(basis.virusScan().setting().mode()).isEqualTo(VirusScan.Mode.NONE);
        assertThat(basis.transports().components()).doesNotContainKey("INVICL");
    }

    @Test
    void theTechnicalUserMayBeTheAdministrator() {
        var defaults = new Defaults("S4H", "100", "BASIS", new Secret("x"), InitialSetup.READY);
        var basis = Basis.open(Optional.empty(), defaults, new HandClock(), new Random(1));
        assertThat(basis.users().list()).hasSize(1);
        assertThat(basis.roles().permits("BASIS", "SU01")).isTrue();
    }
}
