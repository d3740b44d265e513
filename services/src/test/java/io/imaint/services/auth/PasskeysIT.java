package io.imaint.services.auth;

import static io.imaint.services.auth.AuthSystem.PASSWORD;
import static io.imaint.services.auth.AuthSystem.body;
import static io.imaint.services.auth.PasskeyClient.PASSKEYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.auth.AuthSystem.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Goal: a passkey is a second factor like an authenticator app. Method: an authenticator in the test, over HTTP. */
class PasskeysIT {
    private final SoftAuthenticator key = new SoftAuthenticator();
    private AuthSystem system;
    private PasskeyClient client;

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new AuthSystem(directory);
        client = new PasskeyClient(system);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private static List<String> codes(Reply reply) {
        return reply.json()
                .required("recoveryCodes")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void registersAPasskeyAndAsksForItAtTheNextSignIn() {
        var token = system.token("anna");
        var creation = client.creation(token);
        assertThat(creation.at("/rp/id").asString()).isEqualTo("localhost");
        assertThat(creation.at("/user/name").asString()).isEqualTo("anna");
        assertThat(creation.at("/attestation").asString()).isEqualTo("none");
        assertThat(creation.at("/authenticatorSelection/userVerification").asString())
                .isEqualTo("preferred");
        var reply = client.register(token, key.created(creation));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json().at("/passkey/name").asString()).isEqualTo("Yellow key");
        assertThat(codes(reply)).hasSize(10);
        assertThat(system.call(token, "GET", "/api/notes", "").status()).isEqualTo(200);
        var without = system.signIn("anna", PASSWORD);
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.text("code")).isEqualTo("second-factor-required");
        assertThat(without.text("detail")).isEqualTo("the user has a passkey");
        var request = client.options("anna");
        assertThat(request.json().required("secondFactors").toString()).isEqualTo("[\"passkey\",\"recovery-code\"]");
        assertThat(request.json().at("/passkey/allowCredentials/0/id").asString())
                .isEqualTo(key.id);
        key.userHandle = creation.at("/user/id").asString();
        var signedIn = client.signIn(key.signed(request.json().required("passkey")));
        assertThat(signedIn.status()).as(signedIn.toString()).isEqualTo(200);
        assertThat(signedIn.text("secondFactor")).isEqualTo("shown");
        assertThat(client.listed(signedIn.text("accessToken"))
                        .at("/0/lastUsedAt")
                        .isString())
                .isTrue();
        var session = system.call(signedIn.text("accessToken"), "GET", "/api/auth/sessions", "");
        assertThat(session.json().required("items").toString()).contains("[\"pwd\",\"pop\"]");
        assertThat(client.facts()).contains("PasskeyAdded").doesNotContain("PasskeyCountFellBack");
    }

    @Test
    void signsInAKeyThatDoesNotCountAgainAndAgain() {
        key.count = 0;
        client.registered(system.token("anna"), key);
        for (int i = 0; i < 3; i++) {
            key.count = -1;
            assertThat(client.signIn(key.signed(client.request("anna"))).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesAKeyThatWasRemoved() {
        var token = system.token("anna");
        var spare = new SoftAuthenticator();
        var id = client.registered(token, key).json().at("/passkey/id").asString();
        assertThat(codes(client.registered(token, spare)))
                .as("there are codes already")
                .isEmpty();
        assertThat(client.register(token, key.created(client.creation(token))).status())
                .isEqualTo(422);
        assertThat(client.listed(token).size()).isEqualTo(2);
        var request = client.request("anna");
        assertThat(system.call(token, "DELETE", PASSKEYS + "/" + id, "").status())
                .isEqualTo(204);

        assertThat(system.call(token, "DELETE", PASSKEYS + "/" + id, "").text("code"))
                .isEqualTo("passkey-not-found");
        assertThat(client.signIn(key.signed(request)).status()).isEqualTo(401);
        assertThat(client.request("anna").required("allowCredentials").size()).isEqualTo(1);
        assertThat(client.signIn(spare.signed(client.request("anna"))).status()).isEqualTo(200);
        var rest = client.listed(token).at("/0/id").asString();
        assertThat(system.call(token, "DELETE", PASSKEYS + "/" + rest, "").status())
                .isEqualTo(204);
        assertThat(system.signIn("anna", PASSWORD).text("secondFactor")).isEqualTo("none");
        assertThat(client.facts()).contains("PasskeyRemoved");
    }

    @Test
    void renamesAPasskeyAndSaysWhatIsSetUp() {
        var token = system.token("anna");
        assertThat(setUp(token))
                .isEqualTo("{\"app\":false,\"passkeys\":0,\"recoveryCodes\":0,\"passkeysUsable\":true}");
        var id = client.registered(token, key).json().at("/passkey/id").asString();
        var renamed = system.call(token, "PUT", PASSKEYS + "/" + id, body("name", "Blue key"));

        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
        assertThat(client.listed(token).at("/0/name").asString()).isEqualTo("Blue key");
        assertThat(setUp(token)).contains("\"passkeys\":1,\"recoveryCodes\":10");
        assertThat(client.signIn(key.signed(client.request("anna"))).status()).isEqualTo(200);
        assertThat(system.call(token, "PUT", PASSKEYS + "/" + id, body("name", ""))
                        .status())
                .isEqualTo(400);
        assertThat(system.call(token, "PUT", PASSKEYS + "/none", body("name", "Blue key"))
                        .text("code"))
                .isEqualTo("passkey-not-found");
    }

    private String setUp(String token) {
        return system.call(token, "GET", "/api/auth/second-factors", "").json().toString();
    }

    @Test
    void asksForARecentSignIn() {
        var token = system.token("anna");
        var id = client.registered(token, key).json().at("/passkey/id").asString();
        var created = new SoftAuthenticator().created(client.creation(token));
        system.clock.advance(Duration.ofMinutes(5));
        assertThat(system.call(token, "POST", PASSKEYS + "/options", "").text("code"))
                .isEqualTo("sign-in-stale");
        assertThat(client.register(token, created).text("code")).isEqualTo("sign-in-stale");
        assertThat(system.call(token, "DELETE", PASSKEYS + "/" + id, "").text("code"))
                .isEqualTo("sign-in-stale");
        assertThat(client.listed(token).size()).isEqualTo(1);
    }

    @Test
    void endsTheOtherSessionsWhenAPasskeyIsAdded() {
        var stolen = system.token("anna");
        client.registered(system.token("anna"), key);
        assertThat(system.call(stolen, "GET", "/api/notes", "").status()).isEqualTo(401);
    }

    @Test
    void takesRecoveryCodesInPlaceOfAPasskey() {
        var codes = codes(client.registered(system.token("anna"), key));
        var input = body("user", "anna", "password", PASSWORD, "code", codes.get(2));
        assertThat(system.call("", "POST", "/api/auth/sign-in", input).status()).isEqualTo(200);
        assertThat(system.call("", "POST", "/api/auth/sign-in", input).status()).isEqualTo(401);
    }

    @Test
    void replacesRecoveryCodesOfWhoHasASecondFactor() {
        var token = system.token("anna");
        assertThat(system.call(token, "POST", "/api/auth/recovery-codes", "").text("code"))
                .isEqualTo("second-factor-setup-required");
        var old = codes(client.registered(token, key));
        var fresh = codes(system.call(token, "POST", "/api/auth/recovery-codes", ""));
        assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(old);
        var input = body("user", "anna", "password", PASSWORD, "code", old.getFirst());
        assertThat(system.call("", "POST", "/api/auth/sign-in", input).status()).isEqualTo(401);
        input = body("user", "anna", "password", PASSWORD, "code", fresh.getFirst());
        assertThat(system.call("", "POST", "/api/auth/sign-in", input).status()).isEqualTo(200);
    }

    @Test
    void signsNobodyInByAnAppThatIsOnlyBeingSetUp() {
        var token = system.token("anna");
        client.registered(token, key);
        var secret = system.call(token, "POST", "/api/auth/totp", "").text("secret");
        var code = SecondFactorsIT.code(secret, system.clock.instant());
        var input = body("user", "anna", "password", PASSWORD, "code", code);
        assertThat(system.call("", "POST", "/api/auth/sign-in", input).status()).isEqualTo(401);
        var confirmed = system.call(token, "POST", "/api/auth/totp/confirm", body("code", code));
        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
        assertThat(codes(confirmed)).isEmpty();
        assertThat(client.options("anna").json().required("secondFactors").toString())
                .isEqualTo("[\"totp\",\"passkey\",\"recovery-code\"]");
        assertThat(system.call(token, "DELETE", "/api/auth/totp", "").status()).isEqualTo(204);
        assertThat(client.options("anna").json().required("secondFactors").toString())
                .isEqualTo("[\"passkey\",\"recovery-code\"]");
    }

    @Test
    void satisfiesARoleThatDemandsASecondFactor() {
        system.role("technician", "required", "notes.read");
        var opened = system.signIn("anna", PASSWORD);
        assertThat(opened.text("secondFactor")).isEqualTo("setup-required");
        var token = opened.text("accessToken");
        assertThat(system.call(token, "GET", "/api/notes", "").text("code")).isEqualTo("second-factor-setup-required");
        client.registered(token, key);
        assertThat(system.call(token, "GET", "/api/notes", "").status()).isEqualTo(200);
        assertThat(system.refresh(opened.text("refreshToken")).text("secondFactor"))
                .isEqualTo("shown");
    }
}
