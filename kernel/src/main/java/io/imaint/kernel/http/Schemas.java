package io.imaint.kernel.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.identifiers.Identifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * JSON schemas of the types that answers and bodies are made of. Records become components and are referred to by name;
 * as part of a body a record has a component of its own, because fewer of its fields are required.
 */
final class Schemas {
    private static final Map<Class<?>, Map<String, Object>> PLAIN = Map.ofEntries(
            Map.entry(String.class, typed("string", "")),
            Map.entry(boolean.class, typed("boolean", "")),
            Map.entry(Boolean.class, typed("boolean", "")),
            Map.entry(int.class, typed("integer", "int32")),
            Map.entry(Integer.class, typed("integer", "int32")),
            Map.entry(long.class, typed("integer", "int64")),
            Map.entry(Long.class, typed("integer", "int64")),
            Map.entry(double.class, typed("number", "double")),
            Map.entry(Double.class, typed("number", "double")),
            Map.entry(BigDecimal.class, typed("number", "decimal")),
            Map.entry(BigInteger.class, typed("integer", "")),
            Map.entry(LocalDate.class, typed("string", "date")),
            Map.entry(LocalTime.class, localTime()),
            Map.entry(LocalDateTime.class, typed("string", "date-time-local")),
            Map.entry(Instant.class, typed("string", "date-time")),
            Map.entry(Duration.class, typed("string", "duration")),
            Map.entry(URI.class, typed("string", "uri")),
            Map.entry(UUID.class, typed("string", "uuid")));

    /** Dates of the years 1 to 9999. */
    private static final String DATED = "^(?!0000)\\d{4}-";

    /** What is taken of a format that allows more. */
    private static final Map<Class<?>, String> SENT_FORMS = Map.of(
            LocalDate.class, DATED, Instant.class, DATED, Duration.class, "^(?:" + ValueKind.DURATION.pattern() + ")$");

    /** Any text but control characters. */
    private static final String NO_CONTROLS = "^[^\\x00-\\x1f\\x7f-\\x9f]*$";

    private static final String IDENTIFIER =
            "^[^\\x00-\\x20\\x7f-\\xa0]([^\\x00-\\x1f\\x7f-\\x9f]*[^\\x00-\\x20\\x7f-\\xa0])?$";

    private final SequencedMap<String, Map<String, Object>> components;
    private final Map<Class<?>, String> names = new HashMap<>();
    private final boolean sent;
    private final Schemas bodies;

    Schemas() {
        this.components = new LinkedHashMap<>();
        this.sent = false;
        this.bodies = new Schemas(components);
    }

    private Schemas(SequencedMap<String, Map<String, Object>> components) {
        this.components = components;
        this.sent = true;
        this.bodies = this;
    }

    SequencedMap<String, Map<String, Object>> components() {
        return components;
    }

    Map<String, Object> of(Class<?> type) {
        return schema(type);
    }

    /** The schema of a body. */
    Map<String, Object> sent(Class<?> body) {
        return bodies.schema(body);
    }

    /** The schema of a {@link Listing}, a component of its own for each kind of item. */
    Map<String, Object> listing(Class<?> item) {
        var items = schema(item);
        var name = (names.containsKey(item) ? names.get(item) : item.getSimpleName()) + "Listing";
        if (!components.containsKey(name)) {
            var fields = new LinkedHashMap<String, Object>();
            for (var component : Listing.class.getRecordComponents()) {
                boolean holdsItems = component.getName().equals("items");
                fields.put(component.getName(), holdsItems ? described(listOf(items), component) : field(component));
            }
            components.put(name, object(fields));
        }
        return reference(name);
    }

    /** The schema of a change to a record: any of its fields, null for those that may be absent. */
    Map<String, Object> patch(Class<?> record) {
        var name = record.getSimpleName() + "Patch";
        if (!components.containsKey(name)) {
            var fields = new LinkedHashMap<String, Object>();
            for (var component : record.getRecordComponents()) {
                var field = bodies.field(component);
                fields.put(component.getName(), required(component) || nullable(component) ? field : orNull(field));
            }
            var schema = object(fields);
            schema.remove("required");
            schema.put("additionalProperties", false);
            components.put(name, schema);
        }
        return reference(name);
    }

    /** Bytes that are no JSON. */
    static Map<String, Object> bytes() {
        return new LinkedHashMap<>();
    }

    static Map<String, Object> matching(String pattern) {
        var schema = typed("string", "");
        schema.put("pattern", pattern);
        return schema;
    }

    Map<String, Object> of(Parameter parameter) {
        var value = bodies.schema(parameter.kind().type());
        if (parameter.kind().type() == String.class) {
            value.put("pattern", NO_CONTROLS);
            value.put("maxLength", Parameter.TEXT_LENGTH_MAX);
        }
        parameter.constraints().publish(value);
        var schema = parameter.isList() ? listOf(value) : value;
        if (parameter.isList()) {
            schema.put("maxItems", Parameter.LIST_SIZE_MAX);
            parameter.constraints().publishCount(schema);
        }
        if (!parameter.standard().isEmpty()) {
            schema.put("default", standard(parameter.read(List.of(), new ArrayList<>())));
        }
        return schema;
    }

    private static Object standard(@Nullable Object read) {
        var value = read instanceof Optional<?> wrapped ? wrapped.orElseThrow() : read;
        return value instanceof Number || value instanceof Boolean || value instanceof List
                ? value
                : String.valueOf(value);
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType wrapped) {
            return wrapped(wrapped);
        }
        if (!(type instanceof Class<?> plain)) {
            return new LinkedHashMap<>(); // Any JSON.
        }
        var known = PLAIN.get(plain);
        if (known != null) {
            var schema = new LinkedHashMap<>(known);
            if (sent && SENT_FORMS.containsKey(plain)) {
                schema.put("pattern", SENT_FORMS.get(plain));
            }
            return schema;
        } else if (plain.isEnum()) {
            return constants(plain);
        } else if (Identifier.class.isAssignableFrom(plain)) {
            return identifier(plain);
        } else if (plain.isRecord()) {
            return reference(component(plain));
        }
        return plain.isSealed() ? oneOf(plain) : new LinkedHashMap<>();
    }

    private Map<String, Object> wrapped(ParameterizedType type) {
        var raw = (Class<?>) type.getRawType();
        var arguments = type.getActualTypeArguments();
        if (raw == Projected.class) {
            return schema(arguments[0]);
        } else if (raw == Optional.class) {
            return orNull(schema(arguments[0]));
        } else if (Collection.class.isAssignableFrom(raw)) {
            return listOf(schema(arguments[0]));
        } else if (Map.class.isAssignableFrom(raw)) {
            var map = new LinkedHashMap<>(typed("object", ""));
            map.put("additionalProperties", schema(arguments[1]));
            return map;
        }
        return raw == Listing.class && arguments[0] instanceof Class<?> item ? listing(item) : schema(raw);
    }

    private Map<String, Object> oneOf(Class<?> sealed) {
        return new LinkedHashMap<>(Map.of(
                "oneOf",
                Arrays.stream(sealed.getPermittedSubclasses()).map(this::schema).toList()));
    }

    /** A key of SAP: no blank at either end, no control character. */
    private static Map<String, Object> identifier(Class<?> type) {
        var schema = matching(IDENTIFIER);
        schema.put("minLength", 1);
        schema.put("maxLength", ValueKind.length(type));
        return schema;
    }

    private static Map<String, Object> localTime() {
        var schema = typed("string", "time-local");
        schema.put("pattern", "^(?:" + ValueKind.LOCAL_TIME.pattern() + ")$");
        return schema;
    }

    private static Map<String, Object> constants(Class<?> type) {
        var schema = new LinkedHashMap<>(typed("string", ""));
        schema.put(
                "enum",
                Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        return schema;
    }

    private String component(Class<?> type) {
        var known = names.get(type);
        if (known != null) {
            return known;
        }
        var name = freeName(type);
        names.put(type, name); // Before its fields, so that a record may hold its own kind.
        components.put(name, Map.of());
        var fields = object(fields(type));
        if (sent) {
            fields.put("required", required(type));
            fields.put("additionalProperties", false);
            publishChoice(type, fields);
        }
        components.put(name, fields);
        return name;
    }

    private static void publishChoice(Class<?> type, Map<String, Object> schema) {
        var choice = type.getAnnotation(OneOf.class);
        if (choice != null) {
            schema.put(
                    "oneOf",
                    Arrays.stream(choice.value())
                            .map(field -> Map.of(
                                    "required",
                                    List.of(field),
                                    "properties",
                                    Map.of(field, Map.of("not", Map.of("type", "null")))))
                            .toList());
        }
    }

    /** The fields of a body that may not be absent. */
    private static List<String> required(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(Schemas::required)
                .map(RecordComponent::getName)
                .toList();
    }

    private static boolean required(RecordComponent component) {
        return !component.isAnnotationPresent(Default.class)
                && !nullable(component)
                && component.getType() != Map.class
                && (component.getType() != List.class || !RecordReader.mayBeEmpty(component));
    }

    /** A record's fields; those of an unwrapped record stand among them, as they do in the JSON. */
    private SequencedMap<String, Object> fields(Class<?> type) {
        var fields = new LinkedHashMap<String, Object>();
        for (var component : type.getRecordComponents()) {
            // The annotation's own targets move it from the component to its accessor.
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                fields.putAll(fields(written(component)));
            } else {
                RecordReader.names(component).limit(sent ? 2 : 1).forEach(name -> fields.put(name, field(component)));
            }
        }
        return fields;
    }

    private static Class<?> written(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType type && type.getRawType() == Projected.class
                ? (Class<?>) type.getActualTypeArguments()[0]
                : component.getType();
    }

    /** The simple name, with the enclosing class or the package before it where the simple one is taken. */
    private String freeName(Class<?> type) {
        var simple = type.getSimpleName() + (sent ? "Body" : "");
        if (!components.containsKey(simple)) {
            return simple;
        }
        var enclosing = type.getEnclosingClass();
        var packageName = type.getPackageName();
        var before =
                enclosing == null ? packageName.substring(packageName.lastIndexOf('.') + 1) : enclosing.getSimpleName();
        var longer = Character.toUpperCase(before.charAt(0)) + before.substring(1) + simple;
        if (components.containsKey(longer)) {
            throw new AssertionError("two records of the API are named " + longer);
        }
        return longer;
    }

    private Map<String, Object> field(RecordComponent component) {
        var schema = schema(component.getGenericType());
        if (sent) {
            var constraints = Constraints.of(component);
            constraints.publishCount(schema);
            if (schema.get("items") instanceof Map<?, ?> items) {
                var limited = new LinkedHashMap<String, Object>();
                items.forEach((key, value) -> limited.put((String) key, value));
                constraints.publish(limited);
                schema.put("items", limited);
            } else {
                constraints.publish(schema);
            }
            var standard = component.getAnnotation(Default.class);
            if (standard != null) {
                schema.put(
                        "default",
                        standard(ValueKind.of(component.getType())
                                .read(standard.value())
                                .orElseThrow()));
            }
        }
        boolean orNull = component.getType() != Optional.class && nullable(component);
        return described(orNull ? orNull(schema) : schema, component);
    }

    private static boolean nullable(RecordComponent component) {
        return component.getType() == Optional.class
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Map<String, Object> described(Map<String, Object> schema, RecordComponent component) {
        var description = component.getAnnotation(Description.class);
        if (description != null) {
            schema.put("description", description.value());
        }
        return schema;
    }

    private static Map<String, Object> object(Map<String, Object> fields) {
        var schema = new LinkedHashMap<>(typed("object", ""));
        schema.put("properties", fields);
        schema.put("required", List.copyOf(fields.keySet())); // Nulls are written, so every field is there.
        return schema;
    }

    private static Map<String, Object> listOf(Map<String, Object> items) {
        var schema = new LinkedHashMap<>(typed("array", ""));
        schema.put("items", items);
        return schema;
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
            schema.put("type", List.of(type, "null"));
            return schema;
        }
        return new LinkedHashMap<>(Map.of("anyOf", List.of(schema, Map.of("type", "null"))));
    }

    private static Map<String, Object> reference(String name) {
        return new LinkedHashMap<>(Map.of("$ref", "#/components/schemas/" + name));
    }

    private static Map<String, Object> typed(String type, String format) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", type);
        if (!format.isEmpty()) {
            schema.put("format", format);
        }
        return schema;
    }
}
