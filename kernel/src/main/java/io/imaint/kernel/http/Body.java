package io.imaint.kernel.http;

import io.imaint.kernel.problem.Finding;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a route: a JSON object whose fields are the components of a record.
 *
 * <p>Components are what parameters can be, records, lists, maps by text, or {@link JsonNode} for a part whose form the
 * service itself knows. A component that is nullable, optional, a list, a map or has a {@link Default} may be absent;
 * a field that no component has is refused by name.
 */
final class Body<B extends Record> {
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

    private final Class<B> type;

    private Body(Class<B> type) {
        this.type = type;
    }

    /** The body that a record declares; components of other kinds are errors in the code. */
    static <B extends Record> Body<B> of(Class<B> type) {
        BodyReader.requireReadable(type);
        return new Body<>(type);
    }

    Class<B> type() {
        return type;
    }

    /** The record, or everything that is wrong with the JSON. */
    Reading<B> read(byte[] json) {
        if (json.length == 0) {
            return refused("a body is required");
        }
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (JacksonException malformed) {
            var place = malformed.getLocation();
            var reason = String.valueOf(malformed.getOriginalMessage()).lines().findFirst();
            return refused("the body is no JSON%s: %s"
                    .formatted(
                            place == null || place.getLineNr() < 1
                                    ? ""
                                    : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr()),
                            reason.orElse("it cannot be read")));
        }
        var reader = new BodyReader();
        var record = reader.record(type, tree, "");
        return record == null || !reader.findings().isEmpty()
                ? new Reading.Refused<>(reader.findings())
                : new Reading.Read<>(type.cast(record));
    }

    private static <B> Reading<B> refused(String reason) {
        return new Reading.Refused<>(List.of(new Finding("", reason)));
    }
}
