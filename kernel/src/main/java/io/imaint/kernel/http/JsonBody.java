package io.imaint.kernel.http;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that was sent, and the record that it is read into.
 *
 * <p>Components are what parameters can be, records, lists, maps by text, or {@link JsonNode} for a part whose form the
 * service itself knows. A component that is nullable, optional, a list, a map or has a {@link Default} may be absent;
 * null is taken only where the component is nullable or optional; a field that no component has is refused by name.
 */
final class JsonBody {
    static final String MEDIA_TYPE = "application/json";

    /** Objects within objects; no document of ours has a third of it, and each level costs stack. */
    private static final int DEPTH_MAX = 30;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonBody() {}

    /** The JSON, or a failure that says where it is malformed. */
    static JsonNode tree(byte[] json) {
        if (json.length == 0) {
            throw refused("a body is required");
        }
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException malformed) {
            var place = malformed.getLocation();
            var where = place == null || place.getLineNr() < 1
                    ? ""
                    : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
            throw refused("the body is not valid JSON%s: %s".formatted(where, reason(malformed)));
        }
    }

    /** What is wrong, in our words: the parser's own repeat what was sent and name its settings. */
    private static String reason(JacksonException malformed) {
        return switch (malformed) {
            case UnexpectedEndOfInputException ignored -> "it ends too early";
            case StreamConstraintsException ignored ->
                "a name, text or number is too long, or objects are nested to a depth of more than " + DEPTH_MAX;
            default ->
                String.valueOf(malformed.getOriginalMessage()).startsWith("Duplicate")
                        ? "a field is given twice"
                        : "a character is out of place";
        };
    }

    /** The record, or a failure with everything that is wrong with the JSON. */
    static <R extends Record> R read(Class<R> type, JsonNode tree) {
        var reader = new RecordReader();
        var record = reader.record(type, tree, "");
        if (record == null || !reader.findings().isEmpty()) {
            throw HttpProblem.BODY_INVALID.because(reader.findings());
        }
        return type.cast(record);
    }

    static Failure refused(String reason) {
        return HttpProblem.BODY_INVALID.because(List.of(new Finding("", reason)));
    }
}
