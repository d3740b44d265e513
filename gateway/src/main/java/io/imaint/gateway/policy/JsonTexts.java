package io.imaint.gateway.policy;

import io.imaint.gateway.expression.XmlDocuments;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON strictly, and writes it. Numbers keep their digits. */
final class JsonTexts {
    /** Levels of what is written: an element becomes an object, with an array around it or a text in it. */
    private static final int DEPTH_MAX = 3 * XmlDocuments.DEPTH_MAX;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonTexts() {}

    /** The text is not JSON. The message says why, without quoting it. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Maps, lists, strings, numbers, booleans and null. */
    static @Nullable Object read(String text) throws Malformed {
        if (text.isBlank()) {
            throw new Malformed("it is empty");
        }
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JacksonException malformed) {
            throw new Malformed(malformed.getOriginalMessage());
        }
    }

    static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** A value as the text of a variable: strings without their quotes, the rest as JSON. */
    static String plain(Object value) {
        return switch (value) {
            case String text -> text;
            case BigDecimal number -> number.toPlainString();
            case Map<?, ?> object -> write(object);
            case List<?> list -> write(list);
            default -> value.toString();
        };
    }
}
