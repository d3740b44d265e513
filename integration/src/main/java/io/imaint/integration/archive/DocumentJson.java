package io.imaint.integration.archive;

import io.imaint.store.Document;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Documents as JSON text that gives back what was written: a whole number has neither point nor exponent and comes back
 * as a {@link Long}; a decimal always has one of them and comes back as a {@link BigDecimal} with its scale.
 */
final class DocumentJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            // The line that holds a text bounds it.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private DocumentJson() {}

    static JsonGenerator generator(OutputStream out) {
        return JSON.createGenerator(ObjectWriteContext.empty(), out);
    }

    static void write(JsonGenerator json, Document document) {
        json.writeStartObject();
        document.forEach((name, value) -> {
            json.writeName(name);
            value(json, value);
        });
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Long whole -> json.writeNumber(whole);
            case BigDecimal decimal -> json.writeNumber(fraction(decimal));
            case Boolean flag -> json.writeBoolean(flag);
            case Document document -> write(json, document);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> value(json, item));
                json.writeEndArray();
            }
            default -> throw new AssertionError("a document cannot keep a " + value.getClass());
        }
    }

    private static String fraction(BigDecimal decimal) {
        var text = decimal.toString();
        return text.indexOf('.') < 0 && text.indexOf('E') < 0 ? text + "e0" : text;
    }

    /** The one document in some bytes; {@link StreamReadException} or {@link IllegalArgumentException} for others. */
    static Document read(byte[] bytes, int length) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a line is no object");
            }
            var document = document(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("a line holds more than an object");
            }
            return document;
        }
    }

    private static Document document(JsonParser json) {
        var document = new Document();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            document.putKept(name, value(json));
        }
        return document;
    }

    private static @Nullable Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> document(json);
            case START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalArgumentException("a value is missing");
        };
    }
}
