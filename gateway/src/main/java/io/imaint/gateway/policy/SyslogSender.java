package io.imaint.gateway.policy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends lines one after the other, and never holds up who has them: what does not fit into the queue, or can't be delivered, is dropped
 * and counted. A thread sends while there are lines, and ends when none came for a while: so nobody has to close this, and
 * a revision that is no longer deployed leaves nothing behind.
 */
final class SyslogSender {
    /** Lines that wait; some seconds of a busy proxy. With the longest lines this is 64 MB for each policy. */
    static final int QUEUE_MAX = 2000;

    /** Bytes of a line. A datagram takes no more than 64 KB, and receivers usually cut at much less. */
    static final int LINE_MAX = 32 * 1024;

    private static final long IDLE_SECONDS = 10;

    /** All lines that were dropped in this process. */
    private static final LongAdder DROPPED = new LongAdder();

    private final SyslogTarget target;
    private final Consumer<String> problems;
    private final ArrayBlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final AtomicBoolean sending = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();

    /**
     * @param problems takes why lines could not be sent, once for each time that it begins
     */
    SyslogSender(SyslogTarget target, Consumer<String> problems) {
        this.target = target;
        this.problems = problems;
    }

    /** Lines of this sender that were dropped. */
    long dropped() {
        return dropped.sum();
    }

    static long droppedByAll() {
        return DROPPED.sum();
    }

    /** Takes a line, without its end; returns at once. */
    void send(String line) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        if (!queue.offer(bytes.length > LINE_MAX ? Arrays.copyOf(bytes, LINE_MAX) : bytes)) {
            drop();
        }
        begin();
    }

    private void drop() {
        dropped.increment();
        DROPPED.increment();
    }

    private void begin() {
        if (sending.compareAndSet(false, true)) {
            Thread.ofVirtual().name("syslog").start(this::drain);
        }
    }

    private void drain() {
        try (var connection = target.protocol() == SyslogTarget.Protocol.UDP ? new Datagrams() : new Stream()) {
            boolean failing = false;
            for (var line = next(); line != null; line = next()) {
                try {
                    connection.send(line);
                    failing = false;
                } catch (IOException | RuntimeException failed) {
                    drop();
                    if (!failing) {
                        problems.accept(
                                "lines can't be sent to %s:%d: %s".formatted(target.host(), target.port(), failed));
                    }
                    failing = true;
                }
            }
        } finally {
            sending.set(false);
            if (!queue.isEmpty()) { // One came between the last look and now.
                begin();
            }
        }
    }

    private byte @Nullable [] next() {
        try {
            return queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Sends line by line. */
    private sealed interface Connection extends AutoCloseable {
        void send(byte[] line) throws IOException;

        @Override
        void close();
    }

    /** A line in each datagram. */
    private final class Datagrams implements Connection {
        private @Nullable DatagramSocket socket;

        @Override
        public void send(byte[] line) throws IOException {
            if (socket == null) {
                socket = new DatagramSocket();
            }
            socket.send(new DatagramPacket(line, line.length, target.address()));
        }

        @Override
        public void close() {
            if (socket != null) {
                socket.close();
            }
        }
    }

    /** A line after the other. When the connection has broken, a line is sent once more on a new one. */
    private final class Stream implements Connection {
        private @Nullable Socket socket;

        @Override
        public void send(byte[] line) throws IOException {
            if (socket != null) {
                try {
                    write(socket.getOutputStream(), line);
                    return;
                } catch (IOException broken) {
                    close();
                }
            }
            var fresh = target.connect();
            socket = fresh;
            try {
                write(fresh.getOutputStream(), line);
            } catch (IOException broken) {
                close();
                throw broken;
            }
        }

        private void write(OutputStream stream, byte[] line) throws IOException {
            var ended = Arrays.copyOf(line, line.length + 1);
            ended[line.length] = '\n';
            stream.write(ended);
            stream.flush();
        }

        @Override
        public void close() {
            var open = socket;
            socket = null;
            try {
                if (open != null) {
                    open.close();
                }
            } catch (IOException broken) {
                // It is gone.
            }
        }
    }
}
