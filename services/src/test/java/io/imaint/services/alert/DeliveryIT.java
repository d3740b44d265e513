package io.imaint.services.alert;

import static io.imaint.services.alert.AlertSystem.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.Condition;
import io.imaint.store.Documents.Change;
import io.imaint.store.Query;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Goal: what is due is delivered once in effect, however servers and processes fail. Method: real servers, a moved clock. */
class DeliveryIT {
    private static final String ADMIN = "administrator";

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
    void mailsInTheReadersLanguage() throws Exception {
        system.rule("\"users\": [\"anna\"], \"channels\": [\"email\"]");
        system.call("anna", "PUT", "/api/alert-preferences", "{\"language\": \"de\", \"channels\": [\"email\"]}");
        system.fail("1000", "hot");

        eventually().untilAsserted(() -> assertThat(system.mail.received()).hasSize(1));
        var mail = system.mail.received().getFirst();
        assertThat(mail.getAllRecipients()[0]).hasToString("anna@example.com");
        assertThat(mail.getHeader("Content-Language")).containsExactly("de");
        assertThat(mail.getSubject()).isEqualTo("MachineFailed");
    }

    @Test
    void repeatsMailUntilTheServerTakesIt() {
        system.mail.answers(451);
        system.rule("\"users\": [\"anna\"], \"channels\": [\"email\"]");
        system.fail("1000", "hot");
        awaitDelivery(tried -> tried.attempts() == 1 && !tried.result().isEmpty());

        system.mail.answers(0);
        system.clock.advance(Duration.ofMinutes(1));

        eventually().untilAsserted(() -> assertThat(system.mail.received()).hasSize(1));
    }

    @Test
    void pushesToEveryBrowserOfTheReader() throws Exception {
        var browser = new Browser();
        var subscribed = system.call(
                "anna",
                "POST",
                "/api/push-subscriptions",
                "{\"endpoint\": \"%s\", \"keys\": {\"p256dh\": \"%s\", \"auth\": \"%s\"}}"
                        .formatted(receiver.url(), browser.p256dh(), browser.auth()));
        assertThat(subscribed.status()).as(subscribed.toString()).isEqualTo(201);
        system.rule("\"users\": [\"anna\", \"anton\"], \"channels\": [\"push\"]");
        system.fail("1000", "hot");

        eventually().untilAsserted(() -> assertThat(receiver.received()).hasSize(1));
        var pushed = receiver.received().getFirst();
        assertThat(browser.decrypted(pushed.body())).contains("MachineFailed");
        var key = system.call("anna", "GET", "/api/push-key", "")
                .json()
                .get("publicKey")
                .asString();
        assertThat(Browser.claims(pushed.header("Authorization"), key)).contains("operator@example.com");
    }

    @Test
    void endsASubscriptionOnlyForItsOwner() {
        var browser = new Browser();
        var id = system.call(
                        "anna",
                        "POST",
                        "/api/push-subscriptions",
                        "{\"endpoint\": \"%s\", \"keys\": {\"p256dh\": \"%s\", \"auth\": \"%s\"}}"
                                .formatted(receiver.url(), browser.p256dh(), browser.auth()))
                .json()
                .get("id")
                .asString();
        var path = "/api/push-subscriptions/" + id;
        assertThat(system.call("anton", "DELETE", path, "").status()).isEqualTo(404);
        assertThat(system.call("anna", "DELETE", path, "").status()).isEqualTo(204);
    }

    @Test
    void repeatsAWebhookUnderTheSameIdUntilTheReceiverIsBack() {
        var hook = webhook("");
        receiver.answers(503, Map.of());
        system.rule("\"channels\": [\"webhook\"]");
        system.fail("1000", "hot");
        eventually()
                .untilAsserted(
                        () -> assertThat(log(hook).getFirst().get("result").asString())
                                .isEqualTo("status 503"));

        receiver.answers(200, Map.of());
        system.clock.advance(Duration.ofMinutes(1));

        eventually()
                .untilAsserted(
                        () -> assertThat(log(hook).getFirst().get("status").asString())
                                .isEqualTo("delivered"));
        assertThat(log(hook).getFirst().get("attempts").asInt()).isEqualTo(2);
        assertThat(receiver.received())
                .extracting(sent -> sent.header("Webhook-Id"))
                .hasSize(2)
                .containsOnly(last(hook).get("id").asString());
    }

    @Test
    void leavesAReceiverAloneForAsLongAsItAsks() {
        var hook = webhook("");
        receiver.answers(429, Map.of("Retry-After", "7200"));
        system.rule("\"channels\": [\"webhook\"]");
        system.fail("1000", "hot");

        eventually()
                .untilAsserted(() -> assertThat(log(hook))
                        .isNotEmpty()
                        .allSatisfy(logged -> assertThat(
                                        Instant.parse(logged.get("dueAt").asString()))
                                .isAfter(system.clock.instant().plus(Duration.ofMinutes(110)))));
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        var hook = webhook("");
        receiver.answers(500, Map.of());
        system.rule("\"channels\": [\"webhook\"]");
        system.fail("1000", "hot");
        awaitDelivery(queued -> {
            system.clock.advance(Duration.ofHours(2));
            return queued.status() == Delivery.Status.FAILED;
        });
        assertThat(last(hook).get("attempts").asInt()).isEqualTo(RetryPolicy.ATTEMPTS_MAX);
        assertThat(receiver.received()).hasSize(RetryPolicy.ATTEMPTS_MAX);
    }

    @Test
    void waitsForTheEndOfQuietHours() {
        quietNow("anna");
        system.rule("\"users\": [\"anna\"], \"channels\": [\"email\"]");
        system.fail("1000", "hot");

        var waiting = awaitDelivery(
                queued -> queued.dueAt().isAfter(system.clock.instant().plus(Duration.ofMinutes(50))));
        assertThat(waiting.attempts()).isZero();
        assertThat(system.inbox("anna")).as("the inbox makes no noise").hasSize(1);
        system.clock.moveTo(waiting.dueAt());

        eventually().untilAsserted(() -> assertThat(system.mail.received()).hasSize(1));
    }

    @Test
    void passesQuietHoursWithWhatIsCritical() {
        quietNow("anna");
        system.rule("\"users\": [\"anna\"], \"channels\": [\"email\"], \"severity\": \"critical\"");
        system.fail("1000", "hot");
        eventually().untilAsserted(() -> assertThat(system.mail.received()).hasSize(1));
    }

    @Test
    void sendsNothingThatSomebodyHasTakenOn() {
        quietNow("anna");
        system.rule("\"users\": [\"anna\", \"anton\"], \"channels\": [\"email\"]");
        system.fail("1000", "hot");
        system.awaitAlerts("anton", 1);
        eventually().untilAsserted(() -> assertThat(system.mail.received()).hasSize(1));
        var id = system.inbox("anton").getFirst().get("id").asString();
        system.call("anton", "POST", "/api/alerts/" + id + "/acknowledge", "");

        system.clock.advance(Duration.ofHours(2));

        eventually()
                .untilAsserted(() -> assertThat(deliveries())
                        .extracting(Delivery::status)
                        .containsExactlyInAnyOrder(Delivery.Status.DELIVERED, Delivery.Status.SKIPPED));
        assertThat(system.mail.received()).hasSize(1);
    }

    @Test
    void deliversWhatADeadProcessHadClaimed() {
        system.mail.answers(451);
        system.rule("\"users\": [\"anna\"], \"channels\": [\"email\"]");
        system.fail("1000", "hot");
        var tried = awaitDelivery(queued -> !queued.result().isEmpty());
        var documents = system.store.documents(AlertCollections.DELIVERIES);
        // What a process writes before it dies in the middle of an attempt.
        var until = system.clock.instant().plus(DeliveryQueue.CLAIM);
        documents.update(tried.id(), stored -> Change.of(stored.value().claimed(until)));
        system.mail.answers(0);

        system.clock.moveTo(until);

        eventually().untilAsserted(() -> assertThat(system.mail.received()).hasSize(1));
        assertThat(awaitDelivery(one -> one.status() == Delivery.Status.DELIVERED)
                        .attempts())
                .isEqualTo(tried.attempts() + 2);
    }

    @Test
    void deliversOnceWithTwoProcessesAtWork() {
        webhook("");
        system.rule("\"channels\": [\"webhook\"]");
        try (var other = system.service()) {
            assertThat(other.routes()).isNotEmpty();
            for (int i = 0; i < 20; i++) {
                system.fail("1000", "hot");
            }
            eventually()
                    .untilAsserted(() -> assertThat(deliveries())
                            .hasSize(20)
                            .extracting(Delivery::status)
                            .containsOnly(Delivery.Status.DELIVERED));
        }
        assertThat(receiver.received())
                .extracting(sent -> sent.header("Webhook-Id"))
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void testsAWebhookAndLogsIt() {
        var hook = webhook("");
        var tested = system.call(ADMIN, "POST", hook + "/test", "");

        assertThat(tested.status()).isEqualTo(202);
        assertThat(tested.header("location")).isEqualTo(hook + "/deliveries");
        eventually()
                .untilAsserted(
                        () -> assertThat(log(hook).getFirst().get("status").asString())
                                .isEqualTo("delivered"));
        assertThat(new String(receiver.received().getFirst().body(), StandardCharsets.UTF_8))
                .contains("alert.test");
    }

    @Test
    void measuresDeliveriesAndTheQueue() {
        var hook = webhook("");
        receiver.answers(503, Map.of());
        system.rule("\"users\": [\"anna\"], \"channels\": [\"webhook\", \"email\"]");
        system.fail("1000", "hot");
        eventually()
                .untilAsserted(() -> assertThat(system.metrics())
                        .contains(
                                "imaint_alert_deliveries_total{channel=\"email\",outcome=\"delivered\"} 1.0",
                                "imaint_alert_deliveries_total{channel=\"webhook\",outcome=\"repeated\"} 1.0",
                                "imaint_alert_queue_depth 1.0",
                                "imaint_alert_queue_oldest_seconds 0.0"));
        receiver.answers(410, Map.of());
        system.clock.advance(Duration.ofMinutes(1));
        eventually()
                .untilAsserted(() -> assertThat(system.metrics())
                        .contains(
                                "imaint_alert_deliveries_total{channel=\"webhook\",outcome=\"failed\"} 1.0",
                                "imaint_alert_queue_depth 0.0"));
        assertThat(last(hook).get("status").asString()).isEqualTo("failed");
    }

    @Test
    void sendsAWebhookNoAlertOfAnotherPlant() {
        var hook = webhook(", \"plants\": [\"2000\"]");
        system.rule("\"users\": [\"clara\"], \"channels\": [\"webhook\"]");
        system.fail("1000", "here");
        system.fail("2000", "there");

        system.awaitAlerts("clara", 2);
        eventually().untilAsserted(() -> assertThat(receiver.received()).hasSize(1));
        assertThat(log(hook)).hasSize(1);
        assertThat(new String(receiver.received().getFirst().body(), StandardCharsets.UTF_8))
                .contains("there");
    }

    /** Gives a user quiet hours that began an hour ago and end in an hour. */
    private void quietNow(String user) {
        var time = system.clock.instant().atOffset(ZoneOffset.UTC).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
        LocalTime from = time.minusHours(1);
        var set = system.call(
                user,
                "PUT",
                "/api/alert-preferences",
                "{\"channels\": [\"email\"], \"quietHours\": {\"from\": \"%s\", \"to\": \"%s\"}}"
                        .formatted(from, time.plusHours(1)));
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
    }

    private String webhook(String more) {
        return system.webhook(receiver.url(), more);
    }

    private List<JsonNode> log(String hook) {
        return system.call(ADMIN, "GET", hook + "/deliveries", "")
                .json()
                .get("items")
                .valueStream()
                .toList();
    }

    /** The newest line of a webhook's log. */
    private JsonNode last(String hook) {
        var lines = log(hook);
        assertThat(lines).isNotEmpty();
        return lines.getFirst();
    }

    private List<Delivery> deliveries() {
        return system.store
                .documents(AlertCollections.DELIVERIES)
                .list(Query.where(Condition.ALL))
                .values();
    }

    /** Waits for the delivery that fulfils a condition. */
    private Delivery awaitDelivery(Predicate<Delivery> condition) {
        return eventually()
                .until(() -> deliveries().stream().filter(condition).findFirst(), Optional::isPresent)
                .orElseThrow();
    }
}
