package io.imaint.kernel.http;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What of a request decides its answer.
 *
 * @param path as sent, still percent-encoded
 * @param query as sent, still percent-encoded; empty where there is none
 * @param headers a header's values by its name, joined by commas; empty where there is none
 * @param body reads the body, once, of at most so many bytes; null where none follows
 */
record Request(
        String method,
        String path,
        String query,
        UnaryOperator<String> headers,
        @Nullable IntFunction<byte[]> body) {
    /** Longer paths than any route's cannot match; the bound keeps the search for routes short. */
    private static final int SEGMENTS_MAX = 32;

    /** The method that decides: HEAD is GET whose body is not sent. */
    String effectiveMethod() {
        return method.equals("HEAD") ? "GET" : method;
    }

    String header(String name) {
        return headers.apply(name);
    }

    List<String> parts() {
        var parts = path.startsWith("/") ? PathTemplate.parts(path) : List.<String>of("");
        return parts.size() > SEGMENTS_MAX ? List.of("") : parts;
    }

    boolean ofApi() {
        return path.equals("/api") || path.startsWith("/api/");
    }
}
