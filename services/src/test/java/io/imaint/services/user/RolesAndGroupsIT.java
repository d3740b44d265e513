package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import io.imaint.services.user.UserCollections.CataloguePermission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goal: roles are sets of permissions that exist; groups give them. Method: the routes over HTTP, a real store. */
class RolesAndGroupsIT {
    private static final String ROLES = "/api/roles";
    private static final String GROUPS = "/api/groups";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(UserService.MODULE);

    private ApiClient admin;

    @BeforeEach
    void fill() {
        Staff.fill(plant);
        admin = Staff.administrator(plant);
    }

    private ApiClient.Answer role(String id, String permissions) {
        return admin.send(
                "POST", ROLES, "{\"id\": \"%s\", \"name\": {\"en\": \"R\", \"hi\": \"भूमिका\"}, \"permissions\": [%s]}"
                        .formatted(id, permissions));
    }

    @Test
    void createsARoleOfPermissionsThatRoutesDemand() {
        var made = role("clerk", "\"users.read\", \"metrics.read\"");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(admin.get(ROLES).each("id")).containsExactly("administrator", "clerk", "reader");
        assertThat(admin.get(ROLES + "/clerk").json().at("/name/hi").asString()).isEqualTo("भूमिका");
    }

    @Test
    void refusesAPermissionThatDoesNotExistByName() {
        var refused = role("clerk", "\"users.read\", \"users.fly\"");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/parameter").asString()).isEqualTo("/permissions/1");
        assertThat(refused.json().at("/errors/0/reason").asString()).contains("users.fly");
    }

    @Test
    void takesPermissionsThatAreStillToComeFromTheCatalogue() {
        plant.store()
                .documents(UserCollections.PERMISSIONS)
                .upsertAll(List.of(
                        new CataloguePermission("permits.read", "safety", Map.of("en", "See permits"), Map.of(), true),
                        new CataloguePermission("users.read", "admin", Map.of("en", "See users"), Map.of(), true)));

        assertThat(role("safety", "\"permits.read\"").status()).isEqualTo(201);
        var groups = admin.get("/api/permissions").json().get("groups");
        assertThat(ApiClient.Answer.texts(groups, "group")).containsExactly("", "admin", "safety");
        assertThat(groups.at("/1/permissions/0/title/en").asString()).isEqualTo("See users");
        assertThat(groups.at("/1/permissions/0/planned").asBoolean()).isFalse();
        assertThat(groups.at("/2/permissions/0/planned").asBoolean()).isTrue();
    }

    @Test
    void showsWhichRoleHasWhichPermission() {
        var matrix = admin.get("/api/role-matrix").json();
        assertThat(matrix.get("roles").toString()).isEqualTo("[\"administrator\",\"reader\"]");
        for (var row : matrix.get("rows")) {
            switch (row.get("permission").asString()) {
                case "users.read" -> assertThat(row.get("held").toString()).isEqualTo("[true,true]");
                case "users.edit" -> assertThat(row.get("held").toString()).isEqualTo("[true,false]");
                default -> {}
            }
        }
        assertThat(ApiClient.Answer.texts(matrix.get("rows"), "permission")).contains("users.read", "metrics.read");
    }

    @Test
    void refusesToRemoveARoleThatSomebodyHolds() {
        admin.send("POST", "/api/users", Staff.user("anna", "reader"));
        assertThat(admin.send("DELETE", ROLES + "/reader", null, "If-Match", "\"1\"").status())
                .isEqualTo(409);
        admin.send("PATCH", "/api/users/anna", "{\"roles\": null}", "If-Match", "\"1\"");
        assertThat(admin.send("DELETE", ROLES + "/reader", null, "If-Match", "\"1\"").status())
                .isEqualTo(204);
    }

    @Test
    void makesUpTheIdOfAGroupOnceHoweverOftenTheRequestIsRepeated() {
        var body = "{\"name\": \"Frühschicht\"}";
        var first = admin.send("POST", GROUPS, body, "Idempotency-Key", "k");
        var again = admin.send("POST", GROUPS, body, "Idempotency-Key", "k");
        assertThat(first.json().get("id")).isEqualTo(again.json().get("id"));
        assertThat(admin.get(GROUPS + "?text=fruh").each("name")).containsExactly("Frühschicht");
    }

    @Test
    void listsTheMembersOfAGroupWithoutWhatOnlyReadersOfUsersMaySee() {
        admin.send("POST", GROUPS, "{\"id\": \"crew\", \"name\": \"Crew\"}");
        admin.send(
                "POST",
                "/api/users",
                "{\"id\": \"anna\", \"displayName\": \"Anna\", \"email\": \"a@b.c\", \"groups\": [\"crew\"]}");
        admin.send("POST", "/api/users", Staff.user("ben"));

        var reader = Staff.caller(plant, "reader", PlantScope.ALL, "groups.read");
        var members = reader.get(GROUPS + "/crew/members");
        assertThat(members.each("id")).containsExactly("anna");
        assertThat(members.text()).doesNotContain("a@b.c");
        assertThat(reader.get(GROUPS + "/none/members").status()).isEqualTo(404);
    }

    @Test
    void letsNobodyInWithoutThePermission() {
        var nobody = Staff.caller(plant, "nobody", PlantScope.ALL, "users.edit");
        for (var path : new String[] {ROLES, GROUPS, "/api/permissions", "/api/role-matrix"}) {
            assertThat(plant.anonymous().get(path).status()).as(path).isEqualTo(401);
            assertThat(nobody.get(path).status()).as(path).isEqualTo(403);
        }
    }
}
