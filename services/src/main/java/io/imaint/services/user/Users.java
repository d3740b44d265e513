package io.imaint.services.user;

import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.Condition;
import io.imaint.store.LiveCollection;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users, their roles and groups, and what each may do now.
 *
 * <p>Until somebody has made the user {@value #FIRST} active, the holder of the administrator's token is in the directory
 * under this id, so that alerts reach somebody from the first start on.
 */
public final class Users implements Directory, Routed {
    /** The collections whose changes callers may follow. */
    public static final List<LiveCollection> LIVE = List.of(
            new LiveCollection(UserCollections.USERS, UserRoutes.READ),
            new LiveCollection(UserCollections.ROLES, RoleRoutes.READ),
            new LiveCollection(UserCollections.GROUPS, GroupRoutes.READ));

    /** The id of the caller who has the administrator's token. */
    private static final String FIRST = "administrator";

    private static final Person BOOTSTRAP =
            new Person(FIRST, "Administrator", Set.of(Role.ADMINISTRATOR), PlantScope.ALL, null);

    private final Store store;
    private final PermissionCatalogue catalogue;
    private final Administration administration;

    public Users(Store store) {
        this.store = store;
        this.catalogue = new PermissionCatalogue(store);
        this.administration = new Administration(store, catalogue);
    }

    @Override
    public List<Route> routes() {
        return Stream.of(
                        new UserRoutes(store, administration),
                        new UserFileRoutes(this),
                        new RoleRoutes(store, administration, catalogue),
                        new GroupRoutes(store, administration),
                        new MeRoutes(this, administration, catalogue),
                        new ScimRoutes(List.of(
                                new ScimUsers(store, new Administration(store, catalogue, true)),
                                new ScimGroups(store, new Administration(store, catalogue, true)))))
                .flatMap(part -> part.routes().stream())
                .toList();
    }

    @Override
    public void demanded(Set<Permission> permissions) {
        catalogue.demanded(permissions);
    }

    /** The users as a file of comma-separated values. */
    public UserFile file() {
        return new UserFile(store, administration);
    }

    /** All users in the order of their ids. */
    public List<User> all() {
        return Roster.users(store, Condition.ALL).toList();
    }

    /** All roles in the order of their ids. */
    public List<Role> roles() {
        return store.documents(UserCollections.ROLES)
                .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                .values();
    }

    /**
     * Invites a user who does not exist, or changes one who was invited and has not come yet; in the name of {@link
     * Caller#current()}.
     *
     * @param fields as {@code POST /api/users} takes them; what is absent stays
     */
    public User invite(String id, ObjectNode fields) {
        return administration.invite(id, fields).value();
    }

    /** Keeps a user from signing in, or lets them sign in again; in the name of {@link Caller#current()}. */
    public User set(String id, User.Status status) {
        return administration.change(id, user -> user.with(status)).value();
    }

    /**
     * The id of the user who signs in by a name: the id itself, or the name that an identity system has given the user
     * since. A name of nobody stays as it is.
     */
    public String idOf(String name) {
        var users = store.documents(UserCollections.USERS);
        return users.find(name).isPresent()
                ? name
                : users.list(Query.where(Condition.equal("userName", name)).limit(1)).values().stream()
                        .findFirst()
                        .map(User::id)
                        .orElse(name);
    }

    /** A user by the id, whatever the status. */
    public Optional<Stored<User>> find(String id) {
        return store.documents(UserCollections.USERS).find(id);
    }

    /** Whether there is an administrator; an invitation that nobody has taken up does not count. */
    public boolean hasAdministrator() {
        return new Administrators(store).any();
    }

    /** What a user may do now. */
    public Rights rights(User user) {
        return Rights.of(user, store);
    }

    /** Fails with {@link UserProblem#RIGHTS_NOT_HELD} unless the caller holds every right and plant of a user. */
    public void requireRightsOf(User user) {
        administration.requireRightsOf(user);
    }

    /** An active user as the caller of a request, with the rights they have now; empty for any other. */
    public Optional<Caller> caller(String id, @Nullable String session) {
        return active(id).map(user -> {
            var rights = rights(user);
            return new Caller(
                    user.id(),
                    user.displayName(),
                    rights.roles(),
                    rights.permissions()::contains,
                    rights.plants(),
                    user.personnelNumber(),
                    session,
                    "",
                    "");
        });
    }

    private Optional<User> active(String id) {
        return find(id).map(Stored::value).filter(user -> user.status() == User.Status.ACTIVE);
    }

    @Override
    public Optional<Person> person(String id) {
        return active(id)
                .map(this::person)
                .or(() -> bootstrap().filter(person -> person.id().equals(id)));
    }

    private Optional<Person> bootstrap() {
        boolean awaited = find(FIRST)
                .map(found -> found.value().status() == User.Status.INVITED)
                .orElse(true);
        return awaited ? Optional.of(BOOTSTRAP) : Optional.empty();
    }

    private Person person(User user) {
        var rights = rights(user);
        return new Person(user.id(), user.displayName(), rights.roles(), rights.plants(), user.email());
    }

    @Override
    public List<Person> holding(String role) {
        return Stream.concat(
                        Roster.users(store, Condition.equal("status", User.Status.ACTIVE.toString()))
                                .map(this::person),
                        bootstrap().stream())
                .filter(person -> person.roles().contains(role))
                .sorted(Comparator.comparing(Person::id))
                .toList();
    }
}
