package io.imaint.services.alert;

import io.imaint.kernel.identity.Directory.Person;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** The queue of deliveries. It is in the store, so that no crash loses one and any number of processes work at it. */
final class DeliveryQueue {
    private static final System.Logger LOG = System.getLogger(DeliveryQueue.class.getName());

    /** How long nobody else makes an attempt that a process has begun; more than twice {@link Deadline#ATTEMPT}. */
    static final Duration CLAIM = Duration.ofMinutes(2);

    /** Deliveries that one round takes; the next round takes the rest. */
    private static final int ROUND_MAX = 100;

    /** Deliveries at the same time: enough that one slow receiver does not hold up all others. */
    private static final int PARALLEL_MAX = 16;

    private static final int WEBHOOKS_MAX = 1_000;
    private static final int RESULT_LENGTH_MAX = 500;

    private final Documents<Delivery> deliveries;
    private final Documents<AlertPreferences> preferences;
    private final Documents<PushSubscription> subscriptions;
    private final Documents<Webhook> webhooks;
    private final DeliveryChannels channels;
    private final RetryPolicy retries;
    private final AlertMeters meters;
    private final InstantSource clock;
    private final Runnable wake;

    /** What becomes of an attempt. */
    record Results(RetryPolicy retries, AlertMeters meters) {}

    /** @param wake called when there is something to deliver */
    DeliveryQueue(Store store, DeliveryChannels channels, Results results, InstantSource clock, Runnable wake) {
        this.deliveries = store.documents(AlertCollections.DELIVERIES);
        this.preferences = store.documents(AlertCollections.PREFERENCES);
        this.subscriptions = store.documents(AlertCollections.SUBSCRIPTIONS);
        this.webhooks = store.documents(AlertCollections.WEBHOOKS);
        this.channels = channels;
        this.retries = results.retries;
        this.meters = results.meters;
        this.clock = clock;
        this.wake = wake;
    }

    /** Queues an alert for the channels of its rule; what is queued already stays as it is. */
    void add(Alert alert, String reason, AlertRule rule, Collection<Person> people) {
        var now = clock.instant();
        var all = new ArrayList<Delivery>();
        var chosen = preferences.findAll(people.stream().map(Person::id).toList());
        for (var person : people) {
            var stored = chosen.get(person.id());
            var wishes = stored == null ? AlertPreferences.standard(person.id()) : stored.value();
            if (rule.channels().contains(Channel.EMAIL) && wishes.channels().contains(Channel.EMAIL)) {
                all.add(Delivery.of(alert, reason, Channel.EMAIL, person.id(), person.id(), now));
            }
            if (rule.channels().contains(Channel.PUSH) && wishes.channels().contains(Channel.PUSH)) {
                var browsers = Query.where(Condition.equal("user", person.id())).limit(PushSubscriptions.MAX);
                subscriptions
                        .list(browsers)
                        .values()
                        .forEach(browser ->
                                all.add(Delivery.of(alert, reason, Channel.PUSH, browser.id(), person.id(), now)));
            }
        }
        if (rule.channels().contains(Channel.WEBHOOK)) {
            webhooks.list(Query.where(Condition.ALL).limit(WEBHOOKS_MAX)).values().stream()
                    .filter(webhook -> webhook.receives(alert.plant()))
                    .forEach(webhook -> all.add(Delivery.of(alert, reason, Channel.WEBHOOK, webhook.id(), null, now)));
        }
        add(all);
    }

    private void add(List<Delivery> wanted) {
        var there = deliveries.findAll(wanted.stream().map(Delivery::id).toList());
        var missing =
                wanted.stream().filter(one -> !there.containsKey(one.id())).toList();
        if (!missing.isEmpty()) {
            deliveries.upsertAll(missing);
            wake.run();
        }
    }

    /** To be called when somebody else has queued something. */
    void wake() {
        wake.run();
    }

    /** Delivers what is due now; returns how many deliveries it looked at. */
    int deliverDue() {
        var due = due(clock.instant(), ROUND_MAX);
        if (due.isEmpty()) {
            return 0;
        }
        var places = new Semaphore(PARALLEL_MAX);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var delivery : due) {
                places.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        deliver(delivery);
                    } catch (RuntimeException | Error failed) {
                        LOG.log(Level.WARNING, "delivery " + delivery.key() + " will be repeated", failed);
                    } finally {
                        places.release();
                    }
                });
            }
        }
        return due.size();
    }

    private List<Stored<Delivery>> due(Instant now, int limit) {
        var condition = Condition.and(
                Condition.equal("status", Delivery.Status.PENDING.toString()),
                new Condition.Range("dueAt", null, now.plusMillis(1)));
        return deliveries
                .list(Query.where(condition).sorted("dueAt", false).limit(limit))
                .items();
    }

    /** Claims a delivery and makes one attempt; nothing happens when another process was faster. */
    private void deliver(Stored<Delivery> found) {
        var now = clock.instant();
        if (found.value().attempts() >= RetryPolicy.ATTEMPTS_MAX) { // Whoever claimed it last died of it.
            var given = found.value().finished(Delivery.Status.FAILED, "no attempt came to an end");
            if (deliveries.replace(given, found.rev()) instanceof Written.Done<Delivery>) {
                meters.attempted(given.channel(), given.status());
            }
            return;
        }
        var quietUntil = channels.quietUntil(found.value(), now);
        if (quietUntil.isAfter(now)) {
            deliveries.replace(found.value().postponed(quietUntil), found.rev());
            return;
        }
        if (deliveries.replace(found.value().claimed(now.plus(CLAIM)), found.rev())
                instanceof Written.Done<Delivery> claimed) {
            var outcome = channels.attempt(claimed.stored().value());
            var next = after(claimed.stored().value(), outcome);
            // Lost when the attempt took so long that another process claimed it, whose result counts then.
            if (deliveries.replace(next, claimed.stored().rev()) instanceof Written.Done<Delivery>) {
                meters.attempted(next.channel(), next.status());
            }
        }
    }

    private Delivery after(Delivery delivery, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> delivery.finished(Delivery.Status.DELIVERED, "delivered");
            case Outcome.Skipped skipped -> delivery.finished(Delivery.Status.SKIPPED, skipped.reason());
            case Outcome.Refused refused -> delivery.finished(Delivery.Status.FAILED, shortened(refused.reason()));
            case Outcome.Gone gone -> delivery.finished(Delivery.Status.FAILED, shortened(gone.reason()));
            case Outcome.Failed failed ->
                retries.waitAfter(delivery.attempts(), failed.after())
                        .map(wait -> delivery.repeated(clock.instant().plus(wait), shortened(failed.reason())))
                        .orElseGet(() -> delivery.finished(Delivery.Status.FAILED, shortened(failed.reason())));
        };
    }

    private static String shortened(String text) {
        return text.length() > RESULT_LENGTH_MAX ? text.substring(0, RESULT_LENGTH_MAX) : text;
    }
}
