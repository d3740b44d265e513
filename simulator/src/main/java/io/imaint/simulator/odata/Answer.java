package io.imaint.simulator.odata;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * A successful answer, its body not yet written.
 *
 * @param contentType for the Content-Type header
 * @param headers further headers
 */
public record Answer(String contentType, Map<String, String> headers, Body body) {
    static final String JSON = "application/json;charset=utf-8";
    static final String XML = "application/xml;charset=utf-8";
    static final String TEXT = "text/plain;charset=utf-8";

    /** Writes the body as it is made; nothing of it is kept. */
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static Answer of(String contentType, byte[] body) {
        return new Answer(contentType, Map.of(), out -> out.write(body));
    }
}
