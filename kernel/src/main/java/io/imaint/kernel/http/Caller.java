package io.imaint.kernel.http;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request.
 *
 * @param name for logs and for what is written down about changes
 * @param permissions true for each permission the caller holds
 */
public record Caller(String name, Predicate<Permission> permissions) {
    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    public Caller(String name, Set<Permission> permissions) {
        this(name, (Predicate<Permission>) Set.copyOf(permissions)::contains);
    }

    public boolean may(Permission permission) {
        return permissions.test(permission);
    }

    /** The caller of the request being handled; an error in the code outside a route that names a permission. */
    public static Caller current() {
        if (!CURRENT.isBound()) {
            throw new AssertionError("no caller here: the route is anonymous, or no request is being handled");
        }
        return CURRENT.get();
    }

    /** The caller; null in an anonymous route, and where no request is being handled. */
    public static @Nullable Caller known() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    static ScopedValue<Caller> scoped() {
        return CURRENT;
    }
}
