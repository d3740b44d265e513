package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.PlantScope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: identity systems find, create and replace users. Method: requests in the forms of RFC 7644 over HTTP, a real
 * store.
 */
class ScimIT extends ScimPlant {
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
        var both = ok(200, send("POST", "/scim/v2/.search", "{\"filter\": \"displayName pr\"}"));
        assertThat(both.get("totalResults").asInt()).isEqualTo(1);
        assertThat(ok(200, scim.get(USERS + "/bjensen?excludedAttributes=groups,meta"))
                        .propertyNames())
                .doesNotContain("groups", "meta")
                .contains("emails");
    }

    @Test
    void replacesAUser() {
        user("bjensen");
        var replaced = ok(200, send("PUT", USERS + "/bjensen", """
                {"userName": "bjensen", "displayName": "Babs", "active": true, "preferredLanguage": "de_DE",
                 "timezone": "Europe/Berlin"}"""));
        assertThat(replaced.get("displayName").asString()).isEqualTo("Babs");
        assertThat(replaced.has("emails")).isFalse();
        assertThat(replaced.has("externalId")).isFalse();
        assertThat(replaced.get("preferredLanguage").asString()).isEqualTo("de-DE");
        assertThat(replaced.at("/name/familyName").isMissingNode()).isTrue();
    }

    @Test
    void givesAUserAnotherNameAndKeepsTheId() {
        assertThat(user("bjensen").at("/name/familyName").asString()).isEqualTo("Jensen");
        user("zoe");
        var renamed = ok(200, send("PUT", USERS + "/bjensen", """
                {"userName": "Barbara@x.org", "displayName": "Babs", "name": {"givenName": "Barbara", "familyName": "Smith"}}"""));

        assertThat(renamed.get("id").asString()).isEqualTo("bjensen");
        assertThat(renamed.get("userName").asString()).isEqualTo("barbara@x.org");
        assertThat(renamed.at("/name/givenName").asString()).isEqualTo("Barbara");
        assertThat(renamed.at("/name/familyName").asString()).isEqualTo("Smith");
        assertThat(found("userName eq \"barbara@x.org\"").at("/Resources/0/id").asString())
                .isEqualTo("bjensen");
        assertThat(found("userName eq \"bjensen\"").get("totalResults").asInt()).isZero();
        assertThat(new Users(plant.store()).idOf("barbara@x.org")).isEqualTo("bjensen");
        assertThat(new Users(plant.store()).idOf("zoe")).isEqualTo("zoe");
        refused(409, "uniqueness", send("PUT", USERS + "/zoe", "{\"userName\": \"Barbara@x.org\"}"));
        refused(409, "uniqueness", send("PUT", USERS + "/zoe", "{\"userName\": \"bjensen\"}"));
        refused(409, "uniqueness", send("POST", USERS, "{\"userName\": \"barbara@x.org\"}"));
        var back = ok(200, send("PUT", USERS + "/bjensen", "{\"userName\": \"bjensen\"}"));
        assertThat(back.get("userName").asString()).isEqualTo("bjensen");
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
    }
}
