package io.imaint.services.alert;

import io.imaint.store.CollectionType;

/** The collections of the alert service. */
final class AlertCollections {
    static final CollectionType<AlertRule> RULES = CollectionType.of("AlertRules", AlertRule.class, AlertRule::id)
            .unscoped("a rule is a setting of the installation; whom it informs is limited by their own plants")
            .index("fact")
            .index("name");

    static final CollectionType<Alert> ALERTS = CollectionType.of("Alerts", Alert.class, Alert::id)
            .index("group", "firstAt")
            .index("state", "escalatesAt")
            .plant("plant")
            .expires("expiresAt");

    static final CollectionType<InboxEntry> INBOX = CollectionType.of("AlertInbox", InboxEntry.class, InboxEntry::id)
            .index("user", "at")
            .index("user", "state", "at")
            .index("alert")
            .index("state", "snoozedUntil")
            .plant("plant")
            .expires("expiresAt")
            .inChangeSequence();

    static final CollectionType<Delivery> DELIVERIES = CollectionType.of(
                    "AlertDeliveries", Delivery.class, Delivery::id)
            .index("status", "dueAt")
            .index("target", "createdAt")
            .plant("plant")
            .expires("expiresAt");

    static final CollectionType<AlertPreferences> PREFERENCES = CollectionType.of(
                    "AlertPreferences", AlertPreferences.class, AlertPreferences::user)
            .unscoped("the settings of one user, which only they see");

    static final CollectionType<PushSubscription> SUBSCRIPTIONS = CollectionType.of(
                    "PushSubscriptions", PushSubscription.class, PushSubscription::id)
            .unscoped("a browser of one user, which only they see")
            .masked("p256dh", "auth")
            .index("user", "since");

    static final CollectionType<Webhook> WEBHOOKS = CollectionType.of("AlertWebhooks", Webhook.class, Webhook::id)
            .unscoped("a webhook may serve several plants; only who sees all of them sees it")
            .index("name");

    static final CollectionType<AlertString> STRINGS = CollectionType.of(
                    "AlertString", AlertString.class, AlertString::id)
            .unscoped("texts without data of any plant");

    static final CollectionType<VapidKey> VAPID_KEYS =
            CollectionType.of("VapidKeys", VapidKey.class, VapidKey::id).unscoped("one key of the installation");

    private AlertCollections() {}
}
