package io.imaint.kernel.http;

import java.util.List;

/**
 * What of a request decides its answer.
 *
 * @param path as sent, still percent-encoded
 * @param query as sent, still percent-encoded; empty where there is none
 * @param authorization the header's value; empty where there is none
 * @param accept the header's values, joined by commas; empty where there is none
 * @param hasBody true when a body follows
 */
record Request(String method, String path, String query, String authorization, String accept, boolean hasBody) {
    /** Longer paths than any route's cannot match; the bound keeps the search for routes short. */
    private static final int SEGMENTS_MAX = 32;

    /** The method that decides: HEAD is GET whose body is not sent. */
    String effectiveMethod() {
        return method.equals("HEAD") ? "GET" : method;
    }

    List<String> parts() {
        var parts = path.startsWith("/") ? PathTemplate.parts(path) : List.<String>of("");
        return parts.size() > SEGMENTS_MAX ? List.of("") : parts;
    }

    boolean ofApi() {
        return path.equals("/api") || path.startsWith("/api/");
    }
}
