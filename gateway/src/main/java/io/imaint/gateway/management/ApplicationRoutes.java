package io.imaint.gateway.management;

import io.imaint.gateway.management.ApplicationInputs.AddKey;
import io.imaint.gateway.management.ApplicationInputs.Change;
import io.imaint.gateway.management.ApplicationInputs.Create;
import io.imaint.gateway.management.ApplicationInputs.One;
import io.imaint.gateway.management.ApplicationInputs.OneKey;
import io.imaint.gateway.management.ApplicationInputs.Remove;
import io.imaint.gateway.management.ApplicationInputs.Rotate;
import io.imaint.gateway.management.ApplicationInputs.Subscription;
import io.imaint.gateway.management.ApplicationViews.Shown;
import io.imaint.gateway.management.ApplicationViews.ShownOnce;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import java.util.List;
import java.util.Optional;

/** The applications of everybody, for those who administer the developer hub. */
final class ApplicationRoutes implements Routed {
    private static final String COLLECTION = "/applications";
    private static final String PATH = Answers.ROOT + COLLECTION;
    private static final String ONE = PATH + "/{id}";
    private static final String SUBSCRIPTIONS = ONE + "/subscriptions";
    private static final String SUBSCRIPTION = SUBSCRIPTIONS + "/{product}";
    private static final String KEYS = ONE + "/keys";
    private static final String KEY = KEYS + "/{key}";

    private final Context context;
    private final ApplicationEditing editing;

    ApplicationRoutes(Context context) {
        this.context = context;
        this.editing = new ApplicationEditing(context);
    }

    @Override
    public List<Route> routes() {
        var all = new java.util.ArrayList<>(List.of(
                Route.get(PATH, "Lists all applications, without keys and secrets")
                        .permits(Permissions.HUB_ADMINISTER)
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.post(PATH, "Registers an application; shows its key and secret this once")
                        .permits(Permissions.HUB_ADMINISTER)
                        .creates(ShownOnce.class)
                        .handles(
                                Create.class,
                                asked -> ApplicationViews.created(
                                        COLLECTION,
                                        editing.create(
                                                asked.application()
                                                        .of(
                                                                asked.id(),
                                                                Caller.current().id()),
                                                asked.application().products(),
                                                true))),
                Route.get(ONE, "Shows an application")
                        .permits(Permissions.HUB_ADMINISTER)
                        .answersVersioned(Shown.class)
                        .handles(One.class, asked -> ApplicationViews.versioned(editing.find(asked.id()))),
                Route.put(ONE, "Changes the title, the callback URL and the attributes of an application")
                        .permits(Permissions.HUB_ADMINISTER)
                        .answersVersioned(Shown.class)
                        .handles(Change.class, this::change),
                Route.delete(ONE, "Removes an application; its keys and tokens are good no more")
                        .permits(Permissions.HUB_ADMINISTER)
                        .answersNothing()
                        .handles(Remove.class, this::remove),
                status(ONE + "/approve", "Approves an application", Status.APPROVED),
                status(ONE + "/revoke", "Revokes an application: none of its keys is good", Status.REVOKED)));
        all.addAll(subscriptions());
        all.addAll(keys());
        return List.copyOf(all);
    }

    private Route status(String path, String summary, Status status) {
        return Route.post(path, summary)
                .permits(Permissions.HUB_ADMINISTER)
                .answersVersioned(Shown.class)
                .handles(One.class, asked -> ApplicationViews.versioned(editing.status(asked.id(), status)));
    }

    private List<Route> subscriptions() {
        return List.of(
                Route.put(SUBSCRIPTION, "Subscribes an application to a published product")
                        .permits(Permissions.HUB_ADMINISTER)
                        .answersVersioned(Shown.class)
                        .handles(
                                Subscription.class,
                                asked -> ApplicationViews.versioned(
                                        editing.subscribe(asked.id(), asked.product(), true))),
                Route.delete(SUBSCRIPTION, "Ends the subscription of a product")
                        .permits(Permissions.HUB_ADMINISTER)
                        .answersVersioned(Shown.class)
                        .handles(
                                Subscription.class,
                                asked -> ApplicationViews.versioned(
                                        editing.unsubscribe(asked.id(), asked.product(), true))),
                decision(SUBSCRIPTION + "/approve", "Approves the subscription of a product", Status.APPROVED),
                decision(SUBSCRIPTION + "/revoke", "Revokes the subscription of a product", Status.REVOKED));
    }

    private Route decision(String path, String summary, Status status) {
        return Route.post(path, summary)
                .permits(Permissions.HUB_ADMINISTER)
                .answersVersioned(Shown.class)
                .handles(
                        Subscription.class,
                        asked -> ApplicationViews.versioned(editing.decide(asked.id(), asked.product(), status)));
    }

    private List<Route> keys() {
        return List.of(
                Route.post(KEYS, "Adds a key to an application; shows it and its secret this once")
                        .permits(Permissions.HUB_ADMINISTER)
                        .answers(ShownOnce.class)
                        .handles(
                                AddKey.class,
                                asked -> ShownOnce.of(
                                        editing.addKey(asked.id(), Optional.ofNullable(asked.expiresAt())))),
                Route.post(KEY + "/rotate", "Replaces a key of an application; shows the new one this once")
                        .permits(Permissions.HUB_ADMINISTER)
                        .answers(ShownOnce.class)
                        .handles(
                                Rotate.class,
                                asked -> ShownOnce.of(
                                        editing.rotate(asked.id(), asked.key(), Optional.ofNullable(asked.overlap())))),
                Route.post(KEY + "/revoke", "Revokes a key of an application at once")
                        .permits(Permissions.HUB_ADMINISTER)
                        .answersVersioned(Shown.class)
                        .handles(
                                OneKey.class,
                                asked -> ApplicationViews.versioned(editing.revoke(asked.id(), asked.key()))));
    }

    private Listing<Shown> list() {
        var all = context.system().applications().all();
        return new Listing<>(all.stream().map(kept -> Shown.of(kept.value())).toList(), null, (long) all.size());
    }

    private Versioned<Shown> change(Change asked) {
        var changed = asked.application().of(editing.find(asked.id()).value());
        return Answers.replaced(
                context.configuration().applications().replace(changed, asked.rev()),
                ApplicationEditing.words(asked.id()),
                Shown::of);
    }

    private NoContent remove(Remove asked) {
        boolean removed = context.configuration().applications().remove(asked.id(), asked.rev());
        return Answers.<Application, Shown>removed(
                removed,
                context.system().applications().find(asked.id()),
                ApplicationEditing.words(asked.id()),
                Shown::of);
    }
}
