package io.imaint.services.seed;

import io.imaint.store.Document;
import io.imaint.store.JsonValues;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Seed data as JSON, and its values as documents keep them. */
final class SeedJson {
    /** Deeper than any form; deeper input would only exhaust the stack. */
    private static final int DEPTH_MAX = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private SeedJson() {}

    /** Text that is no JSON, or has a property twice. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        private final String place;
        private final String reason;

        private Broken(String place, String reason, JacksonException cause) {
            super(place + " " + reason, cause);
            this.place = place;
            this.reason = reason;
        }

        SeedFinding in(String file) {
            return new SeedFinding(file, "", place, reason);
        }
    }

    static JsonNode read(byte[] bytes) throws Broken {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            var place = at == null ? "" : "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
            var reason = broken instanceof StreamReadException || broken.getOriginalMessage() != null
                    ? broken.getOriginalMessage()
                    : String.valueOf(broken.getMessage());
            throw new Broken(place, reason.lines().findFirst().orElse("is no JSON"), broken);
        }
    }

    static byte[] bytes(JsonNode node) {
        return (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** See {@link JsonValues#of}. */
    static @Nullable Object kept(JsonNode node) {
        return JsonValues.of(node);
    }

    static @Nullable Object number(@Nullable Object value) {
        return JsonValues.number(value);
    }

    /** The JSON of a kept value, without fields that are null. */
    static JsonNode node(@Nullable Object kept) {
        var nodes = JsonNodeFactory.instance;
        return switch (kept) {
            case null -> nodes.nullNode();
            case String text -> nodes.stringNode(text);
            case Long whole -> nodes.numberNode(whole);
            case BigDecimal decimal -> nodes.numberNode(decimal);
            case Boolean flag -> nodes.booleanNode(flag);
            case List<?> list -> {
                var array = nodes.arrayNode();
                list.forEach(item -> array.add(node(item)));
                yield array;
            }
            case Document document -> {
                var object = nodes.objectNode();
                document.forEach((name, value) -> {
                    if (value != null) {
                        object.set(name, node(value));
                    }
                });
                yield object;
            }
            default -> throw new AssertionError("a document cannot keep a " + kept.getClass());
        };
    }

    /** The value in maps and lists, without fields that are null. */
    static @Nullable Object plain(@Nullable Object kept) {
        return switch (kept) {
            case Document document -> {
                var map = new LinkedHashMap<String, Object>();
                document.forEach((name, value) -> {
                    var plain = plain(value);
                    if (plain != null) {
                        map.put(name, plain);
                    }
                });
                yield map;
            }
            case List<?> list -> list.stream().map(SeedJson::plain).toList();
            case null -> null;
            default -> kept;
        };
    }

    /** A value on one line, for people. */
    static String line(@Nullable Object kept) {
        return kept == null ? "absent" : node(kept).toString();
    }

    /** What two equal values share and no two others: SHA-256 in hexadecimal digits. */
    static String hash(@Nullable Object kept) {
        return hash(sorted(node(kept)).toString().getBytes(StandardCharsets.UTF_8));
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        var nodes = JsonNodeFactory.instance;
        if (node.isObject()) {
            var object = nodes.objectNode();
            node.properties().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(field -> object.set(field.getKey(), sorted(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            var array = nodes.arrayNode();
            node.values().forEach(item -> array.add(sorted(item)));
            return array;
        }
        return node;
    }
}
