package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: identity systems change parts of users and groups, and no more than is theirs. Method: requests in the forms of
 * RFC 7644 and of Microsoft Entra over HTTP, a real store.
 */
class ScimPatchIT extends ScimPlant {
    @Test
    void patchesAsTheStandardSays() {
        user("bjensen");
        var path = USERS + "/bjensen";
        assertThat(patched(
                                path,
                                "{\"op\": \"replace\", \"path\": \"emails[type eq \\\"work\\\"].value\", \"value\": \"new@x.org\"}")
                        .at("/emails/0/value")
                        .asString())
                .isEqualTo("new@x.org");
        assertThat(patched(path, """
                        {"op": "add", "value": {"emails": [{"value": "main@x.org", "type": "home", "primary": true}],
                         "displayName": "Babs"}}""").at("/emails/0/value").asString()).isEqualTo("main@x.org");
        assertThat(patched(path, "{\"op\": \"remove\", \"path\": \"emails\"}").has("emails"))
                .isFalse();
        assertThat(patched(path, "{\"op\": \"replace\", \"value\": {\"active\": false}}")
                        .get("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void patchesAllOrNothing() {
        user("bjensen");
        refused(400, "noTarget", patch(USERS + "/bjensen", """
                {"op": "replace", "path": "displayName", "value": "Changed"},
                {"op": "replace", "path": "emails[type eq \\"fax\\"].value", "value": "x@x.org"}"""));
        assertThat(scim.get(USERS + "/bjensen").text()).doesNotContain("Changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"op\": \"replace\", \"path\": \"id\", \"value\": \"x\"}~mutability",
                "{\"op\": \"replace\", \"path\": \"userName\", \"value\": \"a b\"}~invalidValue",
                "{\"op\": \"add\", \"path\": \"groups\", \"value\": []}~mutability",
                "{\"op\": \"remove\"}~noTarget",
                "{\"op\": \"move\", \"path\": \"displayName\"}~invalidSyntax",
                "{\"op\": \"add\", \"path\": \"displayName\"}~invalidValue",
                "{\"op\": \"replace\", \"value\": 4}~invalidValue",
                "{\"op\": \"replace\", \"path\": \"active\", \"value\": \"perhaps\"}~invalidValue",
                "{\"op\": \"replace\", \"path\": \"emails[type eq\", \"value\": \"x\"}~invalidPath"
            })
    void refusesPatchesThatMeanNothing(String operation, String scimType) {
        user("bjensen");
        refused(400, scimType, patch(USERS + "/bjensen", operation));
    }

    @Test
    void takesThePatchesOfEntra() {
        user("bjensen");
        var path = USERS + "/bjensen?aadOptscim062020";
        var changed = patched(path, """
                {"op": "Add", "path": "emails[type eq \\"other\\"].value", "value": "o@x.org"},
                {"op": "Replace", "path": "name.givenName", "value": "Babs"},
                {"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                 "value": "Sales"},
                {"op": "Replace", "path": "active", "value": "False"}""");
        assertThat(changed.get("active").asBoolean()).isFalse();
        assertThat(changed.get("displayName").asString()).isEqualTo("Ms. Barbara J Jensen III");
        assertThat(admin.get("/api/users/bjensen").json().get("status").asString())
                .isEqualTo("disabled");
        assertThat(admin.get("/api/users/bjensen").json().get("rightsVersion").asLong())
                .isEqualTo(2);

        changed = patched(path, """
                {"op": "replace", "value": {"active": true, "name.formatted": "Barbara",
                 "urn:ietf:params:scim:schemas:core:2.0:User:preferredLanguage": "en-US,en;q=0.9"}}""");
        assertThat(changed.get("active").asBoolean()).isTrue();
        assertThat(changed.get("displayName").asString()).isEqualTo("Barbara");
        assertThat(changed.get("preferredLanguage").asString()).isEqualTo("en-US");
    }

    @Test
    void putsMembersIntoGroupsAndTakesThemOutInEveryForm() {
        user("a");
        user("b");
        user("c");
        var path = GROUPS + "/" + group("{\"value\": \"a\"}");
        assertThat(patched(
                                path,
                                "{\"op\": \"Add\", \"path\": \"members\", \"value\": [{\"value\": \"b\"}, {\"value\": \"c\"}]}")
                        .get("members"))
                .hasSize(3);
        assertThat(scim.get(USERS + "/b").json().at("/groups/0/display").asString())
                .isEqualTo("Crew");
        assertThat(patched(path, "{\"op\": \"Remove\", \"path\": \"members\", \"value\": [{\"value\": \"a\"}]}")
                        .get("members"))
                .hasSize(2);
        assertThat(patched(path, "{\"op\": \"remove\", \"path\": \"members[value eq \\\"b\\\"]\"}")
                        .get("members"))
                .hasSize(1);
        refused(
                400,
                "invalidValue",
                patch(path, "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"nobody\"}]}"));
        var one = ok(200, scim.get(GROUPS + "?excludedAttributes=members&filter=displayName%20eq%20%22crew%22"));
        assertThat(one.at("/Resources/0").has("members")).isFalse();
        var byMember = ok(200, scim.get(GROUPS + "?filter=members.value%20eq%20%22c%22"));
        assertThat(byMember.get("totalResults").asInt()).isEqualTo(1);

        assertThat(scim.send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(scim.get(USERS + "/c").json().get("groups")).isEmpty();
    }

    @Test
    void decidesWhoIsInItsGroupsAndNotWhatTheseMayDo() {
        user("a");
        var id = group("");
        assertThat(admin.send("PATCH", "/api/groups/" + id, "{\"roles\": [\"administrator\"]}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);
        patched(GROUPS + "/" + id, "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"a\"}]}");
        assertThat(admin.get("/api/users?role=administrator").each("id")).containsExactly("a");

        // What administrators made and what they keep is none of the identity system's.
        admin.send("POST", "/api/groups", "{\"id\": \"own\", \"name\": \"Own\", \"roles\": [\"administrator\"]}");
        refused(
                400,
                "mutability",
                patch(GROUPS + "/own", "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"a\"}]}"));
        refused(400, "mutability", scim.send("DELETE", GROUPS + "/own", null));
    }

    @Test
    void keepsItsFieldsFromBeingChangedElsewhere() {
        user("a");
        var id = group("");
        var name = admin.send("PATCH", "/api/users/a", "{\"displayName\": \"Other\"}", "If-Match", "\"1\"");
        assertThat(name.status()).isEqualTo(422);
        var joined = admin.send("PATCH", "/api/users/a", "{\"groups\": [\"%s\"]}".formatted(id), "If-Match", "\"1\"");
        assertThat(joined.status()).isEqualTo(422);
        var roles = admin.send("PATCH", "/api/users/a", "{\"roles\": [\"reader\"]}", "If-Match", "\"1\"");
        assertThat(roles.status()).isEqualTo(200);
        assertThat(admin.send("PATCH", "/api/groups/" + id, "{\"name\": \"Other\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void cannotTakeAwayTheLastAdministrator() {
        Staff.active(admin, "anna", "administrator");
        refused(409, "", patch(USERS + "/anna", "{\"op\": \"Replace\", \"path\": \"active\", \"value\": \"False\"}"));
        refused(409, "", scim.send("DELETE", USERS + "/anna", null));
        assertThat(scim.send("DELETE", USERS + "/anna", null).text()).contains("administrator");
    }

    @Test
    void cannotMakeAnAdministratorItsOwn() {
        Staff.active(admin, "anna", "administrator");
        refused(403, "", patch(USERS + "/anna", "{\"op\": \"add\", \"path\": \"externalId\", \"value\": \"mine\"}"));
        refused(
                403,
                "",
                patch(
                        USERS + "/anna",
                        "{\"op\": \"add\", \"path\": \"emails\", \"value\": [{\"value\": \"m@x.org\"}]}"));
    }
}
