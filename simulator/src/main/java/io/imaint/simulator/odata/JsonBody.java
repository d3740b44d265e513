package io.imaint.simulator.odata;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.EntitySet.Ability;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.rules.Draft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the entity that a body in JSON describes. */
final class JsonBody {
    /** Braces and brackets within each other: the deepest entity needs half of it. */
    private static final int NESTING_MAX = 20;

    /** Longer than any property's text; what is longer is refused by its own length first. */
    private static final int TEXT_MAX = 100_000;

    private static final int NUMBER_MAX = 400;

    /** The most entities of one deep insert. */
    private static final int ENTITIES_MAX = 1000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxStringLength(TEXT_MAX)
                            .maxNumberLength(NUMBER_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private int entities;

    private JsonBody() {}

    /** An entity to be created, with what is to be created below it. */
    static Draft draft(EntitySet set, byte[] body) {
        return new JsonBody().draft(set, object(body));
    }

    /** The properties given for an entity that exists, whether they can be changed or not. */
    static Map<String, @Nullable Object> properties(EntitySet set, byte[] body) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var member : object(body).properties()) {
            var property = set.find(member.getKey());
            if (property != null) {
                values.put(property.name(), JsonValues.value(property, member.getValue()));
            } else if (!isPassedOver(set, member.getKey(), member.getValue())) {
                if (IcwpModel.navigation(set, member.getKey()).isEmpty()) {
                    throw unknown(member.getKey());
                }
                throw ODataFault.body("Inline component is not defined or not allowed (HTTP PUT and PATCH)");
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private static JsonNode object(byte[] body) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JacksonException malformed) {
            throw ODataFault.body("The body is no valid JSON: " + malformed.getOriginalMessage());
        }
        if (node.isObject() && node.size() == 1 && node.path("d").isObject()) {
            return node.get("d"); // As it was read.
        }
        if (!node.isObject()) {
            throw ODataFault.body("The body must be one JSON object");
        }
        return node;
    }

    private Draft draft(EntitySet set, JsonNode object) {
        if (++entities > ENTITIES_MAX) {
            throw ODataFault.body("More than %d entities in one request".formatted(ENTITIES_MAX));
        }
        var values = new LinkedHashMap<String, @Nullable Object>();
        var children = new LinkedHashMap<Navigation, List<Draft>>();
        for (var member : object.properties()) {
            var name = member.getKey();
            var property = set.find(name);
            if (property != null) {
                addTo(values, property, member.getValue());
            } else if (!isPassedOver(set, name, member.getValue())) {
                var way = IcwpModel.navigation(set, name).orElseThrow(() -> unknown(name));
                var below = children(way, member.getValue());
                if (!below.isEmpty()) {
                    children.put(way, below);
                }
            }
        }
        return new Draft(set, Collections.unmodifiableMap(values), Collections.unmodifiableMap(children));
    }

    /** What SAP alone sets may be given if it says nothing, as by clients that send all they know. */
    private static void addTo(Map<String, @Nullable Object> values, Property property, JsonNode node) {
        if (property.creatable()) {
            values.put(property.name(), JsonValues.value(property, node));
        } else if (!node.isNull() && !isEmptyText(property, node)) {
            throw ODataFault.property(property.name(), "Property '%s' is not creatable".formatted(property.name()));
        }
    }

    private static boolean isEmptyText(Property property, JsonNode node) {
        return property.type() == EdmType.STRING
                && node.isString()
                && node.stringValue().isEmpty();
    }

    private List<Draft> children(Navigation way, JsonNode node) {
        var array = node.isObject() ? node.path("results") : node;
        if (!array.isArray()) {
            throw ODataFault.property(way.name(), "Navigation property '%s' is invalid".formatted(way.name()));
        }
        if (!way.many() || !way.to().can(Ability.CREATE)) {
            throw ODataFault.notImplemented(way.from().name(), "CREATE_DEEP_ENTITY");
        }
        var drafts = new ArrayList<Draft>();
        for (var child : array) {
            if (!child.isObject()) {
                throw ODataFault.property(way.name(), "Navigation property '%s' is invalid".formatted(way.name()));
            }
            drafts.add(draft(way.to(), child));
        }
        return List.copyOf(drafts);
    }

    /** What a reader got beside the properties, and sends back. */
    private static boolean isPassedOver(EntitySet set, String name, JsonNode value) {
        var below = value.path("results").isArray() ? value.path("results") : value;
        return name.equals("__metadata")
                || (IcwpModel.navigation(set, name).isPresent()
                        && (value.isNull() || value.has("__deferred") || (below.isArray() && below.isEmpty())));
    }

    private static ODataFault unknown(String name) {
        var shown = name.length() > 100 ? name.substring(0, 100) : name;
        return ODataFault.property(shown, "Property '%s' is invalid".formatted(shown));
    }
}
