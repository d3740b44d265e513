package io.imaint.services.alert;

import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.CollectionType;
import io.imaint.store.LiveCollection;
import io.imaint.store.Store;
import io.imaint.store.Subscription;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/**
 * Alerts: what is made of facts by rules, and how it reaches people and systems.
 *
 * <pre>
 *   facts ──► raising ──► alerts ──► inboxes            (read, acknowledged … by routes)
 *               ▲  │
 *         rules ┘  └────► delivery queue ──► e-mail, push, webhooks
 * </pre>
 *
 * <p>Every arrow leads through the store, so that no crash loses an alert and any number of processes run the service.
 */
public final class Alerts implements Routed, Metered, AutoCloseable {
    /** What differs between the program and a test. */
    record Surroundings(InstantSource clock, SecureRandom random, OutgoingAddresses.Resolver resolver) {}

    public static final List<LiveCollection> LIVE =
            List.of(new LiveCollection(AlertCollections.INBOX, AlertRoutes.READ, "user"));

    /** The collections for which seed data is delivered. */
    public static final List<CollectionType<?>> SEEDED = List.of(AlertCollections.STRINGS, AlertCollections.RULES);

    private static final String KEY_FILE = "alert-key";

    private final List<Routed> parts;
    private final AlertMeters meters;
    private final AlertWorker worker;
    private final Subscription facts;

    private Alerts(List<Routed> parts, AlertMeters meters, AlertWorker worker, Subscription facts) {
        this.parts = parts;
        this.meters = meters;
        this.worker = worker;
        this.facts = facts;
    }

    static Alerts start(Store store, Directory directory, AlertSettings settings, Surroundings surroundings) {
        var clock = surroundings.clock;
        var key = SealingKey.of(
                settings.key(),
                settings.directory().resolve(KEY_FILE),
                surroundings.random,
                AlertProblem.ALERT_KEY_UNUSABLE);
        var http = new OutgoingHttp(new OutgoingAddresses(settings.outgoingAllowed(), surroundings.resolver), clock);
        var push = new Push(http, VapidKey.in(store, key), settings.contact());
        var recipients = new Recipients(directory);
        var senders = new DeliveryChannels.Senders(settings.smtp().map(Mail::new), push, http, key);
        var channels = new DeliveryChannels(store, senders, recipients, settings.zone(), clock);
        var worker = new AlertWorker();
        var meters = new AlertMeters(store, clock);
        var results = new DeliveryQueue.Results(new RetryPolicy(surroundings.random), meters);
        var queue = new DeliveryQueue(store, channels, results, clock, worker::wake);
        var inbox = new AlertInbox(store);
        var raising = new AlertRaising(store, inbox, recipients, queue, clock);
        var parts = List.<Routed>of(
                new AlertRules(store),
                new AlertRoutes(store, clock),
                new PreferenceRoutes(store),
                new PushSubscriptions(store, push, clock),
                new Webhooks(store, key, http, queue, surroundings.random, clock));
        worker.start(List.of(raising::escalate, () -> inbox.wake(clock.instant()), queue::deliverDue));
        return new Alerts(parts, meters, worker, store.facts().subscribe("alerts", raising));
    }

    @Override
    public List<Route> routes() {
        return parts.stream().map(Routed::routes).flatMap(List::stream).toList();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }

    @Override
    public void close() {
        try (worker) {
            facts.close();
        }
    }
}
