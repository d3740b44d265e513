package io.imaint.integration.definition;

import io.imaint.store.replica.Replicas;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What of SAP becomes what of ours.
 *
 * @param entitySet the set of SAP's service
 * @param collection one of {@link Replicas#ALL}
 * @param keys the properties whose values make the document's {@code id}, in this order
 */
public record Mapping(String entitySet, String collection, List<String> keys, List<Field> fields) {
    /** Far above the widest known entity type (398 properties); keeps the request's address within reason. */
    private static final int FIELDS_MAX = 1000;

    public Mapping {
        keys = List.copyOf(keys);
        fields = List.copyOf(fields);
        if (Replicas.find(collection).isEmpty()) {
            throw DefinitionProblem.INTEGRATION_INVALID.because("there is no collection '%s'".formatted(collection));
        }
        if (entitySet.isBlank() || keys.isEmpty() || fields.isEmpty() || fields.size() > FIELDS_MAX) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "an entity set, keys and 1 to %d fields are needed".formatted(FIELDS_MAX));
        }
        var names = new HashSet<String>();
        names.add(Replicas.ID);
        for (var field : fields) {
            if (!names.add(field.to())) {
                throw DefinitionProblem.INTEGRATION_INVALID.because("two fields fill '%s'".formatted(field.to()));
            }
        }
    }

    /** The field that a property fills without being taken apart; empty for a property that is not mapped. */
    public Optional<String> target(String property) {
        return fields.stream()
                .filter(field -> field.from().equals(property))
                .filter(field -> field.convert() != Conversion.CODES && field.convert() != Conversion.LIFECYCLE)
                .map(Field::to)
                .findFirst();
    }

    /** The properties to ask for, each once: the keys, then the fields. */
    public LinkedHashSet<String> properties() {
        var properties = new LinkedHashSet<>(keys);
        fields.forEach(field -> properties.add(field.from()));
        return properties;
    }
}
