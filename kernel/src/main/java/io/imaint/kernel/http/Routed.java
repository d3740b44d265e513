package io.imaint.kernel.http;

import io.imaint.kernel.identity.Permission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A started service that has routes. */
public interface Routed {
    List<Route> routes();

    /** Told before the first request which permissions the routes of this server demand. */
    default void demanded(Set<Permission> permissions) {}

    /** The application for browsers that this service brings; a server has at most one. */
    default Optional<Site> site() {
        return Optional.empty();
    }
}
