package io.imaint.kernel.http;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one body's JSON into records and notes everything that is wrong with it, each finding with its path. */
final class BodyReader {
    /** Findings that one answer tells; who sent more starts over anyway. */
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
        } else if (type instanceof Class<?> record && record.isRecord()) {
            for (var component : record.getRecordComponents()) {
                requireReadable(component.getGenericType(), seen);
            }
        } else {
            ValueKind.of((Class<?>) type);
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The record; null where something about it was noted. */
    @Nullable
    Object record(Class<?> type, JsonNode node, String path) {
        if (!node.isObject()) {
            return refuse(path, "must be an object");
        }
        var components = type.getRecordComponents();
        var names = Arrays.stream(components).map(RecordComponent::getName).toList();
        node.propertyNames().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> refuse(inside(path, echo(name)), "is unknown; known are " + String.join(", ", names)));
        int before = refused;
        var values = new ArrayList<@Nullable Object>();
        for (var component : components) {
            values.add(component(component, node.get(component.getName()), inside(path, component.getName())));
        }
        return refused > before ? null : RecordFactory.of(type).of(values, reason -> refuse(path, reason));
    }

    private @Nullable Object component(RecordComponent declared, @Nullable JsonNode node, String path) {
        var type = declared.getGenericType();
        if (node == null || node.isNull()) {
            return absent(declared, path);
        }
        var value = value(type, node, path);
        var range = declared.getAnnotation(Range.class);
        if (range != null && value instanceof Number number) {
            long whole = number.longValue();
            if (whole < range.min() || whole > range.max()) {
                return refuse(
                        path,
                        "is %d but must be a whole number from %d to %d".formatted(whole, range.min(), range.max()));
            }
        }
        return value;
    }

    private @Nullable Object absent(RecordComponent declared, String path) {
        var standard = declared.getAnnotation(Default.class);
        if (standard != null) {
            return ValueKind.of(declared.getType()).read(standard.value()).orElseThrow();
        }
        if (declared.getType() == Optional.class) {
            return Optional.empty();
        } else if (declared.getType() == List.class) {
            return List.of();
        } else if (declared.getType() == Map.class) {
            return Map.of();
        }
        return declared.getAnnotatedType().isAnnotationPresent(Nullable.class) ? null : refuse(path, "is required");
    }

    private @Nullable Object value(Type type, JsonNode node, String path) {
        if (type == JsonNode.class) {
            return node;
        } else if (type instanceof ParameterizedType wrapped) {
            return wrapped(wrapped, node, path);
        }
        var plain = (Class<?>) type;
        return plain.isRecord() ? record(plain, node, path) : plain(ValueKind.of(plain), node, path);
    }

    private @Nullable Object wrapped(ParameterizedType type, JsonNode node, String path) {
        var inner = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return Optional.ofNullable(value(inner[0], node, path));
        }
        if (type.getRawType() == List.class) {
            if (!node.isArray()) {
                return refuse(path, "must be a list");
            }
            var items = new ArrayList<@Nullable Object>();
            for (int i = 0; i < node.size(); i++) {
                items.add(value(inner[0], node.get(i), path + "[" + i + "]"));
            }
            return items;
        }
        if (!node.isObject()) {
            return refuse(path, "must be an object");
        }
        var map = new LinkedHashMap<String, @Nullable Object>();
        node.properties()
                .forEach(entry ->
                        map.put(entry.getKey(), value(inner[1], entry.getValue(), inside(path, echo(entry.getKey())))));
        return map;
    }

    /** A value that is one word of JSON; numbers and truths are not taken from text, nor text from them. */
    private @Nullable Object plain(ValueKind kind, JsonNode node, String path) {
        boolean fits = kind.number() ? node.isIntegralNumber() : kind.truth() ? node.isBoolean() : node.isString();
        var value = fits ? kind.read(node.asString()) : Optional.empty();
        return value.isPresent()
                ? value.get()
                : refuse(path, "is %s but must be %s".formatted(echo(node.toString()), kind.words()));
    }

    private @Nullable Object refuse(String path, String reason) {
        refused++;
        if (findings.size() < FINDINGS_MAX) {
            findings.add(new Finding(path, reason));
        }
        return null;
    }

    private static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String echo(String text) {
        return text.length() > ECHO_LENGTH_MAX ? text.substring(0, ECHO_LENGTH_MAX) + "…" : text;
    }
}
