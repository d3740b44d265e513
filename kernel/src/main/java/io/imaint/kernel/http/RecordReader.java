package io.imaint.kernel.http;

import io.imaint.kernel.identifiers.Identifier;
import io.imaint.kernel.problem.Finding;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one body's JSON into records and notes everything that is wrong with it, each finding with its JSON pointer. */
final class RecordReader {
    /** Findings of one answer; whoever sent more starts over anyway. */
    private static final int FINDINGS_MAX = 100;

    /** Characters of what was sent that are repeated to the caller. */
    private static final int ECHO_LENGTH_MAX = 60;

    private final List<Finding> findings = new ArrayList<>();
    private int refused;

    /** Fails, as an error in the code, for a record with a component that no JSON can be read into. */
    static void requireReadable(Class<?> type) {
        requireReadable(type, new HashSet<>());
    }

    private static void requireReadable(Type type, Set<Type> seen) {
        if (!seen.add(type) || type == JsonNode.class) {
            return;
        }
        if (type instanceof ParameterizedType wrapped) {
            var inner = wrapped.getActualTypeArguments();
            boolean known = List.of(Optional.class, List.class, Map.class).contains(wrapped.getRawType());
            if (!known || (wrapped.getRawType() == Map.class && inner[0] != String.class)) {
                throw new AssertionError(type + " cannot be part of a body");
            }
            requireReadable(inner[inner.length - 1], seen);
        } else if (type instanceof Class<?> record && record.isRecord() && !Identifier.class.isAssignableFrom(record)) {
            for (var component : record.getRecordComponents()) {
                requireReadable(component.getGenericType(), seen);
                requireSensible(component);
            }
        } else {
            ValueKind.of((Class<?>) type);
        }
    }

    private static void requireSensible(RecordComponent component) {
        var constraints = Constraints.of(component);
        var value = valueType(component.getGenericType());
        if (value instanceof Class<?> plain
                && (!plain.isRecord() || Identifier.class.isAssignableFrom(plain))
                && plain != JsonNode.class) {
            constraints.requireFitting(component.getType(), ValueKind.of(plain));
        }
        var standard = component.getAnnotation(Default.class);
        if (standard != null
                && ValueKind.of(component.getType())
                        .read(standard.value())
                        .filter(constraints::allow)
                        .isEmpty()) {
            throw new AssertionError(component + " has a default that it refuses");
        }
    }

    /** The type of a component's values: of the items of a list, of the value that may be absent. */
    private static Type valueType(Type type) {
        return type instanceof ParameterizedType wrapped
                ? valueType(wrapped.getActualTypeArguments()[wrapped.getActualTypeArguments().length - 1])
                : type;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The record; null where something about it was noted. */
    @Nullable
    Object record(Class<?> type, JsonNode node, String pointer) {
        if (!node.isObject()) {
            return refuse(pointer, "must be an object");
        }
        var components = type.getRecordComponents();
        var names = Arrays.stream(components).flatMap(RecordReader::names).toList();
        int before = refused;
        node.propertyNames().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> refuse(inside(pointer, name), "is unknown; known are " + String.join(", ", names)));
        var values = new ArrayList<@Nullable Object>();
        for (var component : components) {
            var name = names(component).filter(node::has).findFirst().orElse(component.getName());
            values.add(component(component, node.get(name), inside(pointer, name)));
        }
        requireOneOf(type, node, pointer);
        return refused > before ? null : RecordFactory.of(type).of(values, reason -> refuse(pointer, reason));
    }

    /** The names under which a component may be sent, its own first. */
    static Stream<String> names(RecordComponent component) {
        var alias = component.getAnnotation(Alias.class);
        return alias == null ? Stream.of(component.getName()) : Stream.of(component.getName(), alias.value());
    }

    private void requireOneOf(Class<?> type, JsonNode node, String pointer) {
        var choice = type.getAnnotation(OneOf.class);
        if (choice != null
                && Arrays.stream(choice.value()).filter(node::hasNonNull).count() != 1) {
            refuse(pointer, "must have exactly one of " + String.join(", ", choice.value()));
        }
    }

    private @Nullable Object component(RecordComponent declared, @Nullable JsonNode node, String pointer) {
        if (node == null) {
            return absent(declared, pointer);
        }
        boolean optional = declared.getType() == Optional.class;
        if (node.isNull()) {
            if (optional) {
                return Optional.empty();
            }
            return nullable(declared) ? null : refuse(pointer, "must not be null");
        }
        var constraints = Constraints.of(declared);
        var value = value(declared.getGenericType(), node, pointer, constraints);
        if (value instanceof List<?> list && !constraints.allowCount(list.size())) {
            return refuse(pointer, "has %d items but must have %s".formatted(list.size(), constraints.countWords()));
        }
        return value;
    }

    private @Nullable Object absent(RecordComponent declared, String pointer) {
        var standard = declared.getAnnotation(Default.class);
        if (standard != null) {
            return ValueKind.of(declared.getType()).read(standard.value()).orElseThrow();
        }
        if (declared.getType() == Optional.class) {
            return Optional.empty();
        } else if (declared.getType() == List.class && mayBeEmpty(declared)) {
            return List.of();
        } else if (declared.getType() == Map.class) {
            return Map.of();
        }
        return nullable(declared) ? null : refuse(pointer, "is required");
    }

    private static boolean nullable(RecordComponent declared) {
        return declared.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** True for a list that need not be sent: an absent one is empty. */
    static boolean mayBeEmpty(RecordComponent declared) {
        var size = declared.getAnnotation(Size.class);
        return size == null || size.min() == 0;
    }

    private @Nullable Object value(Type type, JsonNode node, String pointer, Constraints constraints) {
        if (type == JsonNode.class) {
            return node;
        } else if (type instanceof ParameterizedType wrapped) {
            return wrapped(wrapped, node, pointer, constraints);
        }
        var plain = (Class<?>) type;
        return plain.isRecord() && !Identifier.class.isAssignableFrom(plain)
                ? record(plain, node, pointer)
                : plain(ValueKind.of(plain), node, pointer, constraints);
    }

    private @Nullable Object wrapped(ParameterizedType type, JsonNode node, String pointer, Constraints constraints) {
        var inner = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return Optional.ofNullable(value(inner[0], node, pointer, constraints));
        }
        if (type.getRawType() == List.class) {
            if (!node.isArray()) {
                return refuse(pointer, "must be a list");
            }
            var items = new ArrayList<@Nullable Object>();
            for (int i = 0; i < node.size(); i++) {
                items.add(value(inner[0], node.get(i), pointer + "/" + i, constraints));
            }
            return items;
        }
        if (!node.isObject()) {
            return refuse(pointer, "must be an object");
        }
        var map = new LinkedHashMap<String, @Nullable Object>();
        node.properties()
                .forEach(entry -> map.put(
                        entry.getKey(),
                        value(inner[1], entry.getValue(), inside(pointer, entry.getKey()), constraints)));
        return map;
    }

    /** A value that is one word of JSON; numbers and truths are not taken from text, nor text from them. */
    private @Nullable Object plain(ValueKind kind, JsonNode node, String pointer, Constraints constraints) {
        boolean fits = switch (kind.json()) {
            case WHOLE_NUMBER -> node.isIntegralNumber();
            case NUMBER -> node.isNumber();
            case TRUTH -> node.isBoolean();
            case TEXT -> node.isString();
        };
        var value = fits ? kind.read(node.asString()).filter(constraints::allow) : Optional.empty();
        return value.isPresent()
                ? value.get()
                : refuse(pointer, "is %s but must be %s".formatted(echo(node.toString()), constraints.words(kind)));
    }

    private @Nullable Object refuse(String pointer, String reason) {
        refused++;
        if (findings.size() < FINDINGS_MAX) {
            findings.add(new Finding(pointer, reason));
        }
        return null;
    }

    /** The JSON pointer of a field within an object. Source: RFC 6901. */
    private static String inside(String pointer, String name) {
        return pointer + "/" + echo(name).replace("~", "~0").replace("/", "~1");
    }

    private static String echo(String text) {
        return text.length() > ECHO_LENGTH_MAX ? text.substring(0, ECHO_LENGTH_MAX) + "…" : text;
    }
}
