package io.imaint.services.user;

import io.imaint.kernel.http.Dialect;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Reply;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.identity.Permission;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What this server says of itself to an identity system. Source: RFC 7643 sections 5 to 7. */
final class ScimDescription {
    private static final String ROOT = "/scim/v2/";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final String UNKNOWN = "there is no such description";

    private ScimDescription() {}

    /** A request without input but the flag of Entra. */
    record Ask(@Nullable String aadOptscim062020) {}

    record AskOne(@Path String id, @Nullable String aadOptscim062020) {}

    static List<Route> routes(Permission permission, Dialect dialect) {
        return List.of(
                Route.get(ROOT + "ServiceProviderConfig", "Shows what of SCIM is supported")
                        .permits(permission)
                        .replies(dialect)
                        .handles(Ask.class, asked -> new Reply(200, Map.of(), provider())),
                Route.get(ROOT + "ResourceTypes", "Lists the types of resources of SCIM")
                        .permits(permission)
                        .replies(dialect)
                        .handles(Ask.class, asked -> list(types())),
                Route.get(ROOT + "ResourceTypes/{id}", "Shows a type of resources of SCIM")
                        .permits(permission)
                        .replies(dialect)
                        .handles(AskOne.class, asked -> one(types(), asked.id)),
                Route.get(ROOT + "Schemas", "Lists the schemas of SCIM")
                        .permits(permission)
                        .replies(dialect)
                        .handles(Ask.class, asked -> list(schemas())),
                Route.get(ROOT + "Schemas/{id}", "Shows a schema of SCIM")
                        .permits(permission)
                        .replies(dialect)
                        .handles(AskOne.class, asked -> one(schemas(), asked.id)));
    }

    private static Reply list(List<ObjectNode> resources) {
        var answer = object();
        answer.putArray("schemas").add(LIST);
        answer.put("totalResults", resources.size()).put("startIndex", 1).put("itemsPerPage", resources.size());
        resources.forEach(answer.putArray("Resources")::add);
        return new Reply(200, Map.of(), answer);
    }

    private static Reply one(List<ObjectNode> resources, String id) {
        return resources.stream()
                .filter(resource -> resource.path("id").asString("").equals(id))
                .findFirst()
                .map(resource -> new Reply(200, Map.of(), resource))
                .orElseThrow(() -> UserProblem.USER_NOT_FOUND.because(UNKNOWN));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode provider() {
        var config = object();
        config.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
        config.putObject("patch").put("supported", true);
        config.putObject("bulk").put("supported", false).put("maxOperations", 0).put("maxPayloadSize", 0);
        config.putObject("filter").put("supported", true).put("maxResults", ScimRoutes.COUNT_MAX);
        config.putObject("changePassword").put("supported", false);
        config.putObject("sort").put("supported", false);
        config.putObject("etag").put("supported", true);
        config.putArray("authenticationSchemes")
                .addObject()
                .put("type", "oauthbearertoken")
                .put("name", "Bearer token")
                .put("description", "An API key with the permission users.provision")
                .put("primary", true);
        return meta(config, "ServiceProviderConfig", "ServiceProviderConfig");
    }

    private static ObjectNode meta(ObjectNode resource, String type, String place) {
        resource.putObject("meta").put("resourceType", type).put("location", ROOT + place);
        return resource;
    }

    private static List<ObjectNode> types() {
        return List.of(type("User", "Users", ScimPath.USER), type("Group", "Groups", ScimPath.GROUP));
    }

    private static ObjectNode type(String name, String path, String schema) {
        var type = object();
        type.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:ResourceType");
        type.put("id", name).put("name", name).put("endpoint", "/" + path).put("schema", schema);
        return meta(type, "ResourceType", "ResourceTypes/" + name);
    }

    private static List<ObjectNode> schemas() {
        var user = schema(ScimPath.USER, "User");
        var attributes = user.putArray("attributes");
        attribute(attributes, "userName", "string", "readWrite")
                .put("required", true)
                .put("uniqueness", "server");
        attribute(attributes, "displayName", "string", "readWrite");
        var name = attribute(attributes, "name", "complex", "readWrite").putArray("subAttributes");
        attribute(name, "formatted", "string", "readWrite");
        attribute(name, "givenName", "string", "readWrite");
        attribute(name, "familyName", "string", "readWrite");
        attribute(attributes, "active", "boolean", "readWrite");
        many(attributes, "emails", "readWrite");
        suggesting(attribute(attributes, "preferredLanguage", "string", "readWrite"), "en", "de", "es", "hi");
        suggesting(attribute(attributes, "timezone", "string", "readWrite"), "UTC", "Europe/Berlin", "Asia/Kolkata");
        many(attributes, "groups", "readOnly");

        var group = schema(ScimPath.GROUP, "Group");
        var ofGroup = group.putArray("attributes");
        attribute(ofGroup, "displayName", "string", "readWrite").put("required", true);
        many(ofGroup, "members", "readWrite");
        return List.of(user, group);
    }

    private static ObjectNode schema(String urn, String name) {
        var schema = object();
        schema.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Schema");
        schema.put("id", urn).put("name", name).put("description", name);
        return meta(schema, "Schema", "Schemas/" + urn);
    }

    private static ObjectNode attribute(ArrayNode among, String name, String type, String mutability) {
        return among.addObject()
                .put("name", name)
                .put("type", type)
                .put("multiValued", false)
                .put("description", name)
                .put("required", false)
                .put("caseExact", false)
                .put("mutability", mutability)
                .put("returned", "default")
                .put("uniqueness", "none");
    }

    /** Names values that are sure to be accepted. */
    private static void suggesting(ObjectNode attribute, String... values) {
        var suggested = attribute.putArray("canonicalValues");
        List.of(values).forEach(suggested::add);
    }

    private static void many(ArrayNode among, String name, String mutability) {
        var parts = attribute(among, name, "complex", mutability)
                .put("multiValued", true)
                .putArray("subAttributes");
        attribute(parts, "value", "string", mutability); // The rest follows from it.
        boolean members = name.equals("members");
        if (name.equals("emails")) { // They say which address is kept.
            suggesting(attribute(parts, "type", "string", mutability), "work");
            attribute(parts, "primary", "boolean", mutability);
        } else {
            var type = attribute(parts, "type", "string", members ? "immutable" : "readOnly");
            suggesting(type, members ? "User" : "direct");
            if (!members) {
                attribute(parts, "display", "string", "readOnly");
            }
            var reference = attribute(parts, "$ref", "reference", members ? "immutable" : "readOnly");
            reference.putArray("referenceTypes").add(members ? "User" : "Group");
        }
    }
}
