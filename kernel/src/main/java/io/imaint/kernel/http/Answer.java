package io.imaint.kernel.http;

import io.imaint.kernel.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param route the template of the path that answered, for the meters; one word where none did
 * @param headers beside those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // Answers are sent, never compared.
record Answer(int status, String mediaType, byte[] body, String route, Map<String, String> headers) {
    private static final String UNMATCHED = "unmatched";

    /** Seconds after which a refused client may try again: long enough to let a burst pass. */
    private static final String RETRY_AFTER = "1";

    static Answer json(Object value) {
        return of(200, "application/json", Json.bytes(value));
    }

    static Answer of(int status, String mediaType, byte[] body) {
        return new Answer(status, mediaType, body, UNMATCHED, Map.of());
    }

    static Answer problem(ProblemCode code, String detail) {
        return problem(code, detail, List.of());
    }

    static Answer problem(ProblemCode code, String detail, List<Finding> errors) {
        var answer = of(code.status(), Problem.MEDIA_TYPE, Json.bytes(Problem.of(code, detail, errors)));
        return code.status() == 503 ? answer.with("Retry-After", RETRY_AFTER) : answer;
    }

    Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, mediaType, body, route, more);
    }

    Answer from(String template) {
        return new Answer(status, mediaType, body, template, headers);
    }
}
