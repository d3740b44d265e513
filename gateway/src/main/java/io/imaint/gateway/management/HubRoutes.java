package io.imaint.gateway.management;

import io.imaint.gateway.management.ApplicationInputs.AddKey;
import io.imaint.gateway.management.ApplicationInputs.Change;
import io.imaint.gateway.management.ApplicationInputs.Create;
import io.imaint.gateway.management.ApplicationInputs.One;
import io.imaint.gateway.management.ApplicationInputs.OneKey;
import io.imaint.gateway.management.ApplicationInputs.Remove;
import io.imaint.gateway.management.ApplicationInputs.Rotate;
import io.imaint.gateway.management.ApplicationInputs.Subscription;
import io.imaint.gateway.management.ApplicationViews.New;
import io.imaint.gateway.management.ApplicationViews.Shown;
import io.imaint.gateway.management.ApplicationViews.ShownOnce;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The developer hub: the published products, and the applications of the caller. Those of others are as if they were not there. */
final class HubRoutes implements Routed {
    private static final String COLLECTION = "/hub/applications";
    private static final String PRODUCTS = Answers.ROOT + "/hub/products";
    private static final String PATH = Answers.ROOT + COLLECTION;
    private static final String ONE = PATH + "/{id}";
    private static final String SUBSCRIPTION = ONE + "/subscriptions/{product}";
    private static final String KEYS = ONE + "/keys";
    private static final String KEY = KEYS + "/{key}";

    /** Applications of one developer; each has several keys. */
    private static final int OWN_MAX = 50;

    private final Context context;
    private final ApplicationEditing editing;

    HubRoutes(Context context) {
        this.context = context;
        this.editing = new ApplicationEditing(context);
    }

    @Override
    public List<Route> routes() {
        var all = new ArrayList<>(List.of(
                Route.get(PRODUCTS, "Lists the published products and where their proxies are")
                        .permits(Permissions.HUB_USE)
                        .answersListing(Published.class)
                        .handles(this::products),
                Route.get(PATH, "Lists the caller's applications, without keys and secrets")
                        .permits(Permissions.HUB_USE)
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.post(PATH, "Registers an application of the caller; shows its key and secret this once")
                        .permits(Permissions.HUB_USE)
                        .creates(ShownOnce.class)
                        .handles(Create.class, asked -> create(asked.id(), asked.application())),
                Route.get(ONE, "Shows an application of the caller")
                        .permits(Permissions.HUB_USE)
                        .answersVersioned(Shown.class)
                        .handles(One.class, asked -> ApplicationViews.versioned(own(asked.id()))),
                Route.put(ONE, "Changes the title, the callback URL and the attributes of an application of the caller")
                        .permits(Permissions.HUB_USE)
                        .answersVersioned(Shown.class)
                        .handles(Change.class, this::change),
                Route.delete(ONE, "Removes an application of the caller")
                        .permits(Permissions.HUB_USE)
                        .answersNothing()
                        .handles(Remove.class, this::remove)));
        all.addAll(subscriptionsAndKeys());
        return List.copyOf(all);
    }

    private List<Route> subscriptionsAndKeys() {
        return List.of(
                Route.put(SUBSCRIPTION, "Subscribes an application of the caller to a published product")
                        .permits(Permissions.HUB_USE)
                        .answersVersioned(Shown.class)
                        .handles(
                                Subscription.class,
                                asked -> versioned(asked.id(), id -> editing.subscribe(id, asked.product(), false))),
                Route.delete(SUBSCRIPTION, "Ends a subscription of the caller")
                        .permits(Permissions.HUB_USE)
                        .answersVersioned(Shown.class)
                        .handles(
                                Subscription.class,
                                asked -> versioned(asked.id(), id -> editing.unsubscribe(id, asked.product(), false))),
                Route.post(KEYS, "Adds a key to an application of the caller; shows it and its secret this once")
                        .permits(Permissions.HUB_USE)
                        .answers(ShownOnce.class)
                        .handles(
                                AddKey.class,
                                asked -> ShownOnce.of(
                                        editing.addKey(own(asked.id()).key(), Optional.ofNullable(asked.expiresAt())))),
                Route.post(
                                KEY + "/rotate",
                                "Replaces a key of an application of the caller; shows the new one this once")
                        .permits(Permissions.HUB_USE)
                        .answers(ShownOnce.class)
                        .handles(
                                Rotate.class,
                                asked -> ShownOnce.of(editing.rotate(
                                        own(asked.id()).key(), asked.key(), Optional.ofNullable(asked.overlap())))),
                Route.post(KEY + "/revoke", "Revokes a key of an application of the caller at once")
                        .permits(Permissions.HUB_USE)
                        .answersVersioned(Shown.class)
                        .handles(OneKey.class, asked -> versioned(asked.id(), id -> editing.revoke(id, asked.key()))));
    }

    /** A product as developers find it. */
    record Published(
            String name,
            String title,
            String description,
            List<Endpoint> endpoints,
            List<String> scopes,

            @Description("The caller's applications that have subscribed to it")
            List<String> subscribed) {}

    /** Where a proxy of a product is called. */
    record Endpoint(String proxy, String title, String basePath, boolean deployed) {}

    private Listing<Published> products() {
        var own = ownAll();
        var proxies = context.registry().proxies().stream()
                .collect(Collectors.toUnmodifiableMap(ProxyRecord::name, Function.identity()));
        var published = context.system().products().all().stream()
                .map(Kept::value)
                .filter(Product::published)
                .map(product -> new Published(
                        product.name(),
                        product.title(),
                        product.description(),
                        product.proxies().stream()
                                .filter(proxies::containsKey)
                                .flatMap(
                                        name -> endpoints(java.util.Objects.requireNonNull(proxies.get(name))).stream())
                                .toList(),
                        product.scopes(),
                        own.stream()
                                .filter(one -> one.credentials().stream()
                                        .anyMatch(key -> key.products().containsKey(product.name())))
                                .map(Application::name)
                                .toList()))
                .toList();
        return new Listing<>(published, null, (long) published.size());
    }

    private static List<Endpoint> endpoints(ProxyRecord proxy) {
        var shown = proxy.running().orElseGet(proxy::latest);
        return shown.basePaths().stream()
                .map(path -> new Endpoint(
                        proxy.name(), proxy.title(), path, proxy.deployed().isPresent()))
                .toList();
    }

    private List<Application> ownAll() {
        var caller = Caller.current().id();
        return context.system().applications().all().stream()
                .map(Kept::value)
                .filter(application -> ApplicationViews.owner(application).equals(caller))
                .toList();
    }

    private Listing<Shown> list() {
        var own = ownAll();
        return new Listing<>(own.stream().map(Shown::of).toList(), null, (long) own.size());
    }

    private io.imaint.kernel.http.Created<ShownOnce> create(String id, New application) {
        if (ownAll().size() >= OWN_MAX) {
            throw RegistryProblem.API_LIMIT_REACHED.because(
                    "a developer has at most %d applications".formatted(OWN_MAX));
        }
        if (application.developer() != null) {
            Answers.requireNone(List.of(new Finding("/developer", "must be absent: it is you")));
        }
        var made = application.of(id, Caller.current().id());
        return ApplicationViews.created(COLLECTION, editing.create(made, application.products(), false));
    }

    private Kept<Application> own(String id) {
        var caller = Caller.current().id();
        return Answers.found(
                context.system()
                        .applications()
                        .find(id)
                        .filter(kept -> ApplicationViews.owner(kept.value()).equals(caller)),
                ApplicationEditing.words(id));
    }

    private Versioned<Shown> versioned(String id, Function<String, Kept<Application>> change) {
        return ApplicationViews.versioned(change.apply(own(id).key()));
    }

    private Versioned<Shown> change(Change asked) {
        var changed = asked.application().of(own(asked.id()).value());
        return Answers.replaced(
                context.configuration().applications().replace(changed, asked.rev()),
                ApplicationEditing.words(asked.id()),
                Shown::of);
    }

    private NoContent remove(Remove asked) {
        own(asked.id());
        boolean removed = context.configuration().applications().remove(asked.id(), asked.rev());
        return Answers.<Application, Shown>removed(
                removed,
                context.system().applications().find(asked.id()),
                ApplicationEditing.words(asked.id()),
                Shown::of);
    }
}
