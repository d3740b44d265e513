package io.imaint.kernel.http;

import java.util.Map;
import java.util.function.BiConsumer;

/** The headers that every answer has, those of failures before routing included. */
final class AnswerHeaders {
    /** What an answer has unless it says otherwise. Answers hold plant data or the state of now: neither is for a cache. */
    private static final Map<String, String> STANDARD = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private AnswerHeaders() {}

    static void write(Answer answer, String requestId, BiConsumer<String, String> out) {
        if (answer.status() != 204) {
            out.accept("Content-Type", answer.mediaType());
        }
        out.accept("X-Request-Id", requestId);
        var own = answer.headers();
        STANDARD.forEach((name, value) -> {
            if (!own.containsKey(name)) {
                out.accept(name, value);
            }
        });
        own.forEach(out);
        answer.cookies().forEach(line -> out.accept("Set-Cookie", line));
    }
}
