package io.imaint.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The wire between a process and a MongoDB, cut for good at its n-th message that writes: before the server gets it, or
 * after the server has carried it out and before the process hears of it.
 */
final class CutWire implements AutoCloseable {
    private static final int HEADER = 4;
    private static final List<String> WRITES = List.of("findAndModify", "update", "insert", "delete");

    private final ServerSocket listener;
    private final int server;
    private final int lastWrite;
    private final boolean doneThen;
    private final AtomicInteger writes = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch cut = new CountDownLatch(1);

    CutWire(int server, int lastWrite, boolean doneThen) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.lastWrite = lastWrite;
        this.doneThen = doneThen;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Open until the wire is cut. */
    CountDownLatch cut() {
        return cut;
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                var behind = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(client);
                sockets.add(behind);
                Thread.ofVirtual().start(() -> exchange(client, behind));
            }
        } catch (IOException closed) {
            close();
        }
    }

    /** MongoDB's connections carry one request and its answer at a time. */
    private void exchange(Socket client, Socket behind) {
        try (client;
                behind) {
            var requests = new DataInputStream(client.getInputStream());
            var answers = new DataInputStream(behind.getInputStream());
            while (true) {
                var request = message(requests);
                int number = writes(request) ? writes.incrementAndGet() : 0;
                if (number > lastWrite || (number == lastWrite && !doneThen)) {
                    break;
                }
                send(behind.getOutputStream(), request);
                var answer = message(answers);
                if (number == lastWrite) {
                    break;
                }
                send(client.getOutputStream(), answer);
            }
            close();
        } catch (IOException ended) {
            sockets.remove(client);
        }
    }

    private static boolean writes(byte[] message) {
        var start = new String(message, 0, Math.min(message.length, 100), StandardCharsets.ISO_8859_1);
        return WRITES.stream().anyMatch(start::contains);
    }

    private static byte[] message(DataInputStream from) throws IOException {
        var length = new byte[HEADER];
        from.readFully(length);
        int size = (length[0] & 0xFF) | (length[1] & 0xFF) << 8 | (length[2] & 0xFF) << 16 | (length[3] & 0xFF) << 24;
        var message = new byte[size];
        System.arraycopy(length, 0, message, 0, HEADER);
        from.readFully(message, HEADER, size - HEADER);
        return message;
    }

    private static void send(OutputStream to, byte[] message) throws IOException {
        to.write(message);
        to.flush();
    }

    /** Ends the wire early, from whichever thread. */
    void end() {
        close();
    }

    @Override
    public void close() {
        cut.countDown();
        try {
            listener.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }
}
