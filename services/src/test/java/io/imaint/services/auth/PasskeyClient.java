package io.imaint.services.auth;

import static io.imaint.services.auth.AuthSystem.PASSWORD;
import static io.imaint.services.auth.AuthSystem.body;

import io.imaint.services.auth.AuthSystem.Reply;
import io.imaint.store.StoredFact;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the routes of passkeys, without an authenticator. */
final class PasskeyClient {
    static final String PASSKEYS = "/api/auth/passkeys";

    private static final JsonMapper JSON = new JsonMapper();

    private final AuthSystem system;

    PasskeyClient(AuthSystem system) {
        this.system = system;
    }

    /** The options of a registration. */
    JsonNode creation(String token) {
        return good(system.call(token, "POST", PASSKEYS + "/options", "")).json();
    }

    Reply register(String token, JsonNode credential) {
        var input = JSON.createObjectNode().put("name", "Yellow key").set("credential", credential);
        return system.call(token, "POST", PASSKEYS, input.toString());
    }

    Reply registered(String token, SoftAuthenticator authenticator) {
        return good(register(token, authenticator.created(creation(token))));
    }

    Reply options(String user) {
        return system.call("", "POST", "/api/auth/sign-in/options", body("user", user, "password", PASSWORD));
    }

    /** The options of a sign-in. */
    JsonNode request(String user) {
        return good(options(user)).json().required("passkey");
    }

    Reply signIn(JsonNode assertion) {
        return signIn("anna", assertion);
    }

    Reply signIn(String user, JsonNode assertion) {
        var input = JSON.createObjectNode()
                .put("user", user)
                .put("password", PASSWORD)
                .set("passkey", assertion);
        return system.call("", "POST", "/api/auth/sign-in", input.toString());
    }

    /** The passkeys of a token's user. */
    JsonNode listed(String token) {
        return system.call(token, "GET", PASSKEYS, "").json().required("items");
    }

    /** The names of all facts. */
    List<String> facts() {
        return system.store.facts().after(0, 1_000).stream()
                .map(StoredFact::name)
                .toList();
    }

    private static Reply good(Reply reply) {
        assert reply.status() == 200 : reply;
        return reply;
    }
}
