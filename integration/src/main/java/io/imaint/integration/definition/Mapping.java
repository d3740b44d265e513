package io.imaint.integration.definition;

import io.imaint.integration.odata.EntityType;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of SAP becomes what of ours.
 *
 * @param entitySet the set of SAP's service
 * @param collection one that {@link Replicas#find} knows
 * @param keys the properties whose values make the document's {@code id}, in this order
 * @param constants what every document gets besides
 * @param skip properties that are left out on purpose, so that those nobody thought of can be told from them
 */
public record Mapping(
        String entitySet,
        String collection,
        List<String> keys,
        List<Field> fields,
        List<Constant> constants,
        List<String> skip) {
    /** Far above the widest known entity type (398 properties); keeps the request's address within reason. */
    private static final int FIELDS_MAX = 1000;

    public Mapping {
        keys = List.copyOf(keys);
        fields = List.copyOf(fields);
        constants = List.copyOf(constants);
        skip = List.copyOf(skip);
        if (Replicas.find(collection).isEmpty()) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "there is no collection '%s'; name one of the product's, or one of your own that begins with Z and has letters and digits only"
                            .formatted(collection));
        }
        if (entitySet.isBlank() || keys.isEmpty() || fields.isEmpty() || fields.size() > FIELDS_MAX) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "an entity set, keys and 1 to %d fields are needed".formatted(FIELDS_MAX));
        }
        var names = new HashSet<String>();
        names.add(Replicas.ID);
        fields.forEach(field -> once(names, field.to()));
        constants.forEach(constant -> once(names, constant.to()));
        for (var property : skip) {
            verifySkipped(property, keys, fields);
        }
    }

    /** A mapping that only renames and converts. */
    public Mapping(String entitySet, String collection, List<String> keys, List<Field> fields) {
        this(entitySet, collection, keys, fields, List.of(), List.of());
    }

    private static void once(Set<String> names, String name) {
        if (!names.add(name)) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    name.equals(Replicas.ID)
                            ? "no field may fill 'id', which the keys make"
                            : "two fields fill '%s'; rename or remove one".formatted(name));
        }
    }

    private static void verifySkipped(String property, List<String> keys, List<Field> fields) {
        if (keys.contains(property)
                || fields.stream().anyMatch(field -> field.from().equals(property))) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "'%s' is skipped and mapped; remove one of the two".formatted(property));
        }
    }

    /** The field that a property fills without being taken apart; empty for a property that is not mapped. */
    public Optional<String> target(String property) {
        return fields.stream()
                .filter(field -> field.from().equals(property))
                .filter(field -> switch (field.convert()) {
                    case TEXT, DATE, INSTANT, FLAG -> true;
                    case CODES, LIFECYCLE, LOOKUP -> false;
                })
                .map(Field::to)
                .findFirst();
    }

    /** The properties to ask for, each once: the keys, then the fields. */
    public LinkedHashSet<String> properties() {
        var properties = new LinkedHashSet<>(keys);
        fields.forEach(field -> properties.add(field.from()));
        return properties;
    }

    /** The properties of a type that are neither mapped nor skipped: those that nobody thought of. */
    public List<String> unconsidered(EntityType type) {
        var left = new ArrayList<String>();
        var considered = properties();
        considered.addAll(skip);
        for (var property : type.properties()) {
            if (!considered.contains(property.name())) {
                left.add(property.name());
            }
        }
        return left;
    }
}
