package io.imaint.services.user;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.Store;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses changes by which somebody would give rights or plants, to themselves too, that they do not hold. */
final class Giving {
    private final Store store;

    Giving(Store store) {
        this.store = store;
    }

    void verify(User before, User after) {
        if (before.differsInRights(after)) {
            verify(Rights.of(before, store), Rights.of(after, store));
        }
    }

    /**
     * Refuses to change that by which somebody could sign in as an administrator, a reset sent by e-mail or an account
     * of an identity system, to who holds less than that administrator.
     */
    void verifyContact(User before, User after) {
        if (Objects.equals(before.email(), after.email()) && Objects.equals(before.externalId(), after.externalId())) {
            return;
        }
        var rights = Rights.of(before, store);
        if (rights.roles().contains(Role.ADMINISTRATOR)) {
            verifyPermissions(Set.of(), rights.permissions());
        }
    }

    /** Refuses what makes the caller able to do all that a user may. */
    void verifyAll(User user) {
        verify(new Rights(Set.of(), Set.of(), PlantScope.NONE), Rights.of(user, store));
    }

    void verify(Group before, Group after) {
        verify(Rights.of(List.of(before), store), Rights.of(List.of(after), store));
    }

    void verify(Optional<Role> before, Role after) {
        verifyPermissions(before.map(Giving::permissions).orElse(Set.of()), permissions(after));
    }

    private static Set<Permission> permissions(Role role) {
        return role.permissions().stream().map(Permission::new).collect(Collectors.toSet());
    }

    private static void verify(Rights before, Rights after) {
        verifyPermissions(before.permissions(), after.permissions());
        verifyPlants(before.plants(), after.plants());
    }

    private static void verifyPermissions(Collection<Permission> before, Collection<Permission> after) {
        var missing = after.stream()
                .filter(permission -> !before.contains(permission))
                .filter(permission -> !Caller.current().may(permission))
                .map(Permission::name)
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw UserProblem.RIGHTS_NOT_HELD.because("you do not hold " + String.join(", ", missing));
        }
    }

    private static void verifyPlants(PlantScope before, PlantScope after) {
        var own = Caller.current().plants();
        if (own.all() || before.all()) {
            return;
        }
        if (after.all()) {
            throw UserProblem.RIGHTS_NOT_HELD.because("you do not see all plants");
        }
        var missing = new HashSet<>(after.plants());
        missing.removeAll(before.plants());
        missing.removeAll(own.plants());
        if (!missing.isEmpty()) {
            throw UserProblem.RIGHTS_NOT_HELD.because("you do not see "
                    + missing.stream().map(plant -> "plant " + plant).sorted().collect(Collectors.joining(", ")));
        }
    }
}
