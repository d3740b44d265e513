package io.imaint.services.user;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user may do: the sum of their own roles and plants and those of their groups.
 *
 * @param roles ids of all roles that exist and are held
 */
public record Rights(Set<String> roles, Set<Permission> permissions, PlantScope plants) {
    public Rights {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }

    /** The rights of a user as roles and groups stand now. A role or group that is gone gives nothing. */
    static Rights of(User user, Store store) {
        var groups = store.documents(UserCollections.GROUPS).findAll(user.groups()).values().stream()
                .map(Stored::value)
                .toList();
        var own = new Group(
                user.id(), user.displayName(), user.roles(), user.allPlants(), user.plants(), List.of(), null, false);
        return of(Stream.concat(Stream.of(own), groups.stream()).toList(), store);
    }

    /** What a member of all these groups may do. */
    static Rights of(List<Group> groups, Store store) {
        var held = new TreeSet<String>();
        groups.forEach(group -> held.addAll(group.roles()));
        var roles = store.documents(UserCollections.ROLES).findAll(held.stream().toList());
        var permissions = roles.values().stream()
                .flatMap(role -> role.value().permissions().stream())
                .map(Permission::new)
                .collect(Collectors.toSet());
        boolean all = groups.stream().anyMatch(Group::allPlants);
        var plants = new HashSet<PlantCode>();
        groups.forEach(group -> plants.addAll(group.plants()));
        return new Rights(roles.keySet(), permissions, all ? PlantScope.ALL : new PlantScope(false, plants));
    }
}
