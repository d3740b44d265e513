package io.imaint.kernel.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer of a route with a {@link Dialect}.
 *
 * @param body null for none
 */
public record Reply(
        int status, Map<String, String> headers, @Nullable JsonNode body) {
    public Reply {
        headers = Map.copyOf(headers);
    }
}
