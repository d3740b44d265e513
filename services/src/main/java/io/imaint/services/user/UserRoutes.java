package io.imaint.services.user;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.Condition;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The routes of users. */
final class UserRoutes implements Routed {
    static final Permission READ = new Permission("users.read");
    static final Permission EDIT = new Permission("users.edit");

    private static final String PATH = "/api/users";
    private static final String ONE = PATH + "/{id}";

    /** How long a repeated POST is recognized: longer than a client that lost its network keeps trying. */
    static final Duration REPEATED = Duration.ofDays(1);

    private final Store store;
    private final Administration administration;

    UserRoutes(Store store, Administration administration) {
        this.store = store;
        this.administration = administration;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists users")
                        .permits(READ)
                        .answersListing(User.class)
                        .handles(ListUsers.class, this::list),
                Route.post(PATH, "Creates a user, who is invited and has no credential yet")
                        .permits(EDIT)
                        .idempotent(REPEATED)
                        .creates(User.class)
                        .handles(CreateUser.class, this::create),
                Route.get(ONE, "Shows a user")
                        .permits(READ)
                        .answersVersioned(User.class)
                        .handles(OneUser.class, asked -> versioned(administration.user(asked.id))),
                Route.put(ONE, "Replaces a user")
                        .permits(EDIT)
                        .answersVersioned(User.class)
                        .handles(ReplaceUser.class, this::replace),
                Route.patch(ONE, "Changes parts of a user")
                        .permits(EDIT)
                        .answersVersioned(User.class)
                        .handles(PatchUser.class, this::patch),
                Route.delete(ONE, "Removes a user; nobody gets the id again")
                        .permits(EDIT)
                        .answersNothing()
                        .handles(RemoveUser.class, this::remove),
                Route.post(ONE + "/disable", "Keeps a user from signing in and ends their sessions")
                        .permits(EDIT)
                        .answersVersioned(User.class)
                        .handles(OneUser.class, asked -> set(asked, User.Status.DISABLED)),
                Route.post(ONE + "/enable", "Lets a user sign in again")
                        .permits(EDIT)
                        .answersVersioned(User.class)
                        .handles(OneUser.class, asked -> set(asked, User.Status.ACTIVE)));
    }

    record ListUsers(
            User.@Nullable Status status,

            @Description("Only users who hold this role, by themselves or by a group") @Nullable
            String role,

            @Description("Only members of this group") @Nullable String group,

            @Description("Only users who see this plant") @Nullable
            PlantCode plant,

            @Description("Words or beginnings of words in id, name, e-mail and personnel number") @Nullable
            String text,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after) {}

    record CreateUser(@Body UserInput user) {}

    record OneUser(@Path String id) {}

    record ReplaceUser(
            @Path String id, @Body UserInput user, @IfMatch long rev) {}

    record PatchUser(
            @Path String id,
            @Body MergePatch<UserInput> changes,
            @IfMatch long rev) {}

    record RemoveUser(@Path String id, @IfMatch long rev) {}

    private Listing<User> list(ListUsers asked) {
        var all = new ArrayList<Condition>();
        if (asked.status != null) {
            all.add(Condition.equal("status", asked.status.toString()));
        }
        if (asked.text != null) {
            all.add(new Condition.Text(asked.text));
        }
        var where = all.isEmpty() ? Condition.ALL : new Condition.And(all);
        var page = Roster.page(store, UserCollections.USERS, where, filter(asked), asked.limit, asked.after);
        return new Listing<>(page.items(), page.next(), null);
    }

    private Predicate<User> filter(ListUsers asked) {
        Predicate<User> filter = user -> asked.group == null || user.groups().contains(asked.group);
        if (asked.role != null) {
            var giving = groups(group -> group.roles().contains(asked.role));
            filter = filter.and(user -> user.roles().contains(asked.role)
                    || user.groups().stream().anyMatch(giving::contains));
        }
        var plant = asked.plant;
        if (plant != null) {
            var giving = groups(group -> group.allPlants() || group.plants().contains(plant));
            filter = filter.and(user -> user.allPlants()
                    || user.plants().contains(plant)
                    || user.groups().stream().anyMatch(giving::contains));
        }
        return filter;
    }

    private List<String> groups(Predicate<Group> which) {
        return Roster.groups(store).filter(which).map(Group::id).toList();
    }

    private Created<User> create(CreateUser asked) {
        var id = asked.user.id();
        if (id == null) {
            throw UserProblem.USER_DATA_INVALID.because(List.of(new Finding("/id", "is required for a new user")));
        }
        var made = administration.create(asked.user.over(User.invited(id, asked.user.displayName())));
        return new Created<>(PATH + "/" + id, versioned(made));
    }

    private Versioned<User> replace(ReplaceUser asked) {
        requireSameId(asked.id, asked.user.id());
        return versioned(administration.change(asked.id, asked.rev, before -> edited(before, asked.user)));
    }

    private Versioned<User> patch(PatchUser asked) {
        return versioned(administration.change(asked.id, asked.rev, before -> {
            var input = asked.changes.apply(UserInput.of(before));
            requireSameId(asked.id, input.id());
            return edited(before, input);
        }));
    }

    /** Refuses changes to what an identity system keeps, which would overwrite them. */
    static User edited(User before, UserInput input) {
        var after = input.over(before);
        boolean kept = before.displayName().equals(after.displayName()) && Objects.equals(before.email(), after.email());
        if (before.provisioned() && !kept) {
            throw UserProblem.USER_DATA_INVALID.because(List.of(new Finding(
                    before.displayName().equals(after.displayName()) ? "/email" : "/displayName",
                    "is kept by the identity system; change it there")));
        }
        return after;
    }

    static void requireSameId(String path, @Nullable String body) {
        if (body != null && !body.equals(path)) {
            throw UserProblem.USER_DATA_INVALID.because(
                    List.of(new Finding("/id", "is '%s' but cannot differ from '%s'".formatted(body, path))));
        }
    }

    private NoContent remove(RemoveUser asked) {
        administration.removeUser(asked.id, asked.rev);
        return NoContent.NO_CONTENT;
    }

    private Versioned<User> set(OneUser asked, User.Status status) {
        return versioned(administration.change(asked.id, user -> user.with(status)));
    }

    private static Versioned<User> versioned(Stored<User> stored) {
        return new Versioned<>(stored.value(), stored.rev());
    }
}
