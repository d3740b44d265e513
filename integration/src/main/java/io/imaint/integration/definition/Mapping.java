package io.imaint.integration.definition;

import io.imaint.integration.odata.EntityType;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the properties of an entity set become the fields of a collection.
 *
 * @param entitySet the set of SAP's service
 * @param collection one that {@link Replicas#find} knows
 * @param keys the properties whose values make the document's {@code id}, in this order
 * @param constants fields with the same value in every document
 * @param skip properties that are left out on purpose, unlike those that were overlooked
 */
public record Mapping(
        String entitySet,
        String collection,
        List<String> keys,
        List<Field> fields,
        List<Constant> constants,
        List<String> skip) {
    /**
     * A small table of a mapping: which value of SAP's becomes which of ours.
     *
     * @param table by SAP's value as text; SAP's initial value is the empty text
     * @param otherwise for values that the table lacks; null leaves the field out
     */
    public record Lookup(
            SequencedMap<String, Object> table, @Nullable Object otherwise) {
        /** A table that a person keeps by hand; what is larger is a collection of its own and a reference to it. */
        private static final int ENTRIES_MAX = 200;

        public Lookup {
            table = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(table));
            if (table.isEmpty() || table.size() > ENTRIES_MAX) {
                throw DefinitionProblem.INTEGRATION_INVALID.because(
                        "a lookup has 1 to %d entries, not %d".formatted(ENTRIES_MAX, table.size()));
            }
            table.forEach((key, value) -> verify(value, "lookup '" + key + "'"));
            if (otherwise != null) {
                verify(otherwise, "otherwise");
            }
        }

        /** Our value for one of SAP's; null when there is none. */
        @Nullable
        Object of(@Nullable Object value) {
            var found = table.get(value == null ? "" : value.toString());
            return found == null ? otherwise : found;
        }

        static void verify(Object value, String which) {
            if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
                throw DefinitionProblem.INTEGRATION_INVALID.because(
                        which + " must be text, a whole number, true or false");
            }
        }
    }

    /**
     * A line of a mapping that fills a field with the same value in every document.
     *
     * @param value text, a {@link Long} or a {@link Boolean}
     */
    public record Constant(Object value, String to) {
        public Constant {
            if (to.isBlank()) {
                throw DefinitionProblem.INTEGRATION_INVALID.because("a constant needs 'to', the field that it fills");
            }
            Lookup.verify(value, "the constant of '" + to + "'");
        }
    }

    /**
     * One line of a mapping: a property that fills a field.
     *
     * @param from the SAP property
     * @param to the document's field
     * @param optional whether a system whose service lacks the property is loaded without it
     * @param precedence the codes of {@link Conversion#LIFECYCLE}, the strongest first; empty for other conversions
     * @param lookup the table of {@link Conversion#LOOKUP}; null for other conversions
     */
    public record Field(
            String from,
            String to,
            Conversion convert,
            boolean optional,
            List<String> precedence,
            @Nullable Lookup lookup) {
        public Field {
            precedence = List.copyOf(precedence);
            if (from.isBlank() || to.isBlank()) {
                throw DefinitionProblem.INTEGRATION_INVALID.because("a field needs 'from' and 'to'");
            }
            if ((convert == Conversion.LIFECYCLE) == precedence.isEmpty()) {
                throw DefinitionProblem.INTEGRATION_INVALID.because(
                        "field '%s': convert 'lifecycle', and no other, needs a precedence".formatted(to));
            }
            if ((convert == Conversion.LOOKUP) == (lookup == null)) {
                throw DefinitionProblem.INTEGRATION_INVALID.because(
                        "field '%s': a lookup excludes a conversion; remove 'convert'".formatted(to));
            }
        }

        public Field(String from, String to, Conversion convert, boolean optional, List<String> precedence) {
            this(from, to, convert, optional, precedence, null);
        }
    }

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

    /** The properties of a type that are neither mapped nor skipped. */
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
