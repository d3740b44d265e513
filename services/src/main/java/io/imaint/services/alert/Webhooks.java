package io.imaint.services.alert;

import io.imaint.kernel.http.Accepted;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.http.NewId;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The webhooks, their secrets and the log of their deliveries. A caller has those whose plants they all see. */
final class Webhooks implements Routed {
    static final int MAX = 1_000;

    private static final Permission READ = new Permission("alert-webhooks.read");
    private static final Permission EDIT = new Permission("alert-webhooks.edit");
    private static final String PATH = "/api/alert-webhooks";
    private static final String ONE = PATH + "/{id}";
    private static final Duration REPEATED = Duration.ofDays(1);
    private static final int SECRET_BYTES = 32;

    private final Store store;
    private final SealingKey key;
    private final OutgoingHttp http;
    private final DeliveryQueue queue;
    private final SecureRandom random;
    private final InstantSource clock;

    Webhooks(
            Store store,
            SealingKey key,
            OutgoingHttp http,
            DeliveryQueue queue,
            SecureRandom random,
            InstantSource clock) {
        this.store = store;
        this.key = key;
        this.http = http;
        this.queue = queue;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists webhooks")
                        .permits(READ)
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.post(PATH, "Creates a webhook")
                        .permits(EDIT)
                        .idempotent(REPEATED)
                        .creates(Shown.class)
                        .handles(CreateWebhook.class, this::create),
                Route.get(ONE, "Shows a webhook")
                        .permits(READ)
                        .answersVersioned(Shown.class)
                        .handles(OneWebhook.class, asked -> versioned(found(asked.id))),
                Route.put(ONE, "Replaces a webhook; its secret stays")
                        .permits(EDIT)
                        .answersVersioned(Shown.class)
                        .handles(ReplaceWebhook.class, this::replace),
                Route.patch(ONE, "Changes parts of a webhook; its secret stays")
                        .permits(EDIT)
                        .answersVersioned(Shown.class)
                        .handles(PatchWebhook.class, this::patch),
                Route.delete(ONE, "Removes a webhook")
                        .permits(EDIT)
                        .answersNothing()
                        .handles(RemoveWebhook.class, this::remove),
                Route.post(ONE + "/secret", "Makes a new secret that signs requests, and shows it this once")
                        .permits(EDIT)
                        .answers(WebhookSecret.class)
                        .handles(OneWebhook.class, this::newSecret),
                Route.post(ONE + "/test", "Sends a test")
                        .permits(EDIT)
                        .accepts(Queued.class)
                        .handles(TestWebhook.class, this::test),
                Route.get(ONE + "/deliveries", "Lists what was sent or will be, the newest first")
                        .permits(READ)
                        .answersListing(Logged.class)
                        .handles(ListDeliveries.class, this::deliveries));
    }

    record OneWebhook(@Path String id) {}

    record CreateWebhook(@NewId String id, @Body WebhookInput webhook) {}

    record ReplaceWebhook(
            @Path String id,
            @Body WebhookInput webhook,
            @IfMatch long rev) {}

    record PatchWebhook(
            @Path String id,
            @Body MergePatch<WebhookInput> changes,
            @IfMatch long rev) {}

    record RemoveWebhook(@Path String id, @IfMatch long rev) {}

    record TestWebhook(@Path String id, @NewId String delivery) {}

    record ListDeliveries(
            @Path String id,
            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after) {}

    record WebhookInput(
            @Length(min = 1, max = 100) String name,

            @Description("A public https address") @Length(min = 1, max = 2000)
            String url,

            @Description("Only alerts of these plants; empty is all") @Size(max = 200)
            List<PlantCode> plants,

            @Default("true") boolean enabled) {
        Webhook of(String id, String sealedSecret) {
            return new Webhook(id, name, url, plants, enabled, sealedSecret);
        }

        static WebhookInput of(Webhook webhook) {
            return new WebhookInput(webhook.name(), webhook.url(), webhook.plants(), webhook.enabled());
        }
    }

    /** A webhook without its secret. */
    record Shown(String id, String name, String url, List<PlantCode> plants, boolean enabled) {}

    record WebhookSecret(
            @Description("As Standard Webhooks writes it: whsec_ and Base64")
            String secret) {}

    record Queued(String delivery) {}

    /** One line of the log. */
    record Logged(
            String id,
            @Nullable String alert,
            @Description("raised, escalated or test") String reason,
            Delivery.Status status,
            int attempts,
            Instant createdAt,
            Instant dueAt,
            @Description("What came of the last attempt") String result) {}

    private Documents<Webhook> webhooks() {
        return store.as(Caller.current()).documents(AlertCollections.WEBHOOKS);
    }

    private static boolean within(PlantScope scope, Webhook webhook) {
        return scope.all()
                || (!webhook.plants().isEmpty() && webhook.plants().stream().allMatch(scope::includes));
    }

    private Stored<Webhook> found(String id) {
        return webhooks()
                .find(id)
                .filter(stored -> within(Caller.current().plants(), stored.value()))
                .orElseThrow(() -> unknown(id));
    }

    /** The revision that the caller names; another one may lie outside their plants. */
    private Stored<Webhook> standing(String id, long rev) {
        var found = found(id);
        if (found.rev() != rev) {
            throw lost(found);
        }
        return found;
    }

    private Listing<Shown> list() {
        var scope = Caller.current().plants();
        var all = webhooks().list(Query.where(Condition.ALL).limit(MAX)).values();
        return new Listing<>(
                all.stream()
                        .filter(webhook -> within(scope, webhook))
                        .map(Webhooks::shown)
                        .toList(),
                null,
                null);
    }

    private Created<Shown> create(CreateWebhook asked) {
        var wanted = checked(asked.webhook.of(asked.id, key.seal(asked.id, secret())));
        if (webhooks().count(Condition.ALL) >= MAX) {
            throw AlertProblem.ALERT_LIMIT_REACHED.because("there are %d webhooks".formatted(MAX));
        }
        var made = switch (webhooks().insert(wanted)) {
            case Written.Done<Webhook> done -> done.stored();
            case Written.Lost<Webhook> repeated -> repeated.current().orElseThrow(() -> unknown(asked.id));
        };
        return new Created<>(PATH + "/" + asked.id, versioned(made));
    }

    private Versioned<Shown> replace(ReplaceWebhook asked) {
        var standing = standing(asked.id, asked.rev);
        var wanted = checked(asked.webhook.of(asked.id, standing.value().sealedSecret()));
        return switch (webhooks().replace(wanted, asked.rev)) {
            case Written.Done<Webhook> done -> versioned(done.stored());
            case Written.Lost<Webhook> ignored -> throw lost(found(asked.id));
        };
    }

    private Versioned<Shown> patch(PatchWebhook asked) {
        var standing = standing(asked.id, asked.rev);
        return replace(new ReplaceWebhook(asked.id, asked.changes.apply(WebhookInput.of(standing.value())), asked.rev));
    }

    private NoContent remove(RemoveWebhook asked) {
        standing(asked.id, asked.rev);
        if (!webhooks().remove(asked.id, asked.rev)) {
            throw lost(found(asked.id));
        }
        return NoContent.NO_CONTENT;
    }

    private WebhookSecret newSecret(OneWebhook asked) {
        var fresh = secret();
        var scope = Caller.current().plants();
        var written = webhooks().update(asked.id, stored -> {
            if (!within(scope, stored.value())) {
                throw unknown(asked.id);
            }
            return Change.of(stored.value().with(key.seal(asked.id, fresh)));
        });
        if (written.isEmpty()) {
            throw unknown(asked.id);
        }
        return new WebhookSecret(fresh);
    }

    private Accepted<Queued> test(TestWebhook asked) {
        var webhook = found(asked.id).value();
        store.as(Caller.current())
                .documents(AlertCollections.DELIVERIES)
                .insert(Delivery.test(asked.delivery, webhook, clock.instant()));
        queue.wake();
        return new Accepted<>(ONE.replace("{id}", asked.id) + "/deliveries", new Queued(asked.delivery));
    }

    private Listing<Logged> deliveries(ListDeliveries asked) {
        found(asked.id);
        var page = store.as(Caller.current())
                .documents(AlertCollections.DELIVERIES)
                .list(Query.where(Condition.equal("target", asked.id))
                        .sorted("createdAt", true)
                        .limit(asked.limit)
                        .after(asked.after));
        return new Listing<>(page.values().stream().map(Webhooks::logged).toList(), page.next(), null);
    }

    /** A webhook that may be called and whose plants the caller all sees. */
    private Webhook checked(Webhook wanted) {
        if (!within(Caller.current().plants(), wanted)) {
            throw HttpProblem.PERMISSION_MISSING.because(
                    "the webhook would receive alerts of plants that you do not see");
        }
        try {
            http.check(new URI(wanted.url()));
        } catch (URISyntaxException invalid) {
            throw AlertProblem.ADDRESS_REFUSED.because("it is not a URL");
        }
        return wanted;
    }

    private String secret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return WebhookSignature.SECRET_PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    private static Logged logged(Delivery delivery) {
        return new Logged(
                delivery.id(),
                delivery.alert(),
                delivery.reason(),
                delivery.status(),
                delivery.attempts(),
                delivery.createdAt(),
                delivery.dueAt(),
                delivery.result());
    }

    private static Shown shown(Webhook webhook) {
        return new Shown(webhook.id(), webhook.name(), webhook.url(), webhook.plants(), webhook.enabled());
    }

    private static Versioned<Shown> versioned(Stored<Webhook> stored) {
        return new Versioned<>(shown(stored.value()), stored.rev());
    }

    private static Failure unknown(String id) {
        return AlertProblem.WEBHOOK_NOT_FOUND.because(id);
    }

    private static Failure lost(Stored<Webhook> standing) {
        return HttpProblem.PRECONDITION_FAILED
                .because("webhook %s is in revision %d by now".formatted(standing.key(), standing.rev()))
                .showing(versioned(standing));
    }
}
