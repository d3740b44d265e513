package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * An answer, its body not yet written.
 *
 * @param contentType for the Content-Type header, empty where there is no body
 * @param headers further headers
 */
public record Answer(int status, String contentType, Map<String, String> headers, Body body) {
    static final String JSON = "application/json;charset=utf-8";
    static final String XML = "application/xml;charset=utf-8";
    static final String TEXT = "text/plain;charset=utf-8";

    /** Writes the body as it is made; nothing of it is kept. */
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static Answer ok(String contentType, byte[] body) {
        return of(200, contentType, Map.of(), body);
    }

    static Answer json(String body) {
        return ok(JSON, body.getBytes(UTF_8));
    }

    public static Answer of(int status, String contentType, Map<String, String> headers, byte[] body) {
        return new Answer(status, contentType, headers, out -> out.write(body));
    }

    /** An answer that has no body: it was done (204), or has not changed (304). */
    static Answer empty(int status, Map<String, String> headers) {
        return new Answer(status, "", headers, out -> {});
    }
}
