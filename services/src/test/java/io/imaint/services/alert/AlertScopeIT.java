package io.imaint.services.alert;

import static io.imaint.services.alert.AlertSystem.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.alert.Delivery.Status;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what an alert knows of a plant reaches nobody who may not see the plant, whatever changes on its way. Method: real
 * servers that first fail, then a change, then a moved clock. That nobody is informed of another plant from the beginning is
 * tested in {@link AlertInboxIT} and {@link DeliveryIT}.
 */
class AlertScopeIT {
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
    void makesNoAlertOfFactsOfSeveralPlants() {
        system.rule("\"users\": [\"anna\", \"bela\", \"clara\"],"
                + "\"grouping\": {\"fields\": [\"reason\"], \"window\": \"PT10M\"}");
        system.fail("1000", "hot");
        system.fail("2000", "hot");

        system.awaitAlerts("clara", 2);
        for (var reader : Map.of("anna", "M000001", "bela", "M000002").entrySet()) {
            assertThat(system.inbox(reader.getKey())).singleElement().satisfies(alert -> {
                assertThat(alert.get("count").asLong()).isEqualTo(1);
                assertThat(alert.get("subject").asString()).isEqualTo(reader.getValue());
            });
        }
    }

    @Test
    void mailsAndPushesOnlyToReadersOfThePlant() throws Exception {
        subscribe("anna", "");
        subscribe("bela", "-of-bela");
        system.rule("\"users\": [\"anna\", \"bela\"], \"channels\": [\"email\", \"push\"]");
        system.fail("1000", "hot");

        eventually()
                .untilAsserted(() -> assertThat(deliveries())
                        .extracting(Delivery::user, Delivery::status)
                        .containsExactly(tuple("anna", Status.DELIVERED), tuple("anna", Status.DELIVERED)));
        assertThat(system.mail.received())
                .singleElement()
                .satisfies(mail -> assertThat(mail.getAllRecipients()[0]).hasToString("anna@example.com"));
        assertThat(receiver.received()).extracting(Receiver.Received::path).containsExactly("/hook");
    }

    @Test
    void escalatesOnlyToReadersOfThePlant() {
        system.rule("\"users\": [\"anna\"], \"escalation\": {\"after\": \"PT30M\", \"users\": [\"bela\", \"clara\"]}");
        system.fail("1000", "hot");
        system.awaitAlerts("anna", 1);

        system.clock.advance(Duration.ofMinutes(31));

        system.awaitAlerts("clara", 1);
        assertThat(system.inbox("bela")).isEmpty();
    }

    @Test
    void mailsNothingOfAPlantThatTheReaderNoLongerSees() {
        system.mail.answers(451);
        system.rule("\"users\": [\"anna\"], \"channels\": [\"email\"]");
        system.fail("1000", "hot");
        awaitDelivery(Status.PENDING, 1);

        system.crew.move("anna", PlantScope.of("2000"));
        system.mail.answers(0);
        system.clock.advance(Duration.ofMinutes(1));

        awaitDelivery(Status.SKIPPED, 2);
        assertThat(system.mail.received()).isEmpty();
    }

    @Test
    void pushesNothingOfAPlantThatTheReaderNoLongerSees() {
        subscribe("anna", "");
        receiver.answers(503, Map.of());
        system.rule("\"users\": [\"anna\"], \"channels\": [\"push\"]");
        system.fail("1000", "hot");
        awaitDelivery(Status.PENDING, 1);

        system.crew.move("anna", PlantScope.of("2000"));
        receiver.answers(201, Map.of());
        system.clock.advance(Duration.ofMinutes(1));

        awaitDelivery(Status.SKIPPED, 2);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void pushesNothingToWhoeverUsesTheBrowserNext() {
        subscribe("anna", "");
        receiver.answers(503, Map.of());
        system.rule("\"users\": [\"anna\"], \"channels\": [\"push\"]");
        system.fail("1000", "hot");
        awaitDelivery(Status.PENDING, 1);

        subscribe("bela", "");
        receiver.answers(201, Map.of());
        system.clock.advance(Duration.ofMinutes(1));

        awaitDelivery(Status.SKIPPED, 2);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void sendsAWebhookNothingOfAPlantThatItIsNoLongerFor() {
        var hook = system.call(ADMIN, "POST", "/api/alert-webhooks", webhook("\"1000\", \"2000\""))
                .header("location");
        receiver.answers(503, Map.of());
        system.rule("\"channels\": [\"webhook\"]");
        system.fail("2000", "there");
        awaitDelivery(Status.PENDING, 1);

        var narrowed = system.call(ADMIN, "PUT", hook, webhook("\"1000\""), "If-Match", "\"1\"");
        assertThat(narrowed.status()).as(narrowed.toString()).isEqualTo(200);
        receiver.answers(200, Map.of());
        system.clock.advance(Duration.ofMinutes(1));

        awaitDelivery(Status.SKIPPED, 2);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void hidesWhatAWebhookWasSentOfOtherPlantsFromWhomItNowServes() {
        var hook = system.call(ADMIN, "POST", "/api/alert-webhooks", webhook("\"1000\", \"2000\""))
                .header("location");
        system.rule("\"channels\": [\"webhook\"]");
        system.fail("2000", "there");
        system.fail("1000", "here");
        eventually()
                .untilAsserted(() -> assertThat(deliveries())
                        .hasSize(2)
                        .extracting(Delivery::status)
                        .containsOnly(Status.DELIVERED));
        system.call(ADMIN, "PUT", hook, webhook("\"1000\""), "If-Match", "\"1\"");
        system.crew.move(ADMIN, PlantScope.of("1000"));

        var log = system.call(ADMIN, "GET", hook + "/deliveries", "").json().get("items");
        assertThat(log).hasSize(1);
        assertThat(receiver.received())
                .extracting(sent -> new String(sent.body(), StandardCharsets.UTF_8))
                .anyMatch(body -> body.contains(log.at("/0/alert").asString()) && body.contains("here"));
    }

    @Test
    void movesAWebhookOnlyWithinThePlantsOfTheCaller() {
        var theirs = system.call(ADMIN, "POST", "/api/alert-webhooks", webhook("\"2000\""))
                .header("location");
        var all = system.call(ADMIN, "POST", "/api/alert-webhooks", webhook("")).header("location");
        system.crew.move(ADMIN, PlantScope.of("1000"));
        var own = system.call(ADMIN, "POST", "/api/alert-webhooks", webhook("\"1000\""))
                .header("location");

        assertThat(put(own, "\"2000\"")).as("away").isEqualTo(403);
        assertThat(put(own, "")).as("to all plants").isEqualTo(403);
        assertThat(put(theirs, "\"1000\"")).as("here").isEqualTo(404);
        assertThat(put(all, "\"1000\"")).as("from all plants").isEqualTo(404);
        assertThat(put(own, "\"1000\"")).isEqualTo(200);
    }

    private int put(String hook, String plants) {
        return system.call(ADMIN, "PUT", hook, webhook(plants), "If-Match", "\"1\"")
                .status();
    }

    private String webhook(String plants) {
        return "{\"name\": \"x\", \"url\": \"%s\", \"plants\": [%s]}".formatted(receiver.url(), plants);
    }

    private void subscribe(String user, String pathEnd) {
        var browser = new Browser();
        var subscribed = system.call(
                user,
                "POST",
                "/api/push-subscriptions",
                "{\"endpoint\": \"%s\", \"keys\": {\"p256dh\": \"%s\", \"auth\": \"%s\"}}"
                        .formatted(receiver.url() + pathEnd, browser.p256dh(), browser.auth()));
        assertThat(subscribed.status()).as(subscribed.toString()).isEqualTo(201);
    }

    /** Waits until the only delivery was attempted so often and has a result. */
    private void awaitDelivery(Status status, int attempts) {
        eventually()
                .untilAsserted(() -> assertThat(deliveries()).singleElement().satisfies(delivery -> {
                    assertThat(delivery.status()).as(delivery.toString()).isEqualTo(status);
                    assertThat(delivery.attempts()).isEqualTo(attempts);
                    assertThat(delivery.result()).isNotEmpty();
                }));
    }

    private List<Delivery> deliveries() {
        return system.store
                .documents(AlertCollections.DELIVERIES)
                .list(Query.where(Condition.ALL))
                .values();
    }
}
