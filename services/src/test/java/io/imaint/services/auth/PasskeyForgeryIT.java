package io.imaint.services.auth;

import static io.imaint.services.auth.AuthSystem.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.auth.AuthSystem.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Goal: what only looks like a passkey's answer opens nothing. Method: an authenticator that does as the test says, over HTTP. */
class PasskeyForgeryIT {
    private static final JsonMapper JSON = new JsonMapper();

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

    private static void assertRefused(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
        assertThat(reply.text("code")).isEqualTo("sign-in-refused");
        assertThat(reply.text("detail")).isEqualTo("user, password or code is wrong");
    }

    @Test
    void refusesAnswersGivenToAnotherPage() {
        var token = system.token("anna");
        key.origin = "http://localhost:8081";
        var foreign = client.register(token, key.created(client.creation(token)));
        assertThat(foreign.status()).isEqualTo(422);
        assertThat(foreign.text("code")).isEqualTo("passkey-invalid");
        key.origin = "http://localhost:8080";
        client.registered(token, key);

        for (var origin : List.of("http://localhost:8081", "https://localhost:8080", "http://evil.example")) {
            key.origin = origin;
            assertRefused(client.signIn(key.signed(client.request("anna"))));
        }
    }

    @Test
    void refusesAKeyOfAnotherHost() {
        var token = system.token("anna");
        var elsewhere = (ObjectNode) client.creation(token);
        ((ObjectNode) elsewhere.get("rp")).put("id", "evil.example");
        assertThat(client.register(token, key.created(elsewhere)).status()).isEqualTo(422);
        client.registered(token, key);

        assertRefused(client.signIn(key.signed(((ObjectNode) client.request("anna")).put("rpId", "evil.example"))));
    }

    @Test
    void refusesAChallengeThatNobodyMade() {
        var token = system.token("anna");
        var own = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE";
        assertThat(client.register(token, key.created(((ObjectNode) client.creation(token)).put("challenge", own)))
                        .status())
                .isEqualTo(422);
        client.registered(token, key);

        assertRefused(client.signIn(key.signed(((ObjectNode) client.request("anna")).put("challenge", own))));
    }

    @Test
    void takesEachAnswerOnce() {
        var token = system.token("anna");
        var created = key.created(client.creation(token));
        assertThat(client.register(token, created).status()).isEqualTo(200);
        assertThat(client.register(token, created).text("detail")).contains("challenge");
        var signed = key.signed(client.request("anna"));
        assertThat(client.signIn(signed).status()).isEqualTo(200);

        assertRefused(client.signIn(signed));
    }

    @Test
    void usesAChallengeUpWithAWrongAnswer() {
        client.registered(system.token("anna"), key);
        var request = client.request("anna");
        key.origin = "http://evil.example";
        assertRefused(client.signIn(key.signed(request)));
        key.origin = "http://localhost:8080";
        assertRefused(client.signIn(key.signed(request)));
        assertThat(client.facts()).doesNotContain("PasskeyCountFellBack");
    }

    @Test
    void givesFiveMinutesToAnswer() {
        var token = system.token("anna");
        client.registered(token, key);
        var request = client.request("anna");
        system.clock.advance(Duration.ofMinutes(5));
        assertRefused(client.signIn(key.signed(request)));
    }

    @Test
    void keepsNoMoreThanTenChallengesOfAUser() {
        client.registered(system.token("anna"), key);
        var first = client.request("anna");
        var last = first;
        for (int i = 0; i < 10; i++) {
            last = client.request("anna");
        }
        assertRefused(client.signIn(key.signed(first)));
        assertThat(client.signIn(key.signed(last)).status()).isEqualTo(200);
    }

    @Test
    void takesAChallengeOnlyFromTheUserAndTheSessionItWasMadeFor() {
        var other = new SoftAuthenticator();
        var anna = system.token("anna");
        client.registered(system.token("bela"), other);
        assertThat(client.register(system.token("anna"), key.created(client.creation(anna)))
                        .status())
                .as("another session")
                .isEqualTo(422);
        client.registered(anna, key);

        assertRefused(client.signIn("bela", other.signed(client.request("anna"))));
        assertThat(client.signIn("bela", other.signed(client.request("bela"))).status())
                .isEqualTo(200);
    }

    @Test
    void refusesTheKeyOfAnotherUser() {
        var other = new SoftAuthenticator();
        client.registered(system.token("bela"), other);
        var creation = client.creation(system.token("anna"));
        client.registered(system.token("anna"), key);

        assertRefused(client.signIn(other.signed(client.request("anna"))));
        key.userHandle = "c29tZWJvZHkgZWxzZQ";
        assertRefused(client.signIn(key.signed(client.request("anna"))));
        key.userHandle = creation.at("/user/id").asString();
        assertThat(client.signIn(key.signed(client.request("anna"))).status()).isEqualTo(200);
    }

    @Test
    void refusesASignatureOfAnotherKeyWithTheSameId() {
        client.registered(system.token("anna"), key);
        var forged = new SoftAuthenticator().signed(client.request("anna"));
        forged.put("id", key.id).put("rawId", key.id);
        assertRefused(client.signIn(forged));
        assertThat(client.facts())
                .as("only the key's holder can raise the alarm")
                .doesNotContain("PasskeyCountFellBack");
    }

    @Test
    void refusesACountThatFellBackAndSaysSo() {
        var token = system.token("anna");
        client.registered(token, key);
        key.count = 40;
        assertThat(client.signIn(key.signed(client.request("anna"))).status()).isEqualTo(200);
        key.count = 40;
        assertRefused(client.signIn(key.signed(client.request("anna")))); // 41 again
        key.count = 7;
        assertRefused(client.signIn(key.signed(client.request("anna"))));

        var fact = system.store.facts().after(0, 1_000).getLast();
        assertThat(fact.name()).isEqualTo("PasskeyCountFellBack");
        assertThat(fact.key()).isEqualTo("anna");
        assertThat(fact.data().integer("known")).hasValue(41L);
        assertThat(fact.data().integer("sent")).hasValue(8L);
        key.count = 60;
        var owner = client.signIn(key.signed(client.request("anna")));
        assertThat(owner.status()).as("the key that is ahead goes on").isEqualTo(200);
        assertThat(client.listed(owner.text("accessToken")).at("/0/suspectedAt").isString())
                .isTrue();
    }

    @Test
    void tellsTheWaysOfAUserOnlyToWhoKnowsThePassword() {
        client.registered(system.token("anna"), key);
        var wrong = body("user", "anna", "password", "not her password");
        assertRefused(system.call("", "POST", "/api/auth/sign-in/options", wrong));
        assertThat(client.options("bela").json().toString()).isEqualTo("{\"secondFactors\":[],\"passkey\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "\"text\"",
                "{\"id\":null}",
                "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
                "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"other\",\"response\":{\"clientDataJSON\":\"e30\"}}",
                "{\"id\":\"!\",\"rawId\":\"!\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"!\"}}",
                "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":"
                        + "{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\",\"authenticatorData\":\"AA\",\"signature\":\"AA\"}}",
                "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":"
                        + "{\"clientDataJSON\":\"W10\",\"attestationObject\":\"gICA\",\"authenticatorData\":\"\",\"signature\":\"\"}}"
            })
    void refusesWhatIsNoAnswerOfAnAuthenticator(String answer) {
        var token = system.token("anna");
        var reply = client.register(token, JSON.readTree(answer));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        client.registered(token, key);
        assertRefused(client.signIn(JSON.readTree(answer)));
    }
}
