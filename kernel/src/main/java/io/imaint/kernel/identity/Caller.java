package io.imaint.kernel.identity;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who acts. A signed-in user, a machine with an API key, an anonymous client and a part of the system are all callers,
 * so that everything that is done has somebody who did it.
 *
 * @param id stable and never reused, such as a user's id; {@code system:alerts} for a part of the system
 * @param displayName for people
 * @param roles names of roles, for display and for settings by role; rights come from the permissions alone
 * @param permissions true for each permission the caller holds
 * @param plants the plants whose documents the caller may see and change
 * @param personnelNumber the person in SAP in whose name the caller works; null where there is none
 * @param session the session the request belongs to, null where there is none
 * @param requestId the id of the request being handled, empty outside of one
 * @param address the client's network address, empty outside of a request
 */
public record Caller(
        String id,
        String displayName,
        Set<String> roles,
        Predicate<Permission> permissions,
        PlantScope plants,
        @Nullable String personnelNumber,
        @Nullable String session,
        String requestId,
        String address) {
    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /** A client that sent no token. It holds no permission and sees no plant. */
    public static final Caller ANONYMOUS = new Caller("anonymous", Set.of(), PlantScope.NONE);

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** A caller outside of any request. */
    public Caller(String id, Predicate<Permission> permissions, PlantScope plants) {
        this(id, id, Set.of(), permissions, plants, null, null, "", "");
    }

    /** A caller outside of any request, with exactly these permissions. */
    public Caller(String id, Set<Permission> permissions, PlantScope plants) {
        this(id, Set.copyOf(permissions)::contains, plants);
    }

    /** A part of the system acting by itself, such as a scheduled job. It may do everything in every plant. */
    public static Caller system(String part) {
        return new Caller("system:" + part, permission -> true, PlantScope.ALL);
    }

    /** This caller while a request of theirs is handled. */
    public Caller during(String request, String from) {
        return new Caller(id, displayName, roles, permissions, plants, personnelNumber, session, request, from);
    }

    /** This caller, who sees only those of their plants that a scope includes too. */
    public Caller within(PlantScope scope) {
        var narrowed = plants.and(scope);
        return new Caller(id, displayName, roles, permissions, narrowed, personnelNumber, session, requestId, address);
    }

    public boolean may(Permission permission) {
        return permissions.test(permission);
    }

    /** The caller of the request being handled; {@link #ANONYMOUS} where none was identified. */
    public static Caller current() {
        return CURRENT.orElse(ANONYMOUS);
    }

    /** The scoped value to bind while a request is handled. */
    public static ScopedValue<Caller> scoped() {
        return CURRENT;
    }
}
