package io.imaint.services.user;

import io.imaint.store.Condition;
import io.imaint.store.Leases;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that an active administrator stays, whatever is changed: a user, a group or the role. An administrator is
 * an active user who holds the role {@value Role#ADMINISTRATOR}, by themselves or by a group.
 *
 * <p>Two changes at the same time must not each leave the administrator whom the other takes away. So changes that take
 * one away are made one after the other: in one process by a lock, in all of them by a lease.
 */
final class Administrators {
    private static final String LEASE = "user-administrators";

    /** Much longer than reading all users takes; whoever was paused for longer asks again. */
    private static final Duration LIFE = Duration.ofSeconds(30);

    /** Permissions without which the role could not undo a mistake. */
    private static final List<String> NEEDED =
            List.of("users.read", "users.edit", "roles.read", "roles.edit", "groups.read", "groups.edit");

    private static final ReentrantLock LOCK = new ReentrantLock();

    private final Store store;

    Administrators(Store store) {
        this.store = store;
    }

    /** A user or a group before a change and after it; one that is removed has no after. */
    sealed interface Change {
        record OfUser(User before, @Nullable User after) implements Change {}

        record OfGroup(Group before, @Nullable Group after) implements Change {}

        static Change of(User before, User after) {
            return new OfUser(before, after);
        }

        static Change of(Group before, Group after) {
            return new OfGroup(before, after);
        }

        static Change removal(User user) {
            return new OfUser(user, null);
        }

        static Change removal(Group group) {
            return new OfGroup(group, null);
        }
    }

    /** Makes a change unless it takes away the last administrator. */
    <T> T keptBy(Change change, Supplier<T> write) {
        return mayTakeOneAway(change)
                ? oneAfterTheOther(() -> {
                    verify(change);
                    return write.get();
                })
                : write.get();
    }

    private static boolean mayTakeOneAway(Change change) {
        return switch (change) {
            case Change.OfUser user ->
                user.before.status() == User.Status.ACTIVE
                        && (user.after == null || user.before.differsInRights(user.after));
            case Change.OfGroup group -> gives(group.before) && (group.after == null || !gives(group.after));
        };
    }

    private static boolean gives(Group group) {
        return group.roles().contains(Role.ADMINISTRATOR);
    }

    private <T> T oneAfterTheOther(Supplier<T> work) {
        LOCK.lock();
        try {
            var lease = store.leases()
                    .acquire(LEASE, UUID.randomUUID().toString(), LIFE)
                    .orElseThrow(() -> StoreProblem.STORE_BUSY.because("another process changes administrators"));
            return under(lease, work);
        } finally {
            LOCK.unlock();
        }
    }

    private <T> T under(Leases.Lease lease, Supplier<T> work) {
        try {
            return work.get();
        } finally {
            store.leases().release(lease);
        }
    }

    /** Whether anybody is an administrator or was one before being disabled. */
    boolean any() {
        var giving = giving();
        return Roster.users(store, Condition.ALL)
                .filter(user -> user.status() != User.Status.INVITED)
                .anyMatch(user -> holds(user, giving));
    }

    private Set<String> giving() {
        return Roster.groups(store).filter(Administrators::gives).map(Group::id).collect(Collectors.toSet());
    }

    private void verify(Change change) {
        var giving = giving();
        if (administrators(giving, Optional.empty()).findAny().isEmpty()) {
            return; // There is none to keep; the administrator's token is how the first comes about.
        }
        boolean stays = switch (change) {
            case Change.OfUser user ->
                administrators(giving, Optional.of(user.before.id())).findAny().isPresent()
                        || (user.after != null && is(user.after, giving));
            case Change.OfGroup group -> {
                giving.remove(group.before.id());
                yield administrators(giving, Optional.empty()).findAny().isPresent();
            }
        };
        if (!stays) {
            throw UserProblem.LAST_ADMINISTRATOR.because(
                    "nobody else who is active holds the role " + Role.ADMINISTRATOR);
        }
    }

    private Stream<User> administrators(Set<String> giving, Optional<String> without) {
        return Roster.users(store, Condition.equal("status", User.Status.ACTIVE.toString()))
                .filter(user -> !without.equals(Optional.of(user.id())))
                .filter(user -> is(user, giving));
    }

    private static boolean is(User user, Set<String> giving) {
        return user.status() == User.Status.ACTIVE && holds(user, giving);
    }

    private static boolean holds(User user, Set<String> giving) {
        return user.roles().contains(Role.ADMINISTRATOR)
                || user.groups().stream().anyMatch(giving::contains);
    }

    /** Refuses a form of the role in which its holders could no longer administer users. */
    static void requireStillAdministers(Role after) {
        var missing = NEEDED.stream()
                .filter(permission -> !after.permissions().contains(permission))
                .toList();
        if (after.id().equals(Role.ADMINISTRATOR) && !missing.isEmpty()) {
            throw UserProblem.LAST_ADMINISTRATOR.because(
                    "the role %s has to keep %s".formatted(Role.ADMINISTRATOR, String.join(", ", missing)));
        }
    }

    static void requireNotTheRole(String id) {
        if (id.equals(Role.ADMINISTRATOR)) {
            throw UserProblem.LAST_ADMINISTRATOR.because("the role %s cannot be removed".formatted(id));
        }
    }
}
