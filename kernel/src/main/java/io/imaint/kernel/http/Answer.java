package io.imaint.kernel.http;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param route the template of the path that answered, for the meters; one word where none did
 * @param content what follows the head, unless a stream does
 * @param headers beside those that every answer has
 * @param cookies lines of the header {@code Set-Cookie}
 * @param stream the events that follow the head; null where the answer is whole
 */
record Answer(
        int status,
        String mediaType,
        Content content,
        String route,
        Map<String, String> headers,
        List<String> cookies,
        @Nullable Opening stream) {
    private static final String UNMATCHED = "unmatched";

    /** Seconds after which a refused client may try again: long enough to let a burst pass. */
    private static final String RETRY_AFTER = "1";

    static Answer json(int status, Object value) {
        return of(status, "application/json", Json.bytes(value));
    }

    static Answer of(int status, String mediaType, byte[] body) {
        return of(status, mediaType, new Content.Whole(body));
    }

    static Answer of(int status, String mediaType, Content content) {
        return new Answer(status, mediaType, content, UNMATCHED, Map.of(), List.of(), null);
    }

    static Answer streaming(Opening stream) {
        return new Answer(
                200, Opening.MEDIA_TYPE, new Content.Whole(new byte[0]), UNMATCHED, Map.of(), List.of(), stream);
    }

    static Answer problem(ProblemCode code, String detail) {
        return problem(code.because(detail));
    }

    static Answer problem(Failure failure) {
        int status = failure.code().status();
        var answer = of(status, Problem.MEDIA_TYPE, Json.bytes(Problem.of(failure)));
        if (failure.current() instanceof Versioned<?> current) {
            answer = answer.with("ETag", current.tag());
        }
        var wait = failure.retryAfter();
        if (wait != null) {
            return answer.with("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
        }
        return status == 503 ? answer.with("Retry-After", RETRY_AFTER) : answer;
    }

    Answer with(List<Cookie> more) {
        var lines = more.stream().map(Cookie::line).toList();
        return new Answer(status, mediaType, content, route, headers, lines, stream);
    }

    Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, mediaType, content, route, more, cookies, stream);
    }

    Answer of(String type) {
        return new Answer(status, type, content, route, headers, cookies, stream);
    }

    Answer saying(byte[] body) {
        return new Answer(status, mediaType, new Content.Whole(body), route, headers, cookies, stream);
    }

    Answer from(String template) {
        return new Answer(status, mediaType, content, template, headers, cookies, stream);
    }
}
