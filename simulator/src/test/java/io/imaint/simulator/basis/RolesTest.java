package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.TestSystem.USER;
import static io.imaint.simulator.basis.TestSystem.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Secret;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: roles permit what they hold, and are delivered as the setup guide lists them. Method: its tables, then each rule. */
class RolesTest {
    private static final String ECC = "ZINV_IMAINT_ECC_END_USER";
    private static final String GATEWAY = "ZINV_IMAINT_NWG_END_USER";
    private static final String SUPPLEMENT = "Z_IMAINT_SUPPLEMENT";

    private final TestSystem system = TestSystem.ready();
    private final Roles roles = system.basis.roles();

    @Test
    void deliversTheRoleForEccAsTheGuideLists() {
        var role = roles.find(ECC).orElseThrow();
        assertThat(role.description()).isEqualTo("Innovapptive - iMaintenance - End User - Ecc Authorizations");
        assertThat(role.transactions())
                .containsExactlyInAnyOrder(
                        "CAT2",
                        "CATS_APPR_LITE",
                        "CS03",
                        "CV01N",
                        "CV02N",
                        "CV03N",
                        "IA03",
                        "IA07",
                        "IB03",
                        "IE01",
                        "IE02",
                        "IE03",
                        "IH01",
                        "IH03",
                        "IK01",
                        "IK02",
                        "IK03",
                        "IK11",
                        "IK13",
                        "IW21",
                        "IW22",
                        "IW23",
                        "IW31",
                        "IW32",
                        "IW33",
                        "IW34",
                        "IW41",
                        "IW42",
                        "IW45",
                        "MIGO");
        assertThat(role.authorizations()).extracting(Authorization::object).containsExactly("S_RFC", "S_RFCACL");
    }

    @Test
    void deliversTheRoleForTheGatewayAsTheGuideLists() {
        var role = roles.find(GATEWAY).orElseThrow();
        assertThat(role.description()).isEqualTo("Innovapptive - iMaintenance - End User - Gateway Authorizations");
        assertThat(role.transactions()).isEmpty();
        assertThat(role.authorizations())
                .extracting(Authorization::object)
                .containsExactlyInAnyOrder("S_RFC", "S_RFCACL", "S_SERVICE", "S_TABU_DIS", "S_USER_GRP");
    }

    @Test
    void addsWhatTheDeliveredRoleLacks() {
        assertThat(roles.find(SUPPLEMENT).orElseThrow().transactions())
                .containsExactly("IK12", "IL01", "IL02", "QA11", "QE01", "QE51N");
        assertThat(roles.permits(USER, "IL01")).isTrue();
        system.basis.users().unassign(USER, SUPPLEMENT);
        assertThat(roles.permits(USER, "IL01")).isFalse();
    }

    @Test
    void permitsWhatOneOfTheUsersRolesHolds() {
        assertThat(roles.permits(USER, "IW31")).isTrue();
        assertThat(roles.permits("imaint", "IW31")).isTrue();
        assertThat(roles.permits(USER, "IW3")).isFalse();
        assertThat(roles.permits(USER, "SU01")).isFalse();
        assertThat(roles.permits("NOBODY", "IW31")).isFalse();
    }

    @Test
    void permitsNothingBeforeAndAfterTheAssignmentsDays() {
        system.basis.users().create("TEMP", new Secret("x"), false);
        system.basis
                .users()
                .assign("TEMP", new RoleAssignment(ECC, LocalDate.of(2026, 11, 3), LocalDate.of(2026, 11, 4)));
        assertThat(roles.permits("TEMP", "IW31")).as("on the 2nd").isFalse();
        system.clock.move(Duration.ofDays(1));
        assertThat(roles.permits("TEMP", "IW31")).as("on the 3rd").isTrue();
        system.clock.move(Duration.ofDays(1));
        assertThat(roles.permits("TEMP", "IW31")).as("on the 4th").isTrue();
        system.clock.move(Duration.ofDays(1));
        assertThat(roles.permits("TEMP", "IW31")).as("on the 5th").isFalse();
    }

    @Test
    void aStarStandsForAnything() {
        roles.addTransaction(SUPPLEMENT, "QM*");
        assertThat(roles.permits(USER, "QM01")).isTrue();
        assertThat(roles.permits(USER, "QX01")).isFalse();
        assertThat(roles.permits(Basis.ADMINISTRATOR, "ANY")).isTrue();
        assertThat(roles.permitsService(Basis.ADMINISTRATOR, "00")).isTrue();
    }

    @Test
    void permitsAServiceByItsHashOnly() {
        var hash = UsobHash.hashes(ServiceName.ICWP).getFirst();
        assertThat(roles.permitsService(USER, hash)).isTrue();
        roles.setServiceNames(GATEWAY, List.of());
        assertThat(roles.permitsService(USER, hash)).isFalse();
        roles.setServiceNames(GATEWAY, List.of(hash));
        assertThat(roles.permitsService(USER, hash)).isTrue();
        roles.authorize(GATEWAY, service(hash, "RF"));
        assertThat(roles.permitsService(USER, hash))
                .as("as a name of another type")
                .isFalse();
    }

    private static Authorization service(String name, String type) {
        SortedMap<String, List<String>> fields = new TreeMap<>();
        fields.put("SRV_NAME", List.of(name));
        fields.put("SRV_TYPE", List.of(type));
        return new Authorization("S_SERVICE", fields);
    }

    @Test
    void makesCopiesChangesAndDeletesRoles() {
        roles.create("Z_NEW", "new");
        roles.addTransaction("Z_NEW", "IW31");
        roles.copy("Z_NEW", "Z_COPY");
        roles.removeTransaction("Z_NEW", "IW31");
        roles.describe("Z_NEW", "newer");
        assertThat(roles.find("Z_NEW").orElseThrow().transactions()).isEmpty();
        assertThat(roles.find("Z_NEW").orElseThrow().description()).isEqualTo("newer");
        assertThat(roles.find("Z_COPY").orElseThrow().transactions()).containsExactly("IW31");
        assertThat(roles.list()).extracting(Role::name).contains("Z_NEW", "Z_COPY");
        roles.delete("Z_NEW");
        assertThat(roles.find("Z_NEW")).isEmpty();
    }

    @Test
    void takesADeletedRoleFromItsUsers() {
        roles.delete(ECC);
        assertThat(roles.permits(USER, "IW31")).isFalse();
        roles.create(ECC, "another of this name");
        roles.addTransaction(ECC, "IW31");
        assertThat(roles.permits(USER, "IW31")).isFalse();
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> roles.delete("Z_NONE"));
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> roles.copy("Z_NONE", "Z_OTHER"));
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> roles.addTransaction("Z_NONE", "IW31"));
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> roles.removeTransaction(ECC, "SU01"));
        assertFails(BasisProblem.BASIS_OBJECT_EXISTS, () -> roles.create(ECC, ""));
        assertFails(BasisProblem.BASIS_OBJECT_EXISTS, () -> roles.copy(ECC, GATEWAY));
    }

    @Test
    void leavesSapsRoleAlone() {
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.delete(Role.ALL));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.removeTransaction(Role.ALL, "*"));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.create("SAP_NEW", ""));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.copy(ECC, "SAP_NEW"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "z_small", "Z ROLE", "Z_A_NAME_OF_MORE_THAN_THIRTY_LETTERS", "Z\n"})
    void refusesNamesThatAreNone(String name) {
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.create(name, ""));
    }

    @Test
    void refusesWhatNoRoleCanHold() {
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.addTransaction(ECC, "iw31"));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.addTransaction(ECC, ""));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.addTransaction(ECC, "I*31"));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.describe(ECC, "x".repeat(81)));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> roles.setServiceNames(ECC, List.of("ä")));
    }
}
