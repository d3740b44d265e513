package io.imaint.services.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way to an attribute of a SCIM resource, such as {@code name.familyName}, {@code emails[type eq "work"].value} or
 * either after the URN of its schema. Names are the same in capitals. Source: RFC 7644 sections 3.5.2 and 3.10.
 *
 * @param attribute as the schema writes it
 * @param filter which of the attribute's values; null for all
 * @param sub as the schema writes it; null for the attribute itself
 */
record ScimPath(
        String attribute,
        @Nullable ScimFilter filter,
        @Nullable String sub) {
    static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
    static final String USER = CORE + "User";
    static final String GROUP = CORE + "Group";

    /** All attributes of users and groups, each with what is in it. */
    private static final Map<String, Set<String>> KNOWN = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        var plain = Set.<String>of();
        var many = Set.of("value", "type", "primary", "display", "$ref");
        for (var name : List.of(
                "schemas",
                "id",
                "externalId",
                "userName",
                "displayName",
                "nickName",
                "title",
                "active",
                "userType",
                "profileUrl",
                "preferredLanguage",
                "locale",
                "timezone",
                "password")) {
            KNOWN.put(name, plain);
        }
        KNOWN.put(
                "name",
                Set.of("formatted", "givenName", "familyName", "middleName", "honorificPrefix", "honorificSuffix"));
        KNOWN.put("meta", Set.of("resourceType", "location", "version", "created", "lastModified"));
        for (var name :
                List.of("emails", "phoneNumbers", "ims", "photos", "entitlements", "roles", "groups", "members")) {
            KNOWN.put(name, many);
        }
        KNOWN.put(
                "addresses",
                Set.of("formatted", "streetAddress", "locality", "region", "postalCode", "country", "type", "primary"));
    }

    /** A path without a filter; a failure {@code invalidFilter} for an attribute that does not exist. */
    static ScimPath plain(String text) {
        var names = withoutUrn(text).split("\\.", -1);
        var attribute = names.length > 2 ? null : known(names[0], KNOWN.keySet());
        var sub =
                attribute == null || names.length < 2 ? null : known(names[1], KNOWN.getOrDefault(attribute, Set.of()));
        if (attribute == null || (names.length == 2 && sub == null)) {
            // Within brackets the values' own attributes are named.
            var inner =
                    names.length == 1 ? known(names[0], Set.of("value", "type", "primary", "display", "$ref")) : null;
            if (inner == null) {
                throw ScimProblems.invalidFilter("'%s' is no attribute".formatted(text));
            }
            return new ScimPath(inner, null, null);
        }
        return new ScimPath(attribute, null, sub);
    }

    /** The path of an operation of PATCH; null where it names what this service does not keep. */
    static @Nullable ScimPath ofPatch(String text) {
        var path = withoutUrn(text);
        int open = path.indexOf('[');
        if (open < 0) {
            var names = path.split("\\.", -1);
            var attribute = known(names[0], KNOWN.keySet());
            return attribute == null ? null : new ScimPath(attribute, null, names.length == 1 ? null : names[1]);
        }
        int close = path.lastIndexOf(']');
        var attribute = known(path.substring(0, open), KNOWN.keySet());
        if (attribute == null) {
            return null;
        }
        if (close < open) {
            throw ScimProblems.of("invalidPath", "'%s' has no closing bracket".formatted(text));
        }
        var rest = path.substring(close + 1);
        if (!rest.isEmpty() && !rest.startsWith(".")) {
            throw ScimProblems.of("invalidPath", "'%s' is no path".formatted(text));
        }
        var filter = ScimFilter.of(path.substring(open + 1, close));
        return new ScimPath(attribute, filter, rest.isEmpty() ? null : rest.substring(1));
    }

    private static String withoutUrn(String text) {
        for (var urn : List.of(USER, GROUP)) {
            if (text.toLowerCase(Locale.ROOT).startsWith(urn.toLowerCase(Locale.ROOT) + ":")) {
                return text.substring(urn.length() + 1);
            }
        }
        return text;
    }

    private static @Nullable String known(String name, Set<String> names) {
        return names.stream().filter(name::equalsIgnoreCase).findFirst().orElse(null);
    }

    boolean is(String name) {
        return attribute.equals(name) && filter == null && sub == null;
    }

    boolean many() {
        return KNOWN.getOrDefault(attribute, Set.of()).contains("value");
    }

    /** What stands there: the attribute's values one by one, or what is within each of them. */
    List<JsonNode> values(JsonNode resource) {
        var values = new ArrayList<JsonNode>();
        var found = resource.path(attribute);
        if (found.isArray()) {
            found.forEach(values::add);
        } else if (present(found)) {
            values.add(found);
        }
        if (sub == null) {
            return values;
        }
        return values.stream()
                .map(value -> value.path(sub))
                .filter(ScimPath::present)
                .toList();
    }

    static boolean present(JsonNode value) {
        return !value.isMissingNode()
                && !value.isNull()
                && !(value.isString() && value.asString().isEmpty());
    }

    /** The attributes by names as the schema writes them; null where an object has none that is known. */
    static ObjectNode normalized(ObjectNode given) {
        var known = given.objectNode();
        for (var field : given.properties()) {
            var path = ofPatch(field.getKey());
            if (path != null && path.filter == null && path.sub == null) {
                known.set(path.attribute, field.getValue());
            }
        }
        return known;
    }
}
