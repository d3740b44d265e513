package io.imaint.checks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * Seconds from {@code ./imaint up} on an empty data directory to its line {@code ready}, and the memory it then holds, with
 * a program that is built already. The launcher is part of what is measured.
 *
 * <p>Arguments: orders (default 5000), rounds (default 5).
 */
final class StartBenchmark {
    private static final int IDLE_SECONDS = 5;

    private StartBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var orders = arguments.length > 0 ? arguments[0] : "5000";
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        var seconds = new double[rounds];
        var megabytes = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            var home = Files.createTempDirectory("imaint-start");
            var builder = new ProcessBuilder(
                    SourceTree.here().root().resolve("imaint").toString(), "up");
            builder.environment().put("IMAINT_HOME", home.toString());
            builder.environment().put("IMAINT_PORT", "0");
            builder.environment().put("IMAINT_GATEWAY_PORT", "0");
            builder.environment().put("IMAINT_SIMULATOR_PORT", "0");
            builder.environment().put("IMAINT_SIMULATOR_ORDERS", orders);
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            long begun = System.nanoTime();
            var process = builder.start();
            try (var output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                var line = output.readLine();
                double took = (System.nanoTime() - begun) / 1e9;
                process.waitFor(IDLE_SECONDS, TimeUnit.SECONDS);
                double resident = residentMegabytes(process.pid());
                System.out.printf("%.2f s, %.0f MB resident: %s%n", took, resident, line);
                if (round >= 0) {
                    seconds[round] = took;
                    megabytes[round] = resident;
                }
            } finally {
                process.destroy();
                process.waitFor();
                delete(home);
            }
        }
        Arrays.sort(seconds);
        Arrays.sort(megabytes);
        System.out.printf(
                "median %.2f s to ready, %.0f MB resident after %d s idle%n",
                seconds[rounds / 2], megabytes[rounds / 2], IDLE_SECONDS);
    }

    private static double residentMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                .findFirst()
                .orElseThrow();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
