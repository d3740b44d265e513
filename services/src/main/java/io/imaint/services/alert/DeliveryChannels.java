package io.imaint.services.alert;

import io.imaint.kernel.sealing.SealingKey;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Sends one delivery through its channel, in the language of whoever reads it. */
final class DeliveryChannels {
    private static final JsonMapper JSON = new JsonMapper();

    /** What sends. */
    record Senders(Optional<Mail> mail, Push push, OutgoingHttp http, SealingKey key) {}

    private final Senders senders;
    private final Recipients recipients;
    private final AlertStrings strings;
    private final Documents<Alert> alerts;
    private final Documents<AlertPreferences> preferences;
    private final Documents<PushSubscription> subscriptions;
    private final Documents<Webhook> webhooks;
    private final ZoneId zone;
    private final InstantSource clock;

    DeliveryChannels(Store store, Senders senders, Recipients recipients, ZoneId zone, InstantSource clock) {
        this.senders = senders;
        this.recipients = recipients;
        this.strings = new AlertStrings(store);
        this.alerts = store.documents(AlertCollections.ALERTS);
        this.preferences = store.documents(AlertCollections.PREFERENCES);
        this.subscriptions = store.documents(AlertCollections.SUBSCRIPTIONS);
        this.webhooks = store.documents(AlertCollections.WEBHOOKS);
        this.zone = zone;
        this.clock = clock;
    }

    /** The end of the reader's quiet hours where they hold for a delivery; else now. */
    Instant quietUntil(Delivery delivery, Instant now) {
        var alert = alert(delivery);
        if (delivery.user() == null
                || alert.isEmpty()
                || !alert.get().quietHours()
                || alert.get().severity() == Severity.CRITICAL) {
            return now;
        }
        var wishes = wishes(delivery.user());
        var quiet = wishes.quietHours();
        return quiet == null ? now : quiet.endFrom(now, wishes.zoneOr(zone));
    }

    Outcome attempt(Delivery delivery) {
        if (delivery.alert() == null) {
            var text = strings.rendered("webhook-test", Map.of(), AlertString.FALLBACK)
                    .orElseThrow();
            return toWebhook(delivery, notice(delivery, text));
        }
        var alert = alert(delivery);
        if (alert.isEmpty() || !alert.get().state().unattended()) {
            return new Outcome.Skipped("the alert was attended to before");
        }
        return switch (delivery.channel()) {
            case EMAIL, PUSH -> toUser(delivery, alert.get());
            case WEBHOOK -> toWebhook(delivery, notice(delivery, alert.get(), AlertString.FALLBACK));
        };
    }

    private Outcome toUser(Delivery delivery, Alert alert) {
        var user = delivery.user();
        var person = user == null
                ? Optional.<io.imaint.kernel.identity.Directory.Person>empty()
                : recipients.person(user, alert.plant());
        if (person.isEmpty()) {
            return new Outcome.Skipped("the user may not see the plant any more");
        }
        var wishes = wishes(person.get().id());
        if (!wishes.channels().contains(delivery.channel())) {
            return new Outcome.Skipped("the user has switched the channel off");
        }
        var notice = notice(delivery, alert, wishes.language());
        if (delivery.channel() == Channel.PUSH) {
            return toBrowser(delivery, notice, person.get().id());
        }
        var address = wishes.email() != null ? wishes.email() : person.get().email();
        if (address == null) {
            return new Outcome.Skipped("the user has no e-mail address");
        }
        return senders.mail()
                .map(mail -> mail.send(notice, address))
                .orElse(new Outcome.Skipped("no server for e-mail is set (smtp-host)"));
    }

    /** A browser may have another user by now, who must not read what waits for the one before. */
    private Outcome toBrowser(Delivery delivery, Notice notice, String user) {
        var subscription = subscriptions
                .find(delivery.target())
                .filter(stored -> stored.value().user().equals(user));
        if (subscription.isEmpty()) {
            return new Outcome.Skipped("the browser has unsubscribed");
        }
        var outcome = senders.push().send(notice, subscription.get().value());
        if (outcome instanceof Outcome.Gone) {
            subscriptions.remove(delivery.target(), subscription.get().rev());
        }
        return outcome;
    }

    private Outcome toWebhook(Delivery delivery, Notice notice) {
        var webhook = webhooks.find(delivery.target()).map(Stored::value).orElse(null);
        if (webhook == null || !webhook.enabled()) {
            return new Outcome.Skipped("the webhook was removed or disabled");
        }
        if (delivery.alert() != null && !webhook.receives(delivery.plant())) {
            return new Outcome.Skipped("the webhook does not receive alerts of the plant any more");
        }
        var body = JSON.writeValueAsString(payload(notice)).getBytes(StandardCharsets.UTF_8);
        var secret = senders.key().open(webhook.id(), webhook.sealedSecret());
        var headers = new LinkedHashMap<>(WebhookSignature.headers(secret, delivery.id(), clock.instant(), body));
        headers.put("Content-Type", "application/json");
        var outcome = senders.http().deliver(webhook.address(), headers, body);
        return outcome instanceof Outcome.Failed failed && failed.status() == 410
                ? new Outcome.Refused("status 410: the receiver wants no more")
                : outcome;
    }

    /** Source: Standard Webhooks 1.0: type, timestamp, data. */
    private static Map<String, Object> payload(Notice notice) {
        var data = new LinkedHashMap<String, Object>();
        data.put("alert", notice.alert());
        data.put("severity", notice.severity().toString());
        data.put("plant", notice.plant() == null ? "" : notice.plant().value());
        data.put("title", notice.title());
        data.put("body", notice.body());
        data.put("count", notice.count());
        data.put("fields", notice.data());
        var payload = new LinkedHashMap<String, Object>();
        payload.put("type", notice.type());
        payload.put("timestamp", notice.at().toString());
        payload.put("data", data);
        return payload;
    }

    private Notice notice(Delivery delivery, Alert alert, String language) {
        var rendered = strings.rendered(alert, language);
        return new Notice(
                delivery.id(),
                "alert." + delivery.reason(),
                alert.id(),
                alert.severity(),
                alert.plant(),
                rendered.language(),
                rendered.text().title(),
                rendered.text().body(),
                alert.data(),
                alert.count(),
                alert.lastAt());
    }

    private static Notice notice(Delivery test, AlertStrings.Rendered rendered) {
        return new Notice(
                test.id(),
                "alert.test",
                "",
                Severity.INFO,
                null,
                rendered.language(),
                rendered.text().title(),
                rendered.text().body(),
                Map.of(),
                1,
                test.createdAt());
    }

    private Optional<Alert> alert(Delivery delivery) {
        return Optional.ofNullable(delivery.alert()).flatMap(alerts::find).map(Stored::value);
    }

    private AlertPreferences wishes(String user) {
        return preferences.find(user).map(Stored::value).orElseGet(() -> AlertPreferences.standard(user));
    }
}
