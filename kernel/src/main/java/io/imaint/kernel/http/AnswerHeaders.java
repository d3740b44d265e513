package io.imaint.kernel.http;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The headers that every answer has, those of failures before routing included. */
final class AnswerHeaders {
    private AnswerHeaders() {}

    static SequencedMap<String, String> of(Answer answer, String requestId) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", answer.mediaType());
        headers.put("X-Request-Id", requestId);
        // Answers hold plant data or the state of now; neither belongs in a cache.
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.putAll(answer.headers());
        return headers;
    }
}
