package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A plant with an administrator and an identity system, and the requests that the latter sends. */
abstract class ScimPlant {
    static final String USERS = "/scim/v2/Users";
    static final String GROUPS = "/scim/v2/Groups";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(UserService.MODULE);

    ApiClient admin;
    ApiClient scim;

    @BeforeEach
    void fill() {
        Staff.fill(plant);
        admin = Staff.administrator(plant);
        scim = Staff.caller(plant, "identity", PlantScope.NONE, "users.read", "users.provision", "groups.read");
    }

    ApiClient.Answer send(String method, String path, @Nullable String body, String... headers) {
        if (body == null) {
            return scim.send(method, path, null, headers);
        }
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/scim+json";
        return scim.send(method, path, body, all);
    }

    JsonNode ok(int status, ApiClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/scim+json");
        return answer.json();
    }

    void refused(int status, String scimType, ApiClient.Answer answer) {
        var error = ok(status, answer);
        assertThat(error.at("/schemas/0").asString()).endsWith(":Error");
        assertThat(error.get("status").asString()).isEqualTo(Integer.toString(status));
        assertThat(error.path("scimType").asString("")).isEqualTo(scimType);
    }

    JsonNode user(String name) {
        return ok(201, send("POST", USERS, """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s", "externalId": "ext-%s",
                 "name": {"formatted": "Ms. Barbara J Jensen III", "familyName": "Jensen", "givenName": "Barbara"},
                 "emails": [{"value": "home@x.org", "type": "home"}, {"value": "%s@x.org", "type": "work"}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Mill"}}""".formatted(name, name, name)));
    }

    String group(String members) {
        return ok(201, send("POST", GROUPS, """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Crew",
                 "externalId": "g1", "members": [%s]}""".formatted(members))).get("id").asString();
    }

    JsonNode patched(String path, String operations) {
        return ok(200, patch(path, operations));
    }

    ApiClient.Answer patch(String path, String operations) {
        return send("PATCH", path, """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s]}""".formatted(operations));
    }

    JsonNode found(String filter) {
        return ok(200, scim.get(USERS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)));
    }
}
