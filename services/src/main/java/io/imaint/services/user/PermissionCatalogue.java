package io.imaint.services.user;

import io.imaint.kernel.identity.Permission;
import io.imaint.services.user.UserCollections.CataloguePermission;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The permissions there are: those that a route of this process demands, and those of the collection
 * {@code Permission}, which also has the ones that services in other processes demand or that are still to come.
 */
final class PermissionCatalogue {
    private static final String NO_GROUP = "";

    private final Store store;
    private volatile Set<Permission> demanded = Set.of();

    PermissionCatalogue(Store store) {
        this.store = store;
    }

    void demanded(Set<Permission> permissions) {
        demanded = Set.copyOf(permissions);
    }

    /** All permissions by name. */
    SortedMap<String, CataloguePermission> all() {
        var all = new TreeMap<String, CataloguePermission>();
        demanded.forEach(permission -> all.put(
                permission.name(),
                new CataloguePermission(permission.name(), NO_GROUP, Map.of(), Map.of(), false)));
        store.documents(UserCollections.PERMISSIONS)
                .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                .values()
                .forEach(described -> all.put(described.id(), served(described)));
        return all;
    }

    private CataloguePermission served(CataloguePermission described) {
        return described.planned() && demanded.contains(new Permission(described.id()))
                ? new CataloguePermission(
                        described.id(), described.group(), described.title(), described.description(), false)
                : described;
    }
}
