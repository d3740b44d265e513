package io.imaint.services.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of a PATCH on a copy of a resource, one after the other, all or none. Source: RFC 7644 section 3.5.2.
 *
 * <p>Microsoft Entra writes operations in capitals, truths as texts, members to be removed as a list beside the path,
 * and, without a path, objects whose keys are paths; all of that is taken. What names an attribute that this service
 * does not keep does nothing, as the same attribute in a whole resource does nothing.
 */
final class ScimPatch {
    /** Operations of one request; an identity system sends a few, or one for each of a hundred members. */
    private static final int OPERATIONS_MAX = 1_000;

    private static final Set<String> READ_ONLY = Set.of("id", "meta", "schemas", "groups");

    private final ObjectNode resource;

    private ScimPatch(ObjectNode resource) {
        this.resource = resource;
    }

    static ObjectNode applied(ObjectNode standing, JsonNode body) {
        var operations = field(body, "Operations");
        if (!(operations instanceof ArrayNode list) || list.isEmpty() || list.size() > OPERATIONS_MAX) {
            throw ScimProblems.of("invalidSyntax", "Operations must be a list of 1 to %d".formatted(OPERATIONS_MAX));
        }
        var patch = new ScimPatch(standing.deepCopy());
        list.forEach(patch::apply);
        return patch.resource;
    }

    private static @Nullable JsonNode field(JsonNode object, String name) {
        for (var field : object.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return null;
    }

    private static String text(JsonNode operation, String name) {
        var found = field(operation, name);
        return found == null || !found.isString() ? "" : found.asString();
    }

    private void apply(JsonNode operation) {
        var op = text(operation, "op").toLowerCase(Locale.ROOT);
        if (!Set.of("add", "replace", "remove").contains(op)) {
            throw ScimProblems.of("invalidSyntax", "op must be add, replace or remove");
        }
        var path = text(operation, "path");
        var value = field(operation, "value");
        if (!path.isEmpty()) {
            apply(op, path, value);
        } else if (op.equals("remove")) {
            throw ScimProblems.of("noTarget", "remove needs a path");
        } else if (value instanceof ObjectNode object) {
            object.properties().forEach(field -> apply(op, field.getKey(), field.getValue()));
        } else {
            throw ScimProblems.of("invalidValue", "without a path the value must be an object");
        }
    }

    private void apply(String op, String text, @Nullable JsonNode value) {
        var path = ScimPath.ofPatch(text);
        if (path == null) {
            return;
        }
        if (READ_ONLY.contains(path.attribute())) {
            throw ScimProblems.of("mutability", "'%s' cannot be changed".formatted(path.attribute()));
        }
        if (value == null && !op.equals("remove")) {
            throw ScimProblems.of("invalidValue", op + " needs a value");
        }
        var primary = primary(path.attribute());
        if (path.filter() != null) {
            applyToSome(op, path, path.filter(), value);
        } else if (path.sub() != null) {
            applyWithin(op, path, path.sub(), value);
        } else {
            applyToAll(op, path, value);
        }
        if (primary(path.attribute()).size() > 1) {
            primary.forEach(before -> before.put("primary", false));
        }
    }

    /** The values that are marked as the main one; when another becomes it, these no longer are. */
    private List<ObjectNode> primary(String attribute) {
        var marked = new ArrayList<ObjectNode>();
        for (var value : resource.path(attribute)) {
            if (value instanceof ObjectNode object && object.path("primary").asBoolean(false)) {
                marked.add(object);
            }
        }
        return marked;
    }

    private void applyToAll(String op, ScimPath path, @Nullable JsonNode value) {
        var name = path.attribute();
        var standing = resource.get(name);
        if (value == null || value.isNull()) {
            resource.remove(name);
        } else if (op.equals("remove")) {
            removeValues(resource.withArray(name), value);
        } else if (path.many()) {
            var list = op.equals("add") && standing instanceof ArrayNode present ? present : resource.putArray(name);
            each(value).forEach(added -> add(list, added));
        } else if (standing instanceof ObjectNode object && value instanceof ObjectNode changes) {
            object.setAll(changes);
        } else {
            resource.set(name, value);
        }
    }

    private static List<JsonNode> each(JsonNode value) {
        if (!value.isArray()) {
            return List.of(value);
        }
        var each = new ArrayList<JsonNode>();
        value.forEach(each::add);
        return each;
    }

    /** Adds a value, or replaces the one that stands for the same. */
    private static void add(ArrayNode list, JsonNode added) {
        var object =
                added instanceof ObjectNode given ? given : list.objectNode().set("value", added);
        for (int i = 0; i < list.size(); i++) {
            if (same(list.get(i), object)) {
                list.set(i, object);
                return;
            }
        }
        list.add(object);
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.path("value").asString("").equals(other.path("value").asString(""))
                && one.path("type").asString("").equals(other.path("type").asString(""));
    }

    private static void removeValues(ArrayNode list, JsonNode values) {
        var gone = each(values).stream()
                .map(value -> value.isObject() ? value.path("value").asString("") : value.asString(""))
                .toList();
        for (int i = list.size() - 1; i >= 0; i--) {
            if (gone.contains(list.get(i).path("value").asString(""))) {
                list.remove(i);
            }
        }
    }

    private void applyWithin(String op, ScimPath path, String sub, @Nullable JsonNode value) {
        if (path.many()) {
            var list = resource.withArray(path.attribute());
            if (list.isEmpty() && !op.equals("remove")) {
                list.addObject();
            }
            list.forEach(each -> set(op, each, sub, value));
        } else {
            if (!(resource.get(path.attribute()) instanceof ObjectNode)) {
                resource.putObject(path.attribute());
            }
            set(op, resource.path(path.attribute()), sub, value);
        }
    }

    private static void set(String op, JsonNode target, String sub, @Nullable JsonNode value) {
        if (!(target instanceof ObjectNode object)) {
            return;
        }
        if (op.equals("remove") || value == null || value.isNull()) {
            object.remove(sub);
        } else {
            object.set(sub, value);
        }
    }

    private void applyToSome(String op, ScimPath path, ScimFilter filter, @Nullable JsonNode value) {
        var list = resource.withArray(path.attribute());
        var found = new ArrayList<JsonNode>();
        list.forEach(each -> {
            if (filter.holds(each)) {
                found.add(each);
            }
        });
        if (found.isEmpty()) {
            if (!op.equals("add")) {
                throw ScimProblems.of("noTarget", "no value of '%s' is meant".formatted(path.attribute()));
            }
            var fresh = list.addObject();
            filter.equal("type").ifPresent(type -> fresh.put("type", type));
            found.add(fresh);
        }
        for (var each : found) {
            if (path.sub() != null) {
                set(op, each, path.sub(), value);
            } else if (op.equals("remove")) {
                remove(list, each);
            } else if (each instanceof ObjectNode object && value instanceof ObjectNode changes) {
                object.setAll(changes);
            } else {
                throw ScimProblems.of("invalidValue", "a value of '%s' is an object".formatted(path.attribute()));
            }
        }
    }

    private static void remove(ArrayNode list, JsonNode which) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).equals(which)) {
                list.remove(i);
                return;
            }
        }
    }
}
