package io.imaint.checks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The program as a process of its own, the way a user starts it; closing it kills what still runs. */
final class Program implements AutoCloseable {
    /** Long for a machine under load; a test that waits so long has failed. */
    private static final long PATIENCE_SECONDS = 180;

    private static final String END = "\u0000";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());

    private Program(Process process) {
        this.process = process;
        read(process.getInputStream(), lines::add, () -> lines.add(END));
        read(process.getErrorStream(), errors::add, () -> {});
    }

    static Program start(Path home, Map<String, String> settings, String... arguments) {
        // A third of the time until it is ready would go into the second compiler.
        return start(List.of("-XX:TieredStopAtLevel=1"), home, settings, arguments);
    }

    /** With all compilers, as a benchmark needs it. */
    static Program startToMeasure(Path home, Map<String, String> settings, String... arguments) {
        return start(List.of(), home, settings, arguments);
    }

    private static Program start(List<String> options, Path home, Map<String, String> settings, String... arguments) {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add("io.imaint.app.Main");
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("IMAINT_"));
        builder.environment().put("IMAINT_HOME", home.toString());
        builder.environment().put("IMAINT_PORT", "0");
        builder.environment().put("IMAINT_GATEWAY_PORT", "0");
        builder.environment().put("IMAINT_SIMULATOR_PORT", "0");
        builder.environment().putAll(settings);
        try {
            return new Program(builder.start());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The first line on standard output that starts so; what came before it is passed over. */
    String awaitLine(String start) {
        var passedOver = new ArrayList<String>();
        while (true) {
            var line = poll();
            if (line == null || line.equals(END)) {
                throw new AssertionError(
                        "no line '%s…' but %s and on standard error %s".formatted(start, passedOver, errors));
            }
            if (line.startsWith(start)) {
                return line;
            }
            passedOver.add(line);
        }
    }

    /** Waits for the end; all lines of standard output that nobody took yet. */
    String output() {
        var all = new StringBuilder();
        for (var line = poll(); line != null && !line.equals(END); line = poll()) {
            all.append(line).append('\n');
        }
        return all.toString();
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running; standard error: " + errors);
            }
            return process.exitValue();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }

    String errors() {
        return String.join("\n", errors);
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to stop, as Ctrl-C does. */
    Program terminate() {
        process.destroy();
        return this;
    }

    /** Kills it at once, as kill -9 does. */
    Program kill() {
        process.destroyForcibly();
        return this;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }

    private @Nullable String poll() {
        try {
            return lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void read(InputStream stream, Consumer<String> sink, Runnable atEnd) {
        Thread.ofVirtual().start(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(sink);
            } catch (IOException | UncheckedIOException closed) {
                errors.add("stream closed: " + closed.getMessage());
            } finally {
                atEnd.run();
            }
        });
    }
}
