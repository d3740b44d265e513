package io.imaint.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Goal: users, roles, services and transports are administered as JSON. Method: the operations over a small plant in memory. */
class AdministrationTest {
    private static final String ICWP = "/INVICL/ICWP_INTEGRATION_SUITE_SRV_0001";

    private final Office office = new Office();

    @Test
    void usersAreKept() {
        office.done("users/create", "{'name':'planner1','password':'Secret1','initial':true}");
        assertThat(AdminApiTest.row(office.read("users").get("users"), "user", "PLANNER1")
                        .get("password")
                        .asString())
                .isEqualTo("initial");
        office.refused(409, "users/create", "{'name':'PLANNER1','password':'x'}");
        office.done("users/password", "{'name':'PLANNER1','password':'Other1'}");
        office.done("users/lock", "{'name':'PLANNER1'}");
        assertThat(office.read("users/show?name=PLANNER1").get("lock").asString())
                .isEqualTo("by administrator");
        office.done("users/unlock", "{'name':'PLANNER1'}");
        office.done("users/assign", "{'name':'PLANNER1','role':'SAP_ALL','to':'2026-03-31'}");
        assertThat(AdminApiTest.row(office.read("users/show?name=planner1").get("roles"), "role", "SAP_ALL")
                        .get("to")
                        .asString())
                .isEqualTo("2026-03-31");
        assertThat(office.operations.isAdministrator("PLANNER1")).isTrue();
        office.now = office.now.plus(Duration.ofDays(60));
        assertThat(office.operations.isAdministrator("PLANNER1")).isFalse();
        office.refused(
                400, "users/assign", "{'name':'PLANNER1','role':'SAP_ALL','from':'2026-03-31','to':'2026-03-01'}");
        office.done("users/unassign", "{'name':'PLANNER1','role':'SAP_ALL'}");
        office.done("users/delete", "{'name':'PLANNER1'}");
        assertThat(office.call("GET", "users/show?name=PLANNER1", "").status()).isEqualTo(404);
    }

    @Test
    void rolesAreKept() {
        office.done("roles/create", "{'name':'ZPLAN','description':'Planner'}");
        office.done("roles/add-transaction", "{'name':'ZPLAN','transaction':'IW3*'}");
        office.done("roles/authorize", "{'name':'ZPLAN','object':'I_AUART','values':{'AUFART':'PM01,PM02'}}");
        office.refused(400, "roles/authorize", "{'name':'ZPLAN','object':'no object','values':{}}");
        var hash = office.read("hashes?name=/INVICL/*")
                .get("hashes")
                .get(0)
                .get("name")
                .asString();
        office.refused(400, "roles/permit-service", "{'name':'ZPLAN','hashes':['HASH1','HASH2']}");
        office.refused(
                404, "roles/permit-service", "{'name':'ZPLAN','hashes':['%s']}".formatted("0123456789".repeat(3)));
        office.done("roles/permit-service", "{'name':'ZPLAN','hashes':['%s']}".formatted(hash));
        var role = office.read("roles/show?name=ZPLAN");
        assertThat(role.get("transactions").get(0).get("transaction").asString())
                .isEqualTo("IW3*");
        assertThat(AdminApiTest.row(role.get("authorizations"), "field", "AUFART")
                        .get("values")
                        .asString())
                .isEqualTo("PM01 PM02");
        assertThat(AdminApiTest.row(role.get("authorizations"), "field", "SRV_NAME")
                        .get("values")
                        .asString())
                .isEqualTo(hash);
        office.done("roles/copy", "{'from':'ZPLAN','to':'ZPLAN2'}");
        office.done("roles/describe", "{'name':'ZPLAN2','description':'Night'}");
        office.done("roles/remove-transaction", "{'name':'ZPLAN2','transaction':'IW3*'}");
        assertThat(AdminApiTest.row(office.read("roles").get("roles"), "role", "ZPLAN2")
                        .get("transactions")
                        .asInt())
                .isZero();
        office.done("roles/delete", "{'name':'ZPLAN'}");
        assertThat(office.call("GET", "roles/show?name=ZPLAN", "").status()).isEqualTo(404);
    }

    @Test
    void profileParametersAreSet() {
        office.done("profile/set", "{'key':'login/fails_to_user_lock','value':'3'}");
        assertThat(AdminApiTest.row(office.read("profile").get("parameters"), "parameter", "login/fails_to_user_lock")
                        .get("value")
                        .asString())
                .isEqualTo("3");
        office.refused(400, "profile/set", "{'key':'login/fails_to_user_lock','value':'0'}");
        office.refused(404, "profile/set", "{'key':'nothing','value':'0'}");
    }

    @Test
    void servicesAreKept() {
        office.done("services/deactivate", "{'service':'%s'}".formatted(ICWP));
        assertThat(AdminApiTest.row(office.read("services").get("services"), "service", ICWP)
                        .get("node")
                        .asBoolean())
                .isFalse();
        office.done("services/activate", "{'service':'%s'}".formatted(ICWP));
        office.done("services/deploy", "{'service':'%s','deployment':'hub'}".formatted(ICWP));
        office.refused(400, "services/deploy", "{'service':'%s','deployment':'moon'}".formatted(ICWP));
        office.done("services/add-alias", "{'service':'%s','alias':''}".formatted(ICWP));
        assertThat(AdminApiTest.row(office.read("services").get("services"), "service", ICWP)
                        .get("aliases")
                        .asString())
                .isEqualTo("LOCAL (blank)");
        office.done("services/remove-alias", "{'service':'%s','alias':''}".formatted(ICWP));
        office.done("services/define-alias", "{'alias':'S4HCLNT100'}");
        office.done("services/drop-alias", "{'alias':'S4HCLNT100'}");
        office.done("services/unregister", "{'service':'%s'}".formatted(ICWP));
        office.done("services/register", "{'service':'%s','package':'ZINVICL'}".formatted(ICWP));
        assertThat(office.done("services/gateway", "{'state':'off'}")
                        .get("gateway")
                        .asString())
                .isEqualTo("off");
    }

    @Test
    void cachesAreCleaned() {
        assertThat(office.read("caches").get("modelVersion").asInt()).isEqualTo(1);
        assertThat(office.done("caches/change-model", "{}").get("modelVersion").asInt())
                .isEqualTo(2);
        assertThat(office.basis.services().visibleModelVersion()).isEqualTo(2);
        office.done("caches/change-model", "{}");
        office.done("caches/clean-backend", "{}");
        office.done("caches/clean-hub", "{}");
        assertThat(office.basis.services().visibleModelVersion()).isEqualTo(3);
    }

    @Test
    void theVirusScanIsDecided() {
        assertThat(office.done("virus-scan/use", "{'profile':'ZVSCAN'}")
                        .get("profile")
                        .asString())
                .isEqualTo("ZVSCAN");
        assertThat(office.done("virus-scan/off", "{}").get("mode").asString()).isEqualTo("SWITCHED_OFF");
        assertThat(office.done("virus-scan/reset", "{}").get("meaning").asString())
                .contains("refused");
        office.refused(400, "virus-scan/use", "{'profile':'no'}");
    }

    @Test
    void transportsNeedTheirFiles() {
        assertThat(office.read("transports").get("components").get("INVICL").asString())
                .isEqualTo("2506");
        office.refused(404, "transports/add", "{'request':'IVDK900101'}");
        office.refused(404, "transports/import", "{'request':'IVDK900101'}");
        assertThat(office.call("GET", "transports/log?request=IVDK900101", "").status())
                .isEqualTo(404);
        assertThat(office.refused(400, "transports/unpack", "{'archive':'../../etc/passwd'}")
                        .get("detail")
                        .asString())
                .contains("not a path");
        office.refused(400, "transports/deliver", "{'archive':'/tmp/x.zip'}");
        office.refused(400, "transports/deliver", "{}");
    }
}
