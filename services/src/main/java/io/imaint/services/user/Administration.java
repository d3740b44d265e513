package io.imaint.services.user;

import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every change to users, roles and groups, whether it comes from the API, a file, the command line or an identity
 * system. Each is made in the name of {@link Caller#current()} and keeps these rules:
 *
 * <ul>
 *   <li>what is named exists: see {@link References}
 *   <li>nobody gives rights or plants that they do not hold: see {@link Giving}
 *   <li>an active administrator stays: see {@link Administrators}
 *   <li>users whose rights change get a higher {@link User#rightsVersion}
 * </ul>
 */
final class Administration {
    /** Words that follow {@code /api/users/} and name no user. */
    private static final Set<String> RESERVED = Set.of("import", "export");

    private final Store store;
    private final References references;
    private final Giving giving;
    private final Administrators administrators;
    private final boolean provisioning;

    Administration(Store store, PermissionCatalogue catalogue) {
        this(store, catalogue, false);
    }

    /**
     * @param provisioning whether an identity system makes the changes. It decides who is in the groups that it keeps,
     *     whatever rights administrators have given to these groups
     */
    Administration(Store store, PermissionCatalogue catalogue, boolean provisioning) {
        this.store = store;
        this.provisioning = provisioning;
        this.references = new References(store, catalogue);
        this.giving = new Giving(store);
        this.administrators = new Administrators(store);
    }

    private Documents<User> users() {
        return store.as(Caller.current()).documents(UserCollections.USERS);
    }

    private Documents<Role> roles() {
        return store.as(Caller.current()).documents(UserCollections.ROLES);
    }

    private Documents<Group> groups() {
        return store.as(Caller.current()).documents(UserCollections.GROUPS);
    }

    // Users

    /** Says what would refuse a user; the current one is empty for a new user. */
    void verify(Optional<User> current, User user) {
        var before = current.orElseGet(() -> User.invited(user.id(), user.displayName()));
        if (current.isEmpty() && RESERVED.contains(user.id())) {
            throw UserProblem.ID_TAKEN.because("'%s' is a word of the API".formatted(user.id()));
        }
        if (current.isEmpty()
                && store.documents(UserCollections.RETIRED).find(user.id()).isPresent()) {
            throw UserProblem.ID_TAKEN.because("the user '%s' was removed earlier".formatted(user.id()));
        }
        if (current.isEmpty()
                && !store.documents(UserCollections.USERS)
                        .list(Query.where(Condition.equal("userName", user.id()))
                                .limit(1))
                        .items()
                        .isEmpty()) {
            throw UserProblem.ID_TAKEN.because("'%s' is the name of another user".formatted(user.id()));
        }
        references.verify(before, user);
        var kept = keptByIdentitySystem(before, user);
        if (!provisioning && !kept.isEmpty()) {
            throw UserProblem.USER_DATA_INVALID.because(List.of(new Finding(
                    "/groups",
                    "enters or leaves %s, which the identity system keeps".formatted(String.join(", ", kept)))));
        }
        giving.verifyContact(before, user);
        giving.verify(
                before.inGroups(
                        Stream.concat(before.groups().stream(), kept.stream()).toList()),
                user);
    }

    /** Refuses to let the caller act as a user who holds more than they do. */
    void requireRightsOf(User user) {
        giving.verifyAll(user);
    }

    /** The groups of an identity system that a user enters or leaves. */
    private List<String> keptByIdentitySystem(User before, User after) {
        var changed = Stream.concat(before.groups().stream(), after.groups().stream())
                .filter(group ->
                        before.groups().contains(group) != after.groups().contains(group))
                .toList();
        return store.documents(UserCollections.GROUPS).findAll(changed).values().stream()
                .map(Stored::value)
                .filter(Group::provisioned)
                .map(Group::id)
                .toList();
    }

    Stored<User> create(User user) {
        verify(Optional.empty(), user);
        return made(user.id(), users().insert(user));
    }

    private static <T> Stored<T> made(String id, Written<T> written) {
        return switch (written) {
            case Written.Done<T> done -> done.stored();
            case Written.Lost<T> ignored -> throw UserProblem.ID_TAKEN.because("'%s' exists".formatted(id));
        };
    }

    /** Changes a user whatever their revision; the change may be asked for more than once. */
    Stored<User> change(String id, UnaryOperator<User> change) {
        for (int attempt = 1; ; attempt++) {
            var standing = user(id);
            var after = change.apply(standing.value());
            if (after.equals(standing.value())) {
                return standing;
            }
            try {
                return replace(standing, after);
            } catch (Failure lost) {
                if (lost.code() != HttpProblem.PRECONDITION_FAILED || attempt == Documents.UPDATE_ATTEMPTS_MAX) {
                    throw lost;
                }
            }
        }
    }

    /** Changes a user in the revision that the caller saw. */
    Stored<User> change(String id, long rev, UnaryOperator<User> change) {
        var standing = seen(id, user(id), rev);
        return replace(standing, change.apply(standing.value()));
    }

    private Stored<User> replace(Stored<User> standing, User wanted) {
        var before = standing.value();
        verify(Optional.of(before), wanted);
        var after = wanted.differsInRights(before) ? wanted.inRightsVersion(before.rightsVersion() + 1) : wanted;
        return administrators.keptBy(
                Administrators.Change.of(before, after), () -> switch (users().replace(after, standing.rev())) {
                    case Written.Done<User> done -> done.stored();
                    case Written.Lost<User> lost -> throw lost(before.id(), lost.current(), UserProblem.USER_NOT_FOUND);
                });
    }

    /** Removes a user in the revision that the caller saw; nobody gets the id again. */
    void removeUser(String id, long rev) {
        var standing = seen(id, user(id), rev);
        administrators.keptBy(Administrators.Change.removal(standing.value()), () -> {
            store.documents(UserCollections.RETIRED).insert(new UserCollections.RetiredId(id));
            if (users().remove(id, rev)) {
                return true;
            }
            var current = users().find(id);
            if (current.isPresent()) { // Still in use, so not retired.
                var retired = store.documents(UserCollections.RETIRED);
                retired.find(id).ifPresent(found -> retired.remove(id, found.rev()));
            }
            throw lost(id, current, UserProblem.USER_NOT_FOUND);
        });
    }

    Stored<User> user(String id) {
        return users().find(id).orElseThrow(() -> UserProblem.USER_NOT_FOUND.because(id));
    }

    /**
     * Invites a user who does not exist, or changes one who was invited and has not come yet.
     *
     * @param fields as in {@link UserInput}; what is absent stays
     */
    Stored<User> invite(String id, ObjectNode fields) {
        var standing = store.documents(UserCollections.USERS).find(id);
        if (standing.isPresent() && standing.get().value().status() != User.Status.INVITED) {
            throw UserProblem.ID_TAKEN.because("'%s' exists".formatted(id));
        }
        var before = standing.map(Stored::value).orElseGet(() -> User.invited(id, id));
        var after = new MergePatch<>(UserInput.class, fields)
                .apply(UserInput.of(before))
                .over(before);
        return standing.isEmpty() ? create(after) : change(id, standing.get().rev(), user -> after);
    }

    // Roles

    Stored<Role> create(Role role) {
        references.verify(role);
        giving.verify(Optional.empty(), role);
        Administrators.requireStillAdministers(role);
        return made(role.id(), roles().insert(role));
    }

    Stored<Role> replaceRole(String id, long rev, UnaryOperator<Role> change) {
        var standing = seen(id, role(id), rev);
        var before = standing.value();
        var after = change.apply(before);
        references.verify(after);
        giving.verify(Optional.of(before), after);
        Administrators.requireStillAdministers(after);
        var written = switch (roles().replace(after, rev)) {
            case Written.Done<Role> done -> done.stored();
            case Written.Lost<Role> lost -> throw lost(id, lost.current(), UserProblem.ROLE_NOT_FOUND);
        };
        if (!before.permissions().equals(after.permissions())) {
            raiseRights(holding(id));
        }
        return written;
    }

    void removeRole(String id, long rev) {
        seen(id, role(id), rev);
        Administrators.requireNotTheRole(id);
        long holders = Roster.users(store, Condition.ALL)
                        .filter(user -> user.roles().contains(id))
                        .count()
                + Roster.groups(store)
                        .filter(group -> group.roles().contains(id))
                        .count();
        if (holders > 0) {
            throw UserProblem.ROLE_IN_USE.because("%d users and groups hold '%s'".formatted(holders, id));
        }
        if (!roles().remove(id, rev)) {
            throw lost(id, roles().find(id), UserProblem.ROLE_NOT_FOUND);
        }
    }

    Stored<Role> role(String id) {
        return roles().find(id).orElseThrow(() -> UserProblem.ROLE_NOT_FOUND.because(id));
    }

    private Predicate<User> holding(String role) {
        var by = Roster.groups(store)
                .filter(group -> group.roles().contains(role))
                .map(Group::id)
                .toList();
        return user -> user.roles().contains(role) || user.groups().stream().anyMatch(by::contains);
    }

    // Groups

    Stored<Group> create(Group group) {
        var nothing = new Group(group.id(), group.name(), List.of(), false, List.of(), List.of(), null, false);
        references.verify(nothing, group);
        giving.verify(nothing, group);
        return made(group.id(), groups().insert(group));
    }

    Stored<Group> changeGroup(String id, long rev, UnaryOperator<Group> change) {
        var standing = seen(id, group(id), rev);
        var before = standing.value();
        var after = change.apply(before);
        references.verify(before, after);
        giving.verify(before, after);
        var written = administrators.keptBy(
                Administrators.Change.of(before, after), () -> switch (groups().replace(after, rev)) {
                    case Written.Done<Group> done -> done.stored();
                    case Written.Lost<Group> lost -> throw lost(id, lost.current(), UserProblem.GROUP_NOT_FOUND);
                });
        if (!before.roles().equals(after.roles())
                || before.allPlants() != after.allPlants()
                || !before.plants().equals(after.plants())) {
            raiseRights(user -> user.groups().contains(id));
        }
        return written;
    }

    /** Removes a group; who was a member keeps what they hold by other ways. */
    void removeGroup(String id, long rev) {
        var standing = seen(id, group(id), rev);
        administrators.keptBy(Administrators.Change.removal(standing.value()), () -> {
            if (!groups().remove(id, rev)) {
                throw lost(id, groups().find(id), UserProblem.GROUP_NOT_FOUND);
            }
            return true;
        });
        Roster.users(store, Condition.ALL)
                .filter(user -> user.groups().contains(id))
                .map(User::id)
                .forEach(user -> users().update(user, found -> left(found.value(), id)));
    }

    private static Change<User> left(User user, String group) {
        var others =
                user.groups().stream().filter(other -> !other.equals(group)).toList();
        return Change.of(user.inGroups(others).raised(user.status()));
    }

    Stored<Group> group(String id) {
        return groups().find(id).orElseThrow(() -> UserProblem.GROUP_NOT_FOUND.because(id));
    }

    /** Has open sessions look again at what their users may do. It follows from a write that was audited itself. */
    private void raiseRights(Predicate<User> concerned) {
        var users = store.documents(UserCollections.USERS);
        Roster.users(store, Condition.ALL)
                .filter(concerned)
                .map(User::id)
                .forEach(id -> users.update(
                        id,
                        found -> Change.of(found.value().raised(found.value().status()))));
    }

    private static <T> Stored<T> seen(String id, Stored<T> standing, long rev) {
        if (standing.rev() != rev) {
            throw lost(id, Optional.of(standing), UserProblem.USER_NOT_FOUND);
        }
        return standing;
    }

    private static <T> Failure lost(String id, Optional<Stored<T>> current, UserProblem gone) {
        return current.map(standing -> HttpProblem.PRECONDITION_FAILED
                        .because("'%s' is in revision %d by now".formatted(id, standing.rev()))
                        .showing(new Versioned<>(standing.value(), standing.rev())))
                .orElseGet(() -> gone.because(id));
    }
}
