package io.imaint.services.user;

import io.imaint.store.CollectionType;

/** The collections of users and their rights. Names: guide 2.3. */
public final class UserCollections {
    public static final CollectionType<User> USERS = CollectionType.of("User", User.class, User::id)
            .unscoped("who may see users sees all of them; a user belongs to several plants or none")
            .index("status")
            .index("roles")
            .index("groups")
            .unique("externalId")
            .searched("id", "displayName", "email", "personnelNumber")
            .inChangeSequence();

    public static final CollectionType<Role> ROLES = CollectionType.of("Role", Role.class, Role::id)
            .unscoped("roles hold in every plant")
            .inChangeSequence();

    public static final CollectionType<Group> GROUPS = CollectionType.of("UserGroup", Group.class, Group::id)
            .unscoped("groups name plants and belong to none")
            .unique("externalId")
            .searched("id", "name")
            .inChangeSequence();

    private UserCollections() {}
}
