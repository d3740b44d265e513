package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: users are administered safely. Method: the routes over HTTP, a real store. */
class UsersIT {
    private static final String USERS = "/api/users";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(UserService.MODULE);

    private ApiClient admin;

    @BeforeEach
    void fill() {
        Staff.fill(plant);
        admin = Staff.administrator(plant);
    }

    private ApiClient.Answer created(String body) {
        var made = admin.send("POST", USERS, body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    @Test
    void createsAnInvitedUserAndShowsThemWithTheirVersion() {
        var made = created(Staff.user("anna", "reader"));

        assertThat(made.header("location")).isEqualTo(USERS + "/anna");
        var shown = admin.get(USERS + "/anna");
        assertThat(shown.json()).isEqualTo(made.json());
        assertThat(shown.header("etag")).isEqualTo("\"1\"");
        assertThat(shown.json().get("status").asString()).isEqualTo("invited");
    }

    @Test
    void createsOnceHoweverOftenARequestIsRepeated() {
        for (int i = 0; i < 2; i++) {
            assertThat(admin.send("POST", USERS, Staff.user("anna"), "Idempotency-Key", "k1").status())
                    .isEqualTo(201);
        }
        assertThat(admin.send("POST", USERS, Staff.user("anna")).status()).isEqualTo(409);
    }

    @Test
    void replacesAndPatchesTheRevisionThatTheClientSaw() {
        created(Staff.user("anna"));
        var replaced = admin.send("PUT", USERS + "/anna", Staff.user("anna", "reader"), "If-Match", "\"1\"");
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        var patched = admin.send("PATCH", USERS + "/anna", "{\"language\": \"de\"}", "If-Match", "\"2\"");
        assertThat(patched.json().get("roles").get(0).asString()).isEqualTo("reader");
        assertThat(patched.json().get("language").asString()).isEqualTo("de");
        assertThat(admin.send("PATCH", USERS + "/anna", "{}").status()).isEqualTo(428);
        var lost = admin.send("DELETE", USERS + "/anna", null, "If-Match", "\"1\"");
        assertThat(lost.status()).isEqualTo(412);
        assertThat(lost.json().at("/current/language").asString()).isEqualTo("de");
    }

    @Test
    void givesTheIdOfARemovedUserToNobody() {
        created(Staff.user("anna"));
        assertThat(admin.send("DELETE", USERS + "/anna", null, "If-Match", "\"1\"").status())
                .isEqualTo(204);
        assertThat(admin.get(USERS + "/anna").status()).isEqualTo(404);
        var again = admin.send("POST", USERS, Staff.user("anna"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("code").asString()).isEqualTo("id-taken");
    }

    @Test
    void raisesTheRightsVersionWithRightsOnly() {
        created(Staff.user("anna"));
        var named = admin.send("PATCH", USERS + "/anna", "{\"displayName\": \"Anna\"}", "If-Match", "\"1\"");
        assertThat(named.json().get("rightsVersion").asLong()).isEqualTo(1);
        var given = admin.send("PATCH", USERS + "/anna", "{\"roles\": [\"reader\"]}", "If-Match", "\"2\"");
        assertThat(given.json().get("rightsVersion").asLong()).isEqualTo(2);
        assertThat(admin.send("POST", USERS + "/anna/disable", null).json().get("rightsVersion").asLong())
                .isEqualTo(3);
    }

    @Test
    void raisesTheRightsVersionOfWhoHoldsAChangedRoleByAGroup() {
        assertThat(admin.send("POST", "/api/groups", "{\"id\": \"crew\", \"name\": \"Crew\", \"roles\": [\"reader\"]}")
                        .status())
                .isEqualTo(201);
        created("{\"id\": \"anna\", \"displayName\": \"Anna\", \"groups\": [\"crew\"]}");
        created(Staff.user("ben"));
        var changed = admin.send(
                "PATCH", "/api/roles/reader", "{\"permissions\": [\"users.read\", \"roles.read\"]}", "If-Match", "\"1\"");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);

        assertThat(admin.get(USERS + "/anna").json().get("rightsVersion").asLong()).isEqualTo(2);
        assertThat(admin.get(USERS + "/ben").json().get("rightsVersion").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Żaneta Nowak", "मीरा जोशी", "李小龙", "Ólafur Þór", "محمد علي", "O'Neill-Öztürk", "ゆき 🦊"})
    void takesNamesOfEveryScript(String name) {
        created("{\"id\": \"someone\", \"displayName\": \"%s\"}".formatted(name));
        assertThat(admin.get(USERS + "/someone").json().get("displayName").asString()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"Anna\", \"displayName\": \"Anna\"}",
                "{\"id\": \"anna \", \"displayName\": \"Anna\"}",
                "{\"id\": \"../anna\", \"displayName\": \"Anna\"}",
                "{\"id\": \"anna\", \"displayName\": \" Anna\"}",
                "{\"id\": \"anna\", \"displayName\": \"Anna\\u00a0\"}",
                "{\"id\": \"anna\", \"displayName\": \"An\\u202ena\"}",
                "{\"id\": \"anna\", \"displayName\": \"An\\nna\"}",
                "{\"id\": \"anna\", \"displayName\": \"\"}",
                "{\"id\": \"anna\", \"displayName\": \"Anna\", \"email\": \"no address\"}",
                "{\"id\": \"anna\", \"displayName\": \"Anna\", \"timeZone\": \"Europe/Nowhere\"}",
                "{\"id\": \"anna\", \"displayName\": \"Anna\", \"status\": \"active\"}",
                "{\"id\": \"anna\", \"displayName\": \"Anna\", \"rightsVersion\": 7}",
                "{\"id\": \"anna\", \"displayName\": \"Anna\", \"allPlants\": true, \"plants\": [\"1000\"]}",
                "{\"id\": \"anna\", \"displayName\": \"Anna\", \"roles\": [\"reader\", \"reader\"]}"
            })
    void refusesWhatNoUserMayBe(String body) {
        assertThat(admin.send("POST", USERS, body).status()).isEqualTo(400);
        assertThat(admin.get(USERS).json().get("items")).isEmpty();
    }

    @Test
    void namesEveryReferenceThatLeadsNowhere() {
        var refused = admin.send("POST", USERS, """
                {"id": "anna", "displayName": "Anna", "roles": ["reader", "king"], "groups": ["nobody"],
                 "plants": ["1000", "9999"]}""");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(ApiClient.Answer.texts(refused.json().get("errors"), "parameter"))
                .containsExactly("/roles/1", "/groups/0", "/plants/1");
    }

    @Test
    void listsByStatusRoleGroupPlantAndTextPageByPage() {
        admin.send("POST", "/api/groups", "{\"id\": \"crew\", \"name\": \"Crew\", \"roles\": [\"reader\"], \"plants\": [\"1000\"]}");
        created("{\"id\": \"anna\", \"displayName\": \"Anna Berg\", \"groups\": [\"crew\"]}");
        created("{\"id\": \"anna.2\", \"displayName\": \"Anna Tal\", \"allPlants\": true}");
        created("{\"id\": \"ben\", \"displayName\": \"Ben\", \"roles\": [\"reader\"], \"plants\": [\"2000\"]}");
        admin.send("POST", USERS + "/ben/disable", null);

        assertThat(admin.get(USERS + "?status=disabled").each("id")).containsExactly("ben");
        assertThat(admin.get(USERS + "?role=reader").each("id")).containsExactly("anna", "ben");
        assertThat(admin.get(USERS + "?group=crew").each("id")).containsExactly("anna");
        assertThat(admin.get(USERS + "?plant=1000").each("id")).containsExactly("anna", "anna.2");
        assertThat(admin.get(USERS + "?text=ber").each("id")).containsExactly("anna");
        assertThat(admin.get(USERS + "?text=anna&role=reader&status=invited").each("id")).containsExactly("anna");
        var first = admin.get(USERS + "?limit=1");
        assertThat(first.each("id")).containsExactly("anna");
        var second = admin.get(USERS + "?limit=1&after=" + first.json().get("next").asString());
        assertThat(second.each("id")).containsExactly("anna.2");
        var third = admin.get(USERS + "?limit=1&after=" + second.json().get("next").asString());
        assertThat(third.each("id")).containsExactly("ben");
        assertThat(third.json().get("next").isNull()).isTrue();
    }

    @Test
    void letsNobodyGiveWhatTheyDoNotHold() {
        var clerk = Staff.caller(plant, "clerk", PlantScope.of("1000"), "users.read", "users.edit", "groups.edit", "roles.edit");

        assertThat(clerk.send("POST", USERS, Staff.user("anna", "reader")).status()).isEqualTo(201);
        var admins = clerk.send("POST", USERS, Staff.user("ben", "administrator"));
        assertThat(admins.status()).isEqualTo(403);
        assertThat(admins.text()).contains("rights-not-held", "roles.read").doesNotContain("you do not hold users.edit");
        assertThat(clerk.send("PATCH", USERS + "/anna", "{\"allPlants\": true}", "If-Match", "\"1\"").status())
                .isEqualTo(403);
        assertThat(clerk.send("PATCH", USERS + "/anna", "{\"plants\": [\"1000\"]}", "If-Match", "\"1\"").status())
                .isEqualTo(200);
        var hidden = clerk.send("PATCH", USERS + "/anna", "{\"plants\": [\"2000\"]}", "If-Match", "\"2\"");
        var unknown = clerk.send("PATCH", USERS + "/anna", "{\"plants\": [\"9999\"]}", "If-Match", "\"2\"");
        assertThat(hidden.status()).isEqualTo(unknown.status()).isEqualTo(422);
        assertThat(clerk.send("POST", "/api/groups", "{\"name\": \"G\", \"roles\": [\"administrator\"]}").status())
                .isEqualTo(403);
        assertThat(clerk.send(
                                "POST",
                                "/api/roles",
                                "{\"id\": \"mine\", \"name\": {\"en\": \"Mine\"}, \"permissions\": [\"groups.read\"]}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void letsEditorsOfOtherPlantsChangeTheRestOfAUser() {
        created("{\"id\": \"anna\", \"displayName\": \"Anna\", \"plants\": [\"2000\"], \"roles\": [\"administrator\"]}");
        var clerk = Staff.caller(plant, "clerk", PlantScope.of("1000"), "users.read", "users.edit");
        var changed = clerk.send("PATCH", USERS + "/anna", "{\"plants\": [\"2000\", \"1000\"]}", "If-Match", "\"1\"");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    @Test
    void letsNobodyInWithoutThePermission() {
        created(Staff.user("anna"));
        assertThat(plant.anonymous().get(USERS).status()).isEqualTo(401);
        var reader = Staff.caller(plant, "reader", PlantScope.ALL, "users.read");
        assertThat(reader.get(USERS).status()).isEqualTo(200);
        var refused = reader.send("POST", USERS + "/anna/disable", null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("users.edit");
    }
}
