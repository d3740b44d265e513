package io.imaint.services.user;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Roles and callers for the tests of users. */
final class Staff {
    static final List<String> ADMINISTRATION = List.of(
            "users.read", "users.edit", "roles.read", "roles.edit", "groups.read", "groups.edit");

    private Staff() {}

    /** Two roles: administrator and reader. */
    static void fill(ServedPlant plant) {
        plant.store()
                .documents(UserCollections.ROLES)
                .upsertAll(List.of(
                        role(Role.ADMINISTRATOR, ADMINISTRATION), role("reader", List.of("users.read"))));
    }

    static Role role(String id, List<String> permissions) {
        return new Role(id, Map.of("en", id), Map.of(), null, "optional", permissions, false);
    }

    /** Somebody with all rights in all plants, as the holder of the administrator's token is. */
    static ApiClient administrator(ServedPlant plant) {
        return plant.as(new Caller("administrator", permission -> true, PlantScope.ALL));
    }

    static ApiClient caller(ServedPlant plant, String id, PlantScope plants, String... permissions) {
        Set<Permission> held = Arrays.stream(permissions).map(Permission::new).collect(Collectors.toSet());
        return plant.as(new Caller(id, held, plants));
    }

    static String user(String id, String... roles) {
        var named = Arrays.stream(roles).map(role -> '"' + role + '"').collect(Collectors.joining(", "));
        return "{\"id\": \"%s\", \"displayName\": \"%s\", \"roles\": [%s]}".formatted(id, id, named);
    }

    /** Creates a user who can sign in. */
    static void active(ApiClient administrator, String id, String... roles) {
        var made = administrator.send("POST", "/api/users", user(id, roles));
        assert made.status() == 201 : made.text();
        var enabled = administrator.send("POST", "/api/users/" + id + "/enable", null);
        assert enabled.status() == 200 : enabled.text();
    }
}
