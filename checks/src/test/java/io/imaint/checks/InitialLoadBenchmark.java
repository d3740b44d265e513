package io.imaint.checks;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows per second of an initial load, beside two limits measured in the same run: draining the same pages from the same
 * server without parsing them, and bulk-writing the same documents from memory into the same kind of store. Each round
 * measures all, one after the other; the first round warms up and is not counted. Two more loaders stand for what one
 * writes in an afternoon with the client of SAP's Cloud SDK: page by page as lists of maps, written document by document, and,
 * so that nobody calls that unfair, with one bulk write for each page. They stop after {@value #SDK_ROWS} rows, while the store
 * is still small, which is to their advantage.
 *
 * <p>Arguments: orders (default 50000), rounds (default 5).
 */
final class InitialLoadBenchmark {
    private static final int CHUNK_ROWS = 1_000;
    private static final int PAGE_ROWS = 5_000;
    private static final int SDK_ROWS = 20_000;

    private final SapGateway sap;
    private final List<String> pages = Collections.synchronizedList(new ArrayList<>());
    private final Path temp;
    private int stores;

    private InitialLoadBenchmark(int orders) throws IOException {
        this.temp = Files.createTempDirectory("imaint-benchmark");
        this.sap = SapGateway.start(
                SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0"))),
                PlantSource.open(1, orders, Optional.empty()),
                InstantSource.system(),
                request -> {
                    if (request.contains("Set?") && pages != null) {
                        pages.add(request.substring(request.indexOf(' ') + 1));
                    }
                });
    }

    public static void main(String[] arguments) throws IOException {
        run(arguments);
        System.exit(0); // The pools of the clients would keep the process.
    }

    static void run(String[] arguments) throws IOException {
        int orders = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        new InitialLoadBenchmark(orders).run(rounds);
    }

    private void run(int rounds) throws IOException {
        var loads = new double[rounds];
        var drains = new double[rounds];
        var writes = new double[rounds];
        var ratios = new double[rounds];
        var plain = new double[rounds];
        var bulk = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            pages.clear();
            var home = fresh();
            long begun = System.nanoTime();
            long rows = load(home);
            double load = rows / seconds(begun);
            var read = List.copyOf(pages);

            begun = System.nanoTime();
            for (var page : read) {
                drain(page);
            }
            double drain = rows / seconds(begun);

            var documents = documents(home);
            begun = System.nanoTime();
            write(fresh(), documents);
            double write = rows / seconds(begun);
            System.out.printf(
                    "%s rows=%d load=%,.0f drain=%,.0f write=%,.0f rows/s, load/slower limit=%.2f%n",
                    round < 0 ? "warm-up" : "round " + (round + 1),
                    rows,
                    load,
                    drain,
                    write,
                    load / Math.min(drain, write));
            double sdkPlain = sdk(new SdkLoader(sap, false));
            double sdkBulk = sdk(new SdkLoader(sap, true));
            System.out.printf(
                    "    SDK, document by document=%,.0f, page by page=%,.0f rows/s, load/SDK=%.1f and %.1f%n",
                    sdkPlain, sdkBulk, load / sdkPlain, load / sdkBulk);
            if (round >= 0) {
                plain[round] = load / sdkPlain;
                bulk[round] = load / sdkBulk;
                loads[round] = load;
                drains[round] = drain;
                writes[round] = write;
                ratios[round] = load / Math.min(drain, write);
            }
        }
        System.out.printf(
                "median load=%,.0f drain=%,.0f write=%,.0f rows/s, load/slower limit=%.2f%n",
                median(loads), median(drains), median(writes), median(ratios));
        System.out.printf(
                "median load/SDK: document by document %.1f (aim 5), page by page %.1f%n", median(plain), median(bulk));
        sap.close();
        delete(temp);
    }

    private double sdk(SdkLoader loader) {
        try (var store = open(fresh())) {
            long begun = System.nanoTime();
            long rows = 0;
            for (var integration : Integrations.product()) {
                if (rows < SDK_ROWS) {
                    rows += loader.load(integration, store, PAGE_ROWS);
                }
            }
            return rows / seconds(begun);
        }
    }

    private long load(Path home) {
        var settings = InboundSettings.read(Settings.of(Map.of()));
        var system = new SapSystem(sap.serviceUrl(), sap.user(), sap.password(), sap.client(), "EN", "benchmark");
        try (var store = open(home);
                var loads = new InboundLoads(store, system, settings)) {
            loads.runAll(LoadListener.NONE, new Cancellation());
            return loads.integrations().stream()
                    .mapToLong(integration ->
                            loads.state(integration.name()).load().counters().rowsRead())
                    .sum();
        }
    }

    private void drain(String target) throws IOException {
        var address = URI.create("http://127.0.0.1:" + sap.port() + target);
        var connection = (HttpURLConnection) address.toURL().openConnection();
        var credentials = sap.user() + ":" + sap.password().reveal();
        connection.setRequestProperty(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        connection.setRequestProperty("Prefer", "odata.maxpagesize=5000");
        connection.setRequestProperty("Accept-Encoding", "gzip");
        try (var body = connection.getInputStream()) {
            var buffer = new byte[1 << 16];
            while (body.read(buffer) >= 0) {
                // The bytes only have to arrive.
            }
        }
    }

    private static Map<CollectionType<Document>, List<Document>> documents(Path home) {
        var all = new LinkedHashMap<CollectionType<Document>, List<Document>>();
        try (var store = open(home)) {
            for (var type : Replicas.ALL) {
                all.put(type, Documents.all(store, type).map(Stored::value).toList());
            }
        }
        return all;
    }

    private static void write(Path home, Map<CollectionType<Document>, List<Document>> all) {
        try (var store = open(home)) {
            all.forEach((type, documents) -> {
                var collection = store.documents(type);
                for (int from = 0; from < documents.size(); from += CHUNK_ROWS) {
                    collection.upsertAll(documents.subList(from, Math.min(from + CHUNK_ROWS, documents.size())));
                }
                collection.index(); // As a load does at its end.
            });
        }
    }

    private static Store open(Path home) {
        return StoreService.open(new StoreSettings(home, Optional.empty()));
    }

    private Path fresh() {
        return temp.resolve("store-" + stores++);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
