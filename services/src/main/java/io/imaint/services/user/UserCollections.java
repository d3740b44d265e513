package io.imaint.services.user;

import io.imaint.store.CollectionType;
import java.util.Map;

/** The collections of users and their rights. Names: guide 2.3. */
public final class UserCollections {
    public static final CollectionType<User> USERS = CollectionType.of("User", User.class, User::id)
            .unscoped("who may see users sees all of them; a user belongs to several plants or none")
            .index("id")
            .index("status", "id")
            .unique("externalId")
            .unique("userName")
            .searched("id", "displayName", "email", "personnelNumber")
            .inChangeSequence();

    public static final CollectionType<Role> ROLES = CollectionType.of("Role", Role.class, Role::id)
            .unscoped("roles hold in every plant")
            .index("id")
            .inChangeSequence();

    public static final CollectionType<Group> GROUPS = CollectionType.of("UserGroup", Group.class, Group::id)
            .unscoped("groups name plants and belong to none")
            .index("id")
            .unique("externalId")
            .searched("id", "name")
            .inChangeSequence();

    /** The ids of users who were removed; the trail of what they did still names them, so nobody gets one again. */
    static final CollectionType<RetiredId> RETIRED =
            CollectionType.of("RetiredUserId", RetiredId.class, RetiredId::id).unscoped("ids of users alone");

    static final CollectionType<CataloguePermission> PERMISSIONS = CollectionType.of(
                    "Permission", CataloguePermission.class, CataloguePermission::id)
            .unscoped("texts without data of any plant");

    /** The id of a user who was removed. */
    record RetiredId(String id) {}

    /**
     * What is said about a permission.
     *
     * @param group the heading under which it is shown
     * @param title texts by language, in a few words
     * @param planned whether no route demands it yet
     */
    record CataloguePermission(
            String id, String group, Map<String, String> title, Map<String, String> description, boolean planned) {}

    private UserCollections() {}
}
