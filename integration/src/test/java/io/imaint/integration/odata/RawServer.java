package io.imaint.integration.odata;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that writes exactly the bytes it is told to, right or wrong. A script that throws closes the connection. */
final class RawServer implements AutoCloseable {
    /** One request as it came: its first line and its headers by their names in lower case. */
    record Request(String line, Map<String, String> headers) {
        String target() {
            return line.split(" ", -1)[1];
        }
    }

    interface Script {
        void answer(Request request, OutputStream out) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    RawServer(Script script) {
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    /** A server that answers every request with one body. */
    static RawServer of(int status, String contentType, String body) {
        return new RawServer((request, out) ->
                out.write(answer(status, "Content-Type: " + contentType, body.getBytes(StandardCharsets.UTF_8))));
    }

    static byte[] answer(int status, String headers, byte[] body) {
        var head = "HTTP/1.1 %d X\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(status, headers.isEmpty() ? "" : headers + "\r\n", body.length);
        var bytes = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, head.length());
        System.arraycopy(body, 0, bytes, head.length(), body.length);
        return bytes;
    }

    static byte[] json(String body) {
        return answer(200, "Content-Type: application/json;charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/sap/opu/odata/sap/TEST_SRV");
    }

    List<Request> requests() {
        return requests;
    }

    /** How many connections the server holds. */
    int connections() {
        return open.size();
    }

    /** Closes the connections but not the server, as one does with idle connections. */
    void hangUp() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            hangUp();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var headers = new TreeMap<String, String>();
                for (var header = line(in); !header.isEmpty(); header = line(in)) {
                    int colon = header.indexOf(':');
                    headers.put(
                            header.substring(0, colon).toLowerCase(Locale.ROOT),
                            header.substring(colon + 1).strip());
                }
                var request = new Request(line, headers);
                requests.add(request);
                script.answer(request, socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (IOException gone) {
            // The client went away or the script wants the connection closed.
        } finally {
            open.remove(socket);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
