package io.imaint.kernel.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that sends bytes as they are, so that tests can send what no real client would. */
@NullMarked
final class RawClient {
    /** Far above what any test needs; a test that waits this long has failed. */
    private static final int TIMEOUT_MS = 20_000;

    private static final JsonMapper JSON = new JsonMapper();

    /** An answer as it came; header names in small letters. */
    @SuppressWarnings("ArrayRecordComponent") // Replies are read, never compared.
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return Optional.ofNullable(headers.get(name)).orElse("");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    private RawClient() {}

    /** Sends a GET with header lines. */
    static Reply get(URI server, String target, String... headers) {
        return request(server, "GET", target, headers);
    }

    static Reply request(URI server, String method, String target, String... headers) {
        var lines = String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
        return send(server, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(method, target, lines));
    }

    /** Sends a body, as JSON unless the header lines say otherwise. */
    static Reply send(URI server, String method, String target, String json, String... headers) {
        boolean typed = Stream.of(headers).anyMatch(header -> header.startsWith("Content-Type"));
        var more = Stream.concat(
                        Stream.of(headers),
                        Stream.of(
                                typed ? "X-Typed: above" : "Content-Type: application/json",
                                "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length))
                .toArray(String[]::new);
        var head =
                "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n".formatted(method, target, String.join("\r\n", more));
        return send(server, head + new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** Sends text byte by byte as ISO 8859-1 and reads one answer. */
    static Reply send(URI server, String raw) {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var reply = read(socket, raw.startsWith("HEAD "));
            var line = raw.split(" ", 3);
            if (line.length > 2) {
                Published.check(line[0], line[1], reply);
            }
            return reply;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Reply read(Socket socket, boolean withoutBody) throws IOException {
        var in = socket.getInputStream();
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
        }
        var lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
        var headers = new LinkedHashMap<String, String>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        int length = withoutBody ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, in.readNBytes(length));
    }
}
