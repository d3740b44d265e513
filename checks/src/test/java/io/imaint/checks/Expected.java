package io.imaint.checks;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Mapping;
import io.imaint.store.Document;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The document that a row of SAP's JSON should have become. Written a second time on purpose, from the JSON as it stands on
 * the wire, so that a mistake in the client or the mapping does not hide in the expectation.
 */
final class Expected {
    private Expected() {}

    static Document document(Integration integration, JsonNode row) {
        var document = new Document();
        document.put("id", id(integration, row));
        for (var field : integration.mapping().fields()) {
            var value = value(field, row.get(field.from()));
            if (value != null) {
                document.put(field.to(), value);
            }
        }
        return document;
    }

    static String id(Integration integration, JsonNode row) {
        var keys = integration.mapping().keys();
        return keys.size() == 1
                ? row.get(keys.getFirst()).stringValue()
                : keys.stream()
                        .map(key ->
                                row.get(key).stringValue().replace("%", "%25").replace("/", "%2F"))
                        .collect(Collectors.joining("/"));
    }

    private static @Nullable Object value(Mapping.Field field, JsonNode json) {
        return switch (field.convert()) {
            case TEXT -> plain(json);
            case DATE -> day(json);
            case INSTANT -> json.isNull() ? null : instant(json);
            case CODES ->
                List.of(
                        json.stringValue().isBlank()
                                ? new String[0]
                                : json.stringValue().strip().split(" +", -1));
            case LIFECYCLE -> {
                var codes = List.of(json.stringValue().split(" +", -1));
                yield field.precedence().stream()
                        .filter(codes::contains)
                        .findFirst()
                        .orElse(null);
            }
            case FLAG -> json.stringValue().equals("X");
            case LOOKUP -> throw new AssertionError("the product looks nothing up");
        };
    }

    private static @Nullable Object plain(JsonNode json) {
        if (json.isNull() || (json.isString() && json.stringValue().isEmpty())) {
            return null;
        }
        if (json.isNumber()) {
            return json.longValue();
        }
        var text = json.stringValue();
        if (text.startsWith("/Date(")) {
            var instant = instant(json);
            return text.contains("+") ? instant : instant.atZone(ZoneOffset.UTC).toLocalDate();
        }
        if (text.matches("PT\\d\\dH\\d\\dM\\d\\dS")) {
            return LocalTime.of(
                    Integer.parseInt(text.substring(2, 4)),
                    Integer.parseInt(text.substring(5, 7)),
                    Integer.parseInt(text.substring(8, 10)));
        }
        return text;
    }

    private static @Nullable LocalDate day(JsonNode json) {
        if (json.isNull() || json.stringValue().isEmpty()) {
            return null;
        }
        return json.stringValue().startsWith("/Date(")
                ? instant(json).atZone(ZoneOffset.UTC).toLocalDate()
                : LocalDate.parse(json.stringValue(), DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static Instant instant(JsonNode json) {
        return Instant.ofEpochMilli(Long.parseLong(json.stringValue().replaceAll("^/Date\\((-?\\d+).*$", "$1")));
    }

    /** The value as numbers compare, whether SAP wrote it as a text of digits or the store as a number; null for an empty list. */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof List<?> list && list.isEmpty()) {
            return null;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().toPlainString();
        }
        if (value instanceof String text && text.matches("-?\\d+\\.\\d+(E-?\\d+)?")) {
            return new BigDecimal(text).stripTrailingZeros().toPlainString();
        }
        return value;
    }

    /** The fields that have a value, each as {@link #comparable(Object)} makes it. */
    static Map<String, Object> comparable(Document document) {
        var fields = new HashMap<String, Object>();
        document.forEach((name, value) -> {
            var comparable = comparable(value);
            if (comparable != null) {
                fields.put(name, comparable);
            }
        });
        return fields;
    }
}
