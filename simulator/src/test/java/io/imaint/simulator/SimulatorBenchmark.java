package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.plant.PlantSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures how many rows a second a client can drain over the loopback in pages of 10,000 rows: with rows that cost
 * nothing to make, which shows the writer, and with generated rows, which shows the whole. A run reads ten pages; the
 * median of five runs is printed. The client only reads the socket, and shares the processors with the server; the
 * processor time per row, of both together, is what to compare when other programs run beside. At last a whole set of a
 * million orders is drained page by page, and the heap that was in use at each page is told.
 */
final class SimulatorBenchmark {
    private static final int PAGE_ROWS = 10_000;
    private static final int PAGES = 10;
    private static final int ORDERS = 1_000_000;
    private static final int WARM_UP_RUNS = 5;
    private static final int RUNS = 5;

    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private SimulatorBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        for (var set : List.of(IcwpModel.WORK_ORDER, IcwpModel.OPERATION, IcwpModel.EQUIPMENT)) {
            measure("constant", new ConstantPlant(), set);
        }
        for (var set : List.of(IcwpModel.WORK_ORDER, IcwpModel.OPERATION)) {
            measure("generated", PlantSource.open(1, ORDERS, Optional.empty()), set);
        }
        drainWholeSet();
    }

    /** All orders, following the addresses of the next pages; they are made here, since the answers are not looked at. */
    private static void drainWholeSet() throws IOException {
        long opened = System.nanoTime();
        try (var gateway = SapGateway.start(
                        settings(), PlantSource.open(1, ORDERS, Optional.empty()), InstantSource.system());
                var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            double startSeconds = (System.nanoTime() - opened) / 1e9;
            long start = System.nanoTime();
            long bytes = 0;
            long heapMax = 0;
            for (int page = 0; page < ORDERS / PAGE_ROWS; page++) {
                var first = "%012d".formatted(4_000_001L + (long) page * PAGE_ROWS);
                bytes += drain(socket, gateway, "WorkOrderSet?$filter=AUFNR%20ge%20'" + first + "'&$format=json");
                heapMax = Math.max(
                        heapMax,
                        Runtime.getRuntime().totalMemory()
                                - Runtime.getRuntime().freeMemory());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "whole set  %,d orders in %.1f s, %,.0f rows/s, %,.0f MB, start %.2f s (warm), heap in use at most %,d MB of %,d MB%n",
                    ORDERS,
                    seconds,
                    ORDERS / seconds,
                    bytes / 1e6,
                    startSeconds,
                    heapMax >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    private static SimulatorSettings settings() {
        return SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0")));
    }

    private static void measure(String kind, PlantData data, EntitySet set) throws IOException {
        try (var gateway = SapGateway.start(settings(), data, InstantSource.system());
                var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            var rates = new double[RUNS];
            var cpuMicros = new double[RUNS];
            long bytes = 0;
            for (int run = -WARM_UP_RUNS; run < RUNS; run++) {
                long start = System.nanoTime();
                long cpuStart = MACHINE.getProcessCpuTime();
                bytes = 0;
                for (int page = 0; page < PAGES; page++) {
                    bytes += drain(socket, gateway, set.name() + "?$format=json");
                }
                if (run >= 0) {
                    cpuMicros[run] = (MACHINE.getProcessCpuTime() - cpuStart) / 1e3 / PAGES / PAGE_ROWS;
                    rates[run] = PAGES * PAGE_ROWS / ((System.nanoTime() - start) / 1e9);
                }
            }
            Arrays.sort(rates);
            Arrays.sort(cpuMicros);
            double median = rates[RUNS / 2];
            long rowBytes = bytes / PAGES / PAGE_ROWS;
            System.out.printf(
                    "%-10s %-14s %2d properties %5d bytes/row %,10.0f rows/s (%,.0f to %,.0f) %,6.0f MB/s %5.2f µs of processor/row%n",
                    kind,
                    set.name(),
                    set.properties().size(),
                    rowBytes,
                    median,
                    rates[0],
                    rates[RUNS - 1],
                    median * rowBytes / 1e6,
                    cpuMicros[RUNS / 2]);
        }
    }

    /** Asks for a page and reads the answer to the end of its last chunk; the number of bytes of its body. */
    private static long drain(Socket socket, SapGateway gateway, String address) throws IOException {
        var pair = gateway.user() + ":" + gateway.password().reveal();
        var request =
                "GET %s/%s HTTP/1.1\r\nHost: sap\r\nPrefer: odata.maxpagesize=%d\r\nAuthorization: Basic %s\r\n\r\n"
                        .formatted(
                                IcwpModel.PATH,
                                address,
                                PAGE_ROWS,
                                Base64.getEncoder().encodeToString(pair.getBytes(US_ASCII)));
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return new ChunkedBody(socket.getInputStream()).drain();
    }

    /** A chunked answer, read without looking at its content. */
    private static final class ChunkedBody {
        private final InputStream in;
        private final byte[] buffer = new byte[256 * 1024];
        private int at;
        private int end;

        ChunkedBody(InputStream in) {
            this.in = in;
        }

        long drain() throws IOException {
            while (!line().isEmpty()) {
                // A header.
            }
            long total = 0;
            while (true) {
                long chunk = Long.parseLong(line(), 16);
                skip(chunk);
                line();
                if (chunk == 0) {
                    return total;
                }
                total += chunk;
            }
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            while (true) {
                fill();
                char c = (char) buffer[at++];
                if (c == '\n') {
                    return line.toString();
                }
                if (c != '\r') {
                    line.append(c);
                }
            }
        }

        private void skip(long count) throws IOException {
            long left = count;
            while (left > 0) {
                fill();
                int here = (int) Math.min(left, end - at);
                at += here;
                left -= here;
            }
        }

        private void fill() throws IOException {
            if (at == end) {
                at = 0;
                end = in.read(buffer);
                if (end < 0) {
                    throw new IOException("the server hung up");
                }
            }
        }
    }

    /** Endless copies of one row with many values, under ascending keys. */
    private static final class ConstantPlant implements PlantData {
        private static final String[] KEYS =
                IntStream.range(0, 2 * PAGE_ROWS).mapToObj("%012d"::formatted).toArray(String[]::new);

        private final Map<EntitySet, @Nullable Object[]> samples = new ConcurrentHashMap<>();

        @Override
        public long count(EntitySet set) {
            return Integer.MAX_VALUE;
        }

        @Override
        public Rows rows(EntitySet set, List<String> from) {
            var sample = samples.computeIfAbsent(set, ConstantPlant::sample);
            int[] next = {0};
            return row -> {
                System.arraycopy(sample, 0, row, 0, row.length);
                row[0] = KEYS[next[0]++ % KEYS.length];
                return true;
            };
        }

        private static @Nullable Object[] sample(EntitySet set) {
            var plant = PlantSource.open(1, 1000, Optional.empty());
            var row = new @Nullable Object[set.properties().size()];
            plant.rows(set, List.of()).next(row);
            return row;
        }

        @Override
        public String description() {
            return "one row, over and over";
        }
    }
}
