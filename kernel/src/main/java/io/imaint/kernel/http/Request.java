package io.imaint.kernel.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What of a request decides its answer.
 *
 * @param path as sent, still percent-encoded
 * @param query as sent, still percent-encoded; empty where there is none
 * @param headers a header's values by its name, joined by commas; empty where there is none
 * @param address the client's network address, behind trusted proxies too
 * @param body the body, to be read once; null where none follows
 */
record Request(
        String method,
        String path,
        String query,
        UnaryOperator<String> headers,
        String address,
        @Nullable Sent body) {
    /** A body on its way. */
    interface Sent {
        /**
         * The body as it comes. Reading fails with {@link HttpProblem#BODY_TOO_LARGE} after so many bytes, and with
         * {@link HttpProblem#REQUEST_MALFORMED} where it is cut short or not what HTTP calls a body.
         */
        InputStream open(long sizeMax);

        /** The whole body, of at most so many bytes. */
        default byte[] bytes(long sizeMax) {
            try (var in = open(sizeMax)) {
                return in.readAllBytes();
            } catch (IOException impossible) { // Failures of reading are no such exceptions; see open.
                throw new UncheckedIOException(impossible);
            }
        }
    }

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
