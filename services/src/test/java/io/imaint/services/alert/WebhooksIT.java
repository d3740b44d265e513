package io.imaint.services.alert;

import static io.imaint.services.alert.AlertSystem.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.alert.Receiver.Received;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over HTTP: which are taken, how they are changed, and how they sign what they send. */
class WebhooksIT {
    private static final String ADMIN = "administrator";
    private static final String HOOKS = "/api/alert-webhooks";

    private AlertSystem system;
    private Receiver receiver;

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new AlertSystem(directory);
        receiver = Receiver.start();
    }

    @AfterEach
    void stop() {
        system.close();
        receiver.close();
    }

    @Test
    void signsWebhooksWithTheSecretThatWasShown() {
        var hook = webhook("");
        var secret = system.call(ADMIN, "POST", hook + "/secret", "")
                .json()
                .get("secret")
                .asString();
        system.rule("\"channels\": [\"webhook\"], \"severity\": \"critical\"");
        system.fail("1000", "hot");

        eventually().untilAsserted(() -> assertThat(receiver.received()).hasSize(1));
        var sent = receiver.received().getFirst();
        assertSigned(sent, secret);
        assertThat(new String(sent.body(), StandardCharsets.UTF_8))
                .contains("\"type\":\"alert.raised\"", "\"severity\":\"critical\"", "\"reason\":\"hot\"");
    }

    @Test
    void refusesWebhooksIntoTheNetwork() {
        for (var url :
                List.of("https://10.0.0.1/x", "https://[::1]/x", "http://1.1.1.1/x", "https://169.254.169.254/")) {
            var refused = system.call(ADMIN, "POST", HOOKS, "{\"name\": \"x\", \"url\": \"%s\"}".formatted(url));
            assertThat(refused.status()).as(url).isEqualTo(422);
            assertThat(refused.json().get("code").asString()).as(url).isEqualTo("address-refused");
        }
    }

    @Test
    void changesAWebhookOfTheRevisionThatTheClientSaw() {
        var hook = webhook("");
        var body = "{\"name\": \"y\", \"url\": \"%s\", \"enabled\": false}".formatted(receiver.url());
        assertThat(system.call(ADMIN, "PUT", hook, body).status()).isEqualTo(428);
        assertThat(system.call(ADMIN, "PUT", hook, body, "If-Match", "\"1\"").status())
                .isEqualTo(200);
        assertThat(system.call(ADMIN, "PUT", hook, body, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(system.call(ADMIN, "DELETE", hook, "", "If-Match", "\"2\"").status())
                .isEqualTo(204);
        assertThat(system.call(ADMIN, "GET", hook, "").status()).isEqualTo(404);
    }

    @Test
    void changesPartsOfAWebhook() {
        var hook = webhook(", \"plants\": [\"1000\"]");
        var secret = system.call(ADMIN, "POST", hook + "/secret", "")
                .json()
                .get("secret")
                .asString();
        var patch = "{\"enabled\": false, \"name\": \"y\"}";
        assertThat(system.call(ADMIN, "PATCH", hook, patch).status()).isEqualTo(428);
        assertThat(system.call(ADMIN, "PATCH", hook, patch, "If-Match", "\"1\"").status())
                .as("the secret is newer")
                .isEqualTo(412);
        var patched = system.call(ADMIN, "PATCH", hook, patch, "If-Match", "\"2\"");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.header("etag")).isEqualTo("\"3\"");
        assertThat(patched.json().get("name").asString()).isEqualTo("y");
        assertThat(patched.json().get("enabled").asBoolean()).isFalse();
        assertThat(patched.json().get("url").asString()).isEqualTo(receiver.url());
        assertThat(patched.json().get("plants")).hasSize(1);

        var back = system.call(ADMIN, "PATCH", hook, "{\"enabled\": null}", "If-Match", "\"3\"");
        assertThat(back.json().get("enabled").asBoolean()).as("its default").isTrue();
        system.rule("\"channels\": [\"webhook\"]");
        system.fail("1000", "hot");
        eventually().untilAsserted(() -> assertThat(receiver.received()).hasSize(1));
        assertSigned(receiver.received().getFirst(), secret);
    }

    @Test
    void refusesAPatchThatTheWholeWebhookCouldNotHave() {
        var hook = webhook("");
        for (var patch :
                List.of("{\"url\": \"https://10.0.0.1/x\"}", "{\"name\": null}", "{\"sealedSecret\": \"x\"}", "[]")) {
            assertThat(system.call(ADMIN, "PATCH", hook, patch, "If-Match", "\"1\"")
                            .status())
                    .as(patch)
                    .isIn(400, 422);
        }
        assertThat(system.call(ADMIN, "PATCH", HOOKS + "/none", "{}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(404);
        assertThat(system.call("anna", "PATCH", hook, "{}", "If-Match", "\"1\"").status())
                .isEqualTo(403);
    }

    private void assertSigned(Received sent, String secret) {
        var at = Instant.ofEpochSecond(Long.parseLong(sent.header("Webhook-Timestamp")));
        var headers = WebhookSignature.headers(secret, sent.header("Webhook-Id"), at, sent.body());
        assertThat(sent.header("Webhook-Signature")).isEqualTo(headers.get("Webhook-Signature"));
    }

    private String webhook(String more) {
        return system.webhook(receiver.url(), more);
    }
}
