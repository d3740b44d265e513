package io.imaint.services.user;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.http.NewId;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.user.UserCollections.CataloguePermission;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The routes of roles and of the permissions that they are made of. */
final class RoleRoutes implements Routed {
    static final Permission READ = new Permission("roles.read");
    private static final Permission EDIT = new Permission("roles.edit");

    private static final String PATH = "/api/roles";
    private static final String ONE = PATH + "/{id}";

    private final Store store;
    private final Administration administration;
    private final PermissionCatalogue catalogue;

    RoleRoutes(Store store, Administration administration, PermissionCatalogue catalogue) {
        this.store = store;
        this.administration = administration;
        this.catalogue = catalogue;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists roles")
                        .permits(READ)
                        .answersListing(Role.class)
                        .handles(ListRoles.class, this::list),
                Route.post(PATH, "Creates a role")
                        .permits(EDIT)
                        .idempotent(UserRoutes.REPEATED)
                        .creates(Role.class)
                        .handles(CreateRole.class, this::create),
                Route.get(ONE, "Shows a role")
                        .permits(READ)
                        .answersVersioned(Role.class)
                        .handles(OneRole.class, asked -> versioned(administration.role(asked.id))),
                Route.put(ONE, "Replaces a role")
                        .permits(EDIT)
                        .answersVersioned(Role.class)
                        .handles(ReplaceRole.class, this::replace),
                Route.patch(ONE, "Changes parts of a role")
                        .permits(EDIT)
                        .answersVersioned(Role.class)
                        .handles(PatchRole.class, this::patch),
                Route.delete(ONE, "Removes a role that nobody holds")
                        .permits(EDIT)
                        .answersNothing()
                        .handles(RemoveRole.class, this::remove),
                Route.get("/api/permissions", "Lists the permissions that roles are made of, by group")
                        .permits(READ)
                        .answers(Permissions.class)
                        .handles(this::permissions),
                Route.get("/api/role-matrix", "Shows which role has which permission")
                        .permits(READ)
                        .answers(Matrix.class)
                        .handles(this::matrix));
    }

    record ListRoles(
            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after) {}

    record CreateRole(@NewId String id, @Body RoleInput role) {}

    record OneRole(@Path String id) {}

    record ReplaceRole(
            @Path String id, @Body RoleInput role, @IfMatch long rev) {}

    record PatchRole(
            @Path String id,
            @Body MergePatch<RoleInput> changes,
            @IfMatch long rev) {}

    record RemoveRole(@Path String id, @IfMatch long rev) {}

    /** All permissions. */
    record Permissions(List<PermissionGroup> groups) {}

    /** Permissions that are shown under one heading. */
    record PermissionGroup(
            @Description("The key of the heading; empty where none is known")
            String group,

            List<PermissionEntry> permissions) {}

    /** One permission. */
    record PermissionEntry(
            String id,

            @Description("Texts by language; empty where none is known")
            Map<String, String> title,

            @Description("Texts by language; empty where none is known")
            Map<String, String> description,

            @Description("Whether no route demands it yet") boolean planned) {}

    /** Roles by permissions. */
    record Matrix(
            @Description("The ids of the roles, one for each column")
            List<String> roles,

            List<MatrixRow> rows) {}

    /** One permission and who has it. */
    record MatrixRow(
            String permission,

            @Description("For each role, in the order of 'roles', whether it has the permission")
            List<Boolean> held) {}

    private Listing<Role> list(ListRoles asked) {
        var page = Roster.page(store, UserCollections.ROLES, Condition.ALL, role -> true, asked.limit, asked.after);
        return new Listing<>(page.items(), page.next(), null);
    }

    private Created<Role> create(CreateRole asked) {
        var given = asked.role.id();
        var id = given == null ? asked.id : given;
        return new Created<>(PATH + "/" + id, versioned(administration.create(asked.role.role(id))));
    }

    private Versioned<Role> replace(ReplaceRole asked) {
        UserRoutes.requireSameId(asked.id, asked.role.id());
        return versioned(administration.replaceRole(asked.id, asked.rev, before -> asked.role.role(asked.id)));
    }

    private Versioned<Role> patch(PatchRole asked) {
        return versioned(administration.replaceRole(asked.id, asked.rev, before -> {
            var input = asked.changes.apply(RoleInput.of(before));
            UserRoutes.requireSameId(asked.id, input.id());
            return input.role(asked.id);
        }));
    }

    private NoContent remove(RemoveRole asked) {
        administration.removeRole(asked.id, asked.rev);
        return NoContent.NO_CONTENT;
    }

    private Permissions permissions() {
        var groups = new TreeMap<String, List<PermissionEntry>>();
        for (var known : catalogue.all().values()) {
            groups.computeIfAbsent(known.group(), group -> new ArrayList<>()).add(entry(known));
        }
        return new Permissions(groups.entrySet().stream()
                .map(group -> new PermissionGroup(group.getKey(), group.getValue()))
                .toList());
    }

    private static PermissionEntry entry(CataloguePermission known) {
        return new PermissionEntry(known.id(), known.title(), known.description(), known.planned());
    }

    private Matrix matrix() {
        var roles = store.documents(UserCollections.ROLES)
                .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                .values();
        var rows = catalogue.all().keySet().stream()
                .map(permission -> new MatrixRow(
                        permission,
                        roles.stream()
                                .map(role -> role.permissions().contains(permission))
                                .toList()))
                .toList();
        return new Matrix(roles.stream().map(Role::id).toList(), rows);
    }

    private static Versioned<Role> versioned(Stored<Role> stored) {
        return new Versioned<>(stored.value(), stored.rev());
    }
}
