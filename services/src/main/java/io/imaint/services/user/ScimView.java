package io.imaint.services.user;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which attributes a client wants to see. Source: RFC 7644 section 3.9.
 *
 * @param only attributes with the parts of them that are wanted, none for the whole; null for all attributes
 * @param without attributes with the parts that are not wanted, none for the whole
 */
record ScimView(@Nullable Map<String, Set<String>> only, Map<String, Set<String>> without) {
    private static final Set<String> ALWAYS = Set.of("schemas", "id");

    static ScimView of(@Nullable String attributes, @Nullable String excluded) {
        return new ScimView(attributes == null ? null : named(attributes), named(excluded == null ? "" : excluded));
    }

    private static Map<String, Set<String>> named(String attributes) {
        var named = new HashMap<String, Set<String>>();
        Arrays.stream(attributes.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.contains("["))
                .map(ScimPath::ofPatch)
                .forEach(path -> {
                    if (path != null) {
                        var parts = named.computeIfAbsent(path.attribute(), name -> new HashSet<>());
                        if (path.sub() != null) {
                            parts.add(path.sub());
                        }
                    }
                });
        return named;
    }

    ObjectNode of(ObjectNode resource) {
        var seen = resource.deepCopy();
        for (var name : List.copyOf(resource.propertyNames())) {
            if (ALWAYS.contains(name)) {
                continue;
            }
            var excluded = without.get(name);
            if (only == null ? excluded != null && excluded.isEmpty() : !only.containsKey(name)) {
                seen.remove(name);
            } else if (only != null && !only.getOrDefault(name, Set.of()).isEmpty()) {
                within(seen.path(name), only.getOrDefault(name, Set.of()), true);
            } else if (excluded != null) {
                within(seen.path(name), excluded, false);
            }
        }
        return seen;
    }

    private static void within(JsonNode value, Set<String> parts, boolean kept) {
        if (value.isArray()) {
            value.forEach(each -> within(each, parts, kept));
        } else if (value instanceof ObjectNode object) {
            List.copyOf(object.propertyNames()).stream()
                    .filter(name -> parts.stream().anyMatch(name::equalsIgnoreCase) != kept)
                    .forEach(object::remove);
        }
    }
}
