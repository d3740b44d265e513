package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;

/** A target that answers with the bytes a test wants. Each connection has a thread. */
@NullMarked
final class ScriptedTarget implements AutoCloseable {
    /** What becomes of one request on a connection. */
    interface Script {
        /**
         * Answers a request.
         *
         * @param number of all requests, from 0
         * @return whether the connection takes another
         */
        boolean answer(int number, String head, InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket listening;
    private final Script script;
    final List<String> heads = new CopyOnWriteArrayList<>();
    final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();

    private ScriptedTarget(Script script) throws IOException {
        this.script = script;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static ScriptedTarget start(Script script) throws IOException {
        var target = new ScriptedTarget(script);
        Thread.ofVirtual().start(target::accept);
        return target;
    }

    /** Answers each request with the same bytes; its body is read when it has a length. */
    static ScriptedTarget answering(String answer) throws IOException {
        return start((number, head, in, out) -> {
            int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
            if (at >= 0) {
                in.readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at))));
            }
            out.write(answer.getBytes(ISO_8859_1));
            return true;
        });
    }

    /** A target that closes each connection after the first answer, without saying so. */
    static ScriptedTarget forgetful(String answer, CountDownLatch second) throws IOException {
        return start((number, head, in, out) -> {
            if (number == 1) { // On the connection that was kept.
                second.countDown();
                return false;
            }
            out.write(answer.getBytes(ISO_8859_1));
            return true;
        });
    }

    String origin() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            return; // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (boolean more = true; more; ) {
                var head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                heads.add(head);
                more = script.answer(requests.getAndIncrement(), head, in, socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (IOException gone) {
            return; // Whether that is right is what the test asks of the other side.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : connections) {
            socket.close();
        }
    }
}
