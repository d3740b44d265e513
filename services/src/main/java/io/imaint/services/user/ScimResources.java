package io.imaint.services.user;

import io.imaint.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** One kind of resources of SCIM. */
interface ScimResources {
    /** A resource and the revision of the document behind it. */
    record Versioned(ObjectNode resource, long rev) {
        String id() {
            return resource.path("id").asString("");
        }
    }

    /** The last part of the path, {@code Users} for example. */
    String path();

    /**
     * The resources in the order of their ids.
     *
     * @param id the only one that can fulfil the filter; empty where it does not say
     */
    List<ObjectNode> all(Optional<String> id, Predicate<ObjectNode> filter);

    /** The attribute that names the id in a filter, beside {@code id} itself. */
    String idAttribute();

    Versioned show(String id);

    Versioned create(ObjectNode resource);

    /** Makes of a resource, in the revision that was read, what another says. */
    Versioned replace(Versioned standing, ObjectNode resource);

    void remove(String id, long rev);

    /** The place of a resource. A reference within this server, whose public name it does not know. */
    default String location(String id) {
        return "/scim/v2/" + path() + "/" + id;
    }

    /** Adds what is said about a resource itself. */
    default ObjectNode described(ObjectNode resource, String type, Stored<?> stored) {
        resource.putObject("meta")
                .put("resourceType", type)
                .put("version", ScimRoutes.tag(stored.rev()))
                .put("location", location(resource.path("id").asString("")));
        return resource;
    }
}
