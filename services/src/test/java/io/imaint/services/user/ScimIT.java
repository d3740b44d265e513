package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Goal: identity systems provision users and groups. Method: requests in the forms of RFC 7644 and of Microsoft Entra
 * over HTTP, a real store.
 */
class ScimIT {
    private static final String USERS = "/scim/v2/Users";
    private static final String GROUPS = "/scim/v2/Groups";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(UserService.MODULE);

    private ApiClient admin;
    private ApiClient scim;

    @BeforeEach
    void fill() {
        Staff.fill(plant);
        admin = Staff.administrator(plant);
        scim = Staff.caller(plant, "identity", PlantScope.NONE, "users.read", "users.provision", "groups.read");
    }

    private ApiClient.Answer send(String method, String path, @Nullable String body, String... headers) {
        if (body == null) {
            return scim.send(method, path, null, headers);
        }
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/scim+json";
        return scim.send(method, path, body, all);
    }

    private JsonNode ok(int status, ApiClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/scim+json");
        return answer.json();
    }

    private void refused(int status, String scimType, ApiClient.Answer answer) {
        var error = ok(status, answer);
        assertThat(error.at("/schemas/0").asString()).endsWith(":Error");
        assertThat(error.get("status").asString()).isEqualTo(Integer.toString(status));
        assertThat(error.path("scimType").asString("")).isEqualTo(scimType);
    }

    private JsonNode user(String name) {
        return ok(201, send("POST", USERS, """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s", "externalId": "ext-%s",
                 "name": {"formatted": "Ms. Barbara J Jensen III", "familyName": "Jensen", "givenName": "Barbara"},
                 "emails": [{"value": "home@x.org", "type": "home"}, {"value": "%s@x.org", "type": "work"}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Mill"}}""".formatted(name, name, name)));
    }

    private String group(String members) {
        return ok(201, send("POST", GROUPS, """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Crew",
                 "externalId": "g1", "members": [%s]}""".formatted(members))).get("id").asString();
    }

    private JsonNode patched(String path, String operations) {
        return ok(200, patch(path, operations));
    }

    private ApiClient.Answer patch(String path, String operations) {
        return send("PATCH", path, """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s]}""".formatted(operations));
    }

    private JsonNode found(String filter) {
        return ok(200, scim.get(USERS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)));
    }

    @Test
    void createsAUserWhoCanSignInThroughTheIdentitySystem() {
        var made = user("BJensen");
        assertThat(made.get("id").asString()).isEqualTo("bjensen");
        assertThat(made.get("displayName").asString()).isEqualTo("Ms. Barbara J Jensen III");
        assertThat(made.at("/emails/0/value").asString()).isEqualTo("BJensen@x.org");
        assertThat(made.get("active").asBoolean()).isTrue();
        assertThat(made.at("/meta/version").asString()).isEqualTo("W/\"1\"");

        var user = admin.get("/api/users/bjensen").json();
        assertThat(user.get("status").asString()).isEqualTo("active");
        assertThat(user.get("provisioned").asBoolean()).isTrue();
        assertThat(user.get("roles")).isEmpty();
    }

    @Test
    void refusesAUserNameThatIsTakenInWhateverCase() {
        user("bjensen");
        refused(409, "uniqueness", send("POST", USERS, "{\"userName\": \"BJENSEN\"}"));
        refused(409, "uniqueness", send("POST", USERS, "{\"userName\": \"other\", \"externalId\": \"ext-bjensen\"}"));
        refused(400, "invalidValue", send("POST", USERS, "{\"userName\": \"no blanks\"}"));
        refused(400, "invalidValue", send("POST", USERS, "{\"displayName\": \"Nobody\"}"));
        refused(400, "invalidSyntax", send("POST", USERS, "{\"userName\": "));
        refused(404, "", scim.get(USERS + "/nobody"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName eq \"bjensen\"",
                "USERNAME Eq \"BJensen\"",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"bj\"",
                "externalId eq \"ext-bjensen\"",
                "name.formatted co \"barbara\" and userName sw \"b\"",
                "emails[type eq \"work\" and value co \"@x.org\"] and userName ew \"sen\"",
                "emails.value eq \"bjensen@x.org\"",
                "emails co \"bjensen@x.org\"",
                "userName pr and not (userName eq \"zoe\") and userName lt \"c\"",
                "active eq false or (active eq true and (userName ge \"b\" and userName le \"bz\"))",
                "userName eq \"zzz\" or userName eq \"bjensen\" and active eq true",
                "not (userName ne \"bjensen\")",
                "title eq null and userName eq \"bjensen\""
            })
    void findsByFilters(String filter) {
        user("bjensen");
        user("zoe");
        var page = found(filter);
        assertThat(page.get("totalResults").asInt()).as(page.toString()).isEqualTo(1);
        assertThat(page.at("/Resources/0/userName").asString()).isEqualTo("bjensen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName",
                "userName eq",
                "userName is \"x\"",
                "shoeSize eq 4",
                "userName eq \"x",
                "(userName eq \"x\"",
                "userName eq \"x\" and",
                "userName eq \"x\" \"y\"",
                "emails[type eq \"work\"",
                "userName eq {}",
                "not userName eq \"x\""
            })
    void refusesFiltersThatMeanNothing(String filter) {
        refused(400, "invalidFilter", scim.get(USERS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)));
    }

    @Test
    void refusesAFilterOfTooManyComparisons() {
        var filter = "userName eq \"x\"" + " or userName eq \"x\"".repeat(20);
        refused(400, "invalidFilter", scim.get(USERS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"1,2,2,u0", "3,2,1,u2", "0,1,1,u0", "-5,1,1,u0", "4,2,0,", "1,0,0,", "1,-3,0,"})
    void pagesFromOne(int startIndex, int count, int items, @Nullable String first) {
        for (int i = 0; i < 3; i++) {
            user("u" + i);
        }
        var page = ok(200, scim.get(USERS + "?startIndex=" + startIndex + "&count=" + count));
        assertThat(page.get("totalResults").asInt()).isEqualTo(3);
        assertThat(page.get("itemsPerPage").asInt()).isEqualTo(items);
        assertThat(page.get("Resources")).hasSize(items);
        if (first != null) {
            assertThat(page.at("/Resources/0/id").asString()).isEqualTo(first);
        }
    }

    @Test
    void findsNobodyWithoutAFailure() {
        assertThat(found("userName eq \"nobody\"").get("totalResults").asInt()).isZero();
    }

    @Test
    void searchesByABodyAndShowsOnlyWhatIsAskedFor() {
        user("bjensen");
        var page = ok(200, send("POST", USERS + "/.search", """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
                 "attributes": ["userName", "emails.value"], "filter": "userName sw \\"b\\"", "startIndex": 1}"""));
        var shown = page.at("/Resources/0");
        assertThat(shown.propertyNames()).containsExactlyInAnyOrder("schemas", "id", "userName", "emails");
        assertThat(shown.at("/emails/0").propertyNames()).containsExactly("value");
        assertThat(ok(200, scim.get(USERS + "/bjensen?excludedAttributes=groups,meta"))
                        .propertyNames())
                .doesNotContain("groups", "meta")
                .contains("emails");
    }

    @Test
    void replacesAUserAndRefusesAnotherUserName() {
        user("bjensen");
        var replaced = ok(200, send("PUT", USERS + "/bjensen", """
                {"userName": "bjensen", "displayName": "Babs", "active": true, "preferredLanguage": "de_DE",
                 "timezone": "Europe/Berlin"}"""));
        assertThat(replaced.get("displayName").asString()).isEqualTo("Babs");
        assertThat(replaced.has("emails")).isFalse();
        assertThat(replaced.has("externalId")).isFalse();
        assertThat(replaced.get("preferredLanguage").asString()).isEqualTo("de-DE");
        refused(400, "mutability", send("PUT", USERS + "/bjensen", "{\"userName\": \"babs\"}"));
    }

    @Test
    void changesOnlyTheVersionThatTheClientNames() {
        user("bjensen");
        var body = "{\"userName\": \"bjensen\", \"displayName\": \"Babs\"}";
        refused(412, "", send("PUT", USERS + "/bjensen", body, "If-Match", "W/\"7\""));
        var changed = send("PUT", USERS + "/bjensen", body, "If-Match", "W/\"1\"");
        ok(200, changed);
        assertThat(changed.header("etag")).isEqualTo("W/\"2\"");
        refused(412, "", scim.send("DELETE", USERS + "/bjensen", null, "If-Match", "W/\"1\""));
        assertThat(scim.send("DELETE", USERS + "/bjensen", null).status()).isEqualTo(204);
        refused(404, "", scim.send("DELETE", USERS + "/bjensen", null));
    }

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
                "{\"op\": \"replace\", \"path\": \"userName\", \"value\": \"x\"}~mutability",
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
                 "urn:ietf:params:scim:schemas:core:2.0:User:preferredLanguage": "en-US"}}""");
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

    @Test
    void describesItself() {
        var provider = ok(200, scim.get("/scim/v2/ServiceProviderConfig"));
        assertThat(provider.at("/bulk/supported").asBoolean()).isFalse();
        assertThat(provider.at("/patch/supported").asBoolean()).isTrue();
        assertThat(ok(200, scim.get("/scim/v2/ResourceTypes"))
                        .get("totalResults")
                        .asInt())
                .isEqualTo(2);
        assertThat(ok(200, scim.get("/scim/v2/ResourceTypes/User"))
                        .get("endpoint")
                        .asString())
                .isEqualTo("/Users");
        var schema = ok(200, scim.get("/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"));
        assertThat(schema.at("/attributes/0/name").asString()).isEqualTo("userName");
        refused(404, "", scim.get("/scim/v2/Schemas/none"));
    }

    @Test
    void letsNobodyInWithoutThePermissionAndSaysSoInItsOwnForm() {
        assertThat(plant.anonymous().get(USERS).status()).isEqualTo(401);
        var other = Staff.caller(plant, "other", PlantScope.ALL, "users.read", "users.edit")
                .get(USERS);
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.json().get("detail").asString()).contains("users.provision");
        assertThat(scim.send("POST", USERS, "userName=x", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
    }
}
