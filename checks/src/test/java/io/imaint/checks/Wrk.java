package io.imaint.checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks servers for a while over connections that are kept, with the program {@code wrk} on the second core. The servers that are
 * compared are pinned to the first core, and asked in turn.
 */
final class Wrk {
    static final String SERVER_CORE = "0";
    static final String CLIENT_CORE = "1";

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern COUNT = Pattern.compile("([0-9]+) requests in");
    private static final Pattern BAD = Pattern.compile("(Non-2xx or 3xx responses: |Socket errors: .*)[0-9]+");

    private final int connections;

    Wrk(int connections) {
        this.connections = connections;
    }

    /**
     * Somebody who is asked.
     *
     * @param arguments of wrk beyond the address, such as a header or a script
     */
    record Server(String name, String address, List<String> arguments, ProcessHandle process) {
        /** The same, asked with more arguments. */
        Server asking(String... more) {
            return new Server(
                    name,
                    address,
                    Stream.concat(arguments.stream(), Stream.of(more)).toList(),
                    process);
        }

        /** Processor time so far, with that of its workers. */
        private Duration cpu() {
            return Stream.concat(Stream.of(process), process.descendants())
                    .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                    .reduce(Duration.ZERO, Duration::plus);
        }
    }

    /**
     * @param cpuMicros processor time of the server for one request: on a busy machine it tells more than the rate
     */
    record Measured(double perSecond, double p99Ms, double cpuMicros) {
        static double median(List<Measured> all, ToDoubleFunction<Measured> value) {
            var sorted = all.stream().mapToDouble(value).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        static String line(List<Measured> all) {
            return "median %,9.0f/s (%,.0f to %,.0f), p99 %.2f ms, %.1f \u00b5s of processor time each"
                    .formatted(
                            median(all, Measured::perSecond),
                            all.stream().mapToDouble(Measured::perSecond).min().orElse(0),
                            all.stream().mapToDouble(Measured::perSecond).max().orElse(0),
                            median(all, Measured::p99Ms),
                            median(all, Measured::cpuMicros));
        }
    }

    /** Asks before anything is measured; a cold server may let connections wait too long. */
    void warmUp(Server server, int seconds) throws IOException, InterruptedException {
        measured(server, seconds, false);
    }

    /** Asks, and fails for any answer that is no success. */
    Measured ask(Server server, int seconds) throws IOException, InterruptedException {
        return measured(server, seconds, true);
    }

    private Measured measured(Server server, int seconds, boolean strict) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("taskset", "-c", CLIENT_CORE, "wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
        command.add("--latency");
        command.addAll(server.arguments);
        command.add(server.address);
        var before = server.cpu();
        var output = run(command.toArray(String[]::new));
        var cpu = server.cpu().minus(before);
        var rate = RATE.matcher(output);
        var p99 = P99.matcher(output);
        var count = COUNT.matcher(output);
        if (!rate.find()
                || !p99.find()
                || !count.find()
                || (strict && BAD.matcher(output).find())) {
            throw new AssertionError(server.name + ": " + output);
        }
        double unit = switch (p99.group(2)) {
            case "us" -> 0.001;
            case "ms" -> 1;
            default -> 1_000;
        };
        return new Measured(
                Double.parseDouble(rate.group(1)),
                Double.parseDouble(p99.group(1)) * unit,
                cpu.toNanos() / 1_000.0 / Long.parseLong(count.group(1)));
    }

    /** Keeps a process, all its threads and those to come on the core of the servers. */
    static void pin(ProcessHandle process) throws IOException, InterruptedException {
        run("taskset", "-acp", SERVER_CORE, Long.toString(process.pid()));
    }

    /** Builds a peer with Maven; the jar. */
    static Path peer(String name) throws IOException, InterruptedException {
        var folder = SourceTree.here().root().resolve("checks").resolve(name);
        var output = run("mvn", "-B", "-q", "-f", folder.resolve("pom.xml").toString(), "package");
        if (output.contains("ERROR")) {
            throw new AssertionError(output);
        }
        return folder.resolve("target").resolve(name + ".jar");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
