package io.imaint.services.alert;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The browsers in which the caller receives Web Push. */
final class PushSubscriptions implements Routed {
    /** Browsers of one user. */
    static final int MAX = 20;

    private static final Permission READ = new Permission("alerts.read");
    private static final String PATH = "/api/push-subscriptions";

    private final Store store;
    private final Push push;
    private final InstantSource clock;

    PushSubscriptions(Store store, Push push, InstantSource clock) {
        this.store = store;
        this.push = push;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/push-key", "Shows the key to which a browser subscribes")
                        .permits(READ)
                        .answers(PushKey.class)
                        .handles(() -> new PushKey(push.publicKey())),
                Route.post(PATH, "Subscribes a browser of the caller")
                        .permits(READ)
                        .creates(Subscribed.class)
                        .handles(Subscribe.class, this::subscribe),
                Route.delete(PATH + "/{id}", "Unsubscribes a browser of the caller")
                        .permits(READ)
                        .answersNothing()
                        .handles(Unsubscribe.class, this::unsubscribe));
    }

    record PushKey(String publicKey) {}

    record Subscribe(@Body BrowserSubscription subscription) {}

    /** What {@code PushSubscription.toJSON()} gives in a browser. */
    record BrowserSubscription(@Length(min = 1, max = 2000) String endpoint, Keys keys) {
        record Keys(
                @Length(min = 1, max = 200) String p256dh,
                @Length(min = 1, max = 100) String auth) {}
    }

    record Subscribed(String id, Instant since) {}

    record Unsubscribe(@Path String id) {}

    private Documents<PushSubscription> subscriptions() {
        return store.as(Caller.current()).documents(AlertCollections.SUBSCRIPTIONS);
    }

    /** A browser that subscribes again, or for another user, has one subscription still: the newest. */
    private Created<Subscribed> subscribe(Subscribe asked) {
        var sent = asked.subscription;
        var user = Caller.current().id();
        var wanted = new PushSubscription(
                Ids.derived(address(sent.endpoint).toString()),
                user,
                sent.endpoint,
                sent.keys.p256dh(),
                sent.keys.auth(),
                clock.instant());
        push.check(wanted);
        var all = subscriptions();
        if (all.count(Condition.equal("user", user)) >= MAX
                && all.find(wanted.id()).isEmpty()) {
            throw AlertProblem.ALERT_LIMIT_REACHED.because("%d browsers are subscribed".formatted(MAX));
        }
        long rev = 1;
        if (all.insert(wanted) instanceof Written.Lost<PushSubscription>) {
            rev = all.update(wanted.id(), stored -> Documents.Change.of(wanted))
                    .orElseThrow()
                    .rev();
        }
        return new Created<>(
                PATH + "/" + wanted.id(), new Versioned<>(new Subscribed(wanted.id(), wanted.since()), rev));
    }

    private static URI address(String endpoint) {
        try {
            return new URI(endpoint);
        } catch (URISyntaxException invalid) {
            throw AlertProblem.PUSH_SUBSCRIPTION_INVALID.because("its endpoint is not a URL");
        }
    }

    private NoContent unsubscribe(Unsubscribe asked) {
        var all = subscriptions();
        var mine = all.find(asked.id)
                .filter(stored -> stored.value().user().equals(Caller.current().id()))
                .orElseThrow(() -> AlertProblem.PUSH_SUBSCRIPTION_NOT_FOUND.because(asked.id));
        all.remove(asked.id, mine.rev());
        return NoContent.NO_CONTENT;
    }
}
