package io.imaint.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A server of another make that a test starts on a free port, with its data in a directory of the test's own. */
public final class ExternalServer implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /** Linux gives out ports from 32768, other systems from 49152. */
    private static final int PORT_MIN = 20_000;

    private static final int PORT_MAX = 32_000;
    private static final int PORT_ATTEMPTS_MAX = 100;

    private final ProcessBuilder program;
    private final Path log;
    private final int port;
    private Process process;

    /** What ends the processes that are no descendants of the server's; empty if there are none. */
    private final List<String> ending;

    private final Greeting greeting;

    private ExternalServer(ProcessBuilder program, Path log, int port, Greeting greeting, List<String> ending)
            throws IOException {
        this.program = program;
        this.log = log;
        this.port = port;
        this.greeting = greeting;
        this.ending = ending;
        this.process = program.start();
    }

    /**
     * How a protocol greets. That a port takes a connection proves nothing: the system accepts it before the server does, and
     * what listens may be somebody else.
     */
    private enum Greeting {
        /** PING is answered, or refused for want of a password. */
        REDIS("PING\r\n", 1) {
            @Override
            boolean isAnsweredBy(byte[] answer) {
                return answer[0] == '+' || answer[0] == '-';
            }
        },
        /** The protocol header of AMQP 0-9-1 is answered by the method Connection.Start: class 10, method 10, in a frame of channel 0. */
        AMQP("AMQP\0\0\t\1", 11) {
            @Override
            boolean isAnsweredBy(byte[] answer) {
                var frame = ByteBuffer.wrap(answer);
                return frame.get(0) == 1
                        && frame.getShort(1) == 0
                        && frame.getShort(7) == 10
                        && frame.getShort(9) == 10;
            }
        };

        private final byte[] words;
        private final int answerLength;

        Greeting(String words, int answerLength) {
            this.words = words.getBytes(ISO_8859_1);
            this.answerLength = answerLength;
        }

        /** Whether the first bytes of an answer are those of the protocol. */
        abstract boolean isAnsweredBy(byte[] answer);
    }

    /**
     * A port on which nothing listens, below those that the system gives out itself: a server takes seconds until it listens,
     * and meanwhile any test may be given one of those.
     */
    static int freePort() {
        for (int tried = 0; tried < PORT_ATTEMPTS_MAX; tried++) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX + 1);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                System.getLogger("test").log(System.Logger.Level.DEBUG, "port %d is taken".formatted(port), taken);
            }
        }
        throw new AssertionError("no free port from %d to %d".formatted(PORT_MIN, PORT_MAX));
    }

    /** Skips the test on a machine without Redis. */
    public static ExternalServer redis(Path folder, String... options) throws IOException {
        var program = installed("/usr/bin/redis-server", "redis-server");
        int port = freePort();
        var command = new ArrayList<>(List.of(
                program,
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                folder.toString()));
        command.addAll(List.of(options));
        return started(folder, port, Greeting.REDIS, Map.of(), command);
    }

    /** Skips the test on a machine without RabbitMQ. It has the user guest and the virtual host {@code /}. */
    public static ExternalServer rabbitMq(Path folder) throws IOException {
        var program = installed("/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server");
        int port = freePort();
        Files.writeString(folder.resolve("plugins"), "[].");
        return started(
                folder,
                port,
                Greeting.AMQP,
                Map.ofEntries(
                        Map.entry("HOME", folder.toString()),
                        Map.entry("RABBITMQ_NODENAME", "imaint-test-%d@localhost".formatted(port)),
                        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                        Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(freePort())),
                        Map.entry("ERL_EPMD_PORT", Integer.toString(freePort())),
                        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                        Map.entry(
                                "RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
                        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                        Map.entry("RABBITMQ_LOGS", "-"),
                        Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                        Map.entry(
                                "RABBITMQ_ENABLED_PLUGINS_FILE",
                                folder.resolve("plugins").toString()),
                        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("none").toString())),
                List.of(program));
    }

    private static String installed(String program, String debianPackage) {
        assumeTrue(
                Files.isExecutable(Path.of(program)),
                "%s is not installed; install it with: apt-get install %s".formatted(program, debianPackage));
        return program;
    }

    private static ExternalServer started(
            Path folder, int port, Greeting greeting, Map<String, String> variables, List<String> command)
            throws IOException {
        var log = folder.resolve("server.log");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(variables);
        var server = new ExternalServer(builder, log, port, greeting, ending(variables));
        server.awaitStart();
        return server;
    }

    private void awaitStart() throws IOException {
        try {
            Awaitility.await().atMost(START_MAX).until(this::answers);
        } catch (RuntimeException | AssertionError late) {
            close();
            throw new AssertionError(Files.readString(log), late);
        }
    }

    /** Ends the server as a power failure would. */
    public void kill() {
        var all = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(ended -> ended.onExit().join());
    }

    /** Starts the server that was killed, on its port and with its data. */
    public void restart() throws IOException {
        process = program.start();
        awaitStart();
    }

    /** Erlang leaves its name service behind, as a daemon. */
    private static List<String> ending(Map<String, String> variables) {
        var names = variables.get("ERL_EPMD_PORT");
        return names == null ? List.of() : List.of("epmd", "-port", names, "-kill");
    }

    private boolean answers() throws IOException {
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        var loopback = InetAddress.getLoopbackAddress();
        try (var socket = new Socket()) {
            socket.setSoTimeout(Math.toIntExact(ANSWER_MAX.toMillis()));
            socket.connect(new InetSocketAddress(loopback, port));
            socket.getOutputStream().write(greeting.words);
            var answer = socket.getInputStream().readNBytes(greeting.answerLength);
            return answer.length == greeting.answerLength && greeting.isAnsweredBy(answer);
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** With the processes that it started. */
    @Override
    public void close() {
        var all = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            all.forEach(ProcessHandle::destroyForcibly);
            if (!ending.isEmpty()) {
                new ProcessBuilder(ending).start().waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
