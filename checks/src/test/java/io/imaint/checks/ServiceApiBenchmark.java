package io.imaint.checks;

import io.imaint.checks.Wrk.Measured;
import io.imaint.checks.Wrk.Server;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests a second of the work order routes, beside a Spring Boot peer ({@code checks/peer}) that serves the same
 * documents from SQLite. Each server is pinned to the first core, the client (wrk, 32 connections) to the second; the two
 * servers are asked in turn, round by round, each warmed up before. Only the one that is asked has work to do.
 *
 * <p>Arguments: orders (default 5000), seconds of one measurement (default 5), rounds (default 5).
 */
final class ServiceApiBenchmark {
    private static final int CONNECTIONS = 32;
    private static final int WARM_UP_SECONDS = 40;

    /** What is asked: for each request one of several paths, so that no server answers from a cache of one. */
    private record Question(String name, List<String> paths) {}

    private ServiceApiBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int orders = argument(arguments, 0, 5_000);
        int seconds = argument(arguments, 1, 5);
        int rounds = argument(arguments, 2, 5);
        var home = Files.createTempDirectory("imaint-api");
        var settings = Map.of("IMAINT_SIMULATOR_ORDERS", Integer.toString(orders), "IMAINT_SIMULATOR_PORT", "0");
        try (var loading = Program.startToMeasure(home, settings, "up")) {
            loading.awaitLine("ready");
            loading.terminate().exitCode();
        }
        var database = home.resolve("peer.db");
        var keys = copied(home, database);
        var token = Files.readString(home.resolve("admin-token")).strip();
        var jar = Wrk.peer("peer");
        int port = GatewayLandscape.freePort();
        var peer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        jar.toString(),
                        "--server.port=" + port,
                        "--peer.token=" + token,
                        "--peer.database=" + database)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("peer.log").toFile())
                .start();
        try (var program = Program.startToMeasure(home, Map.of(), "run", "--target", "business")) {
            var ours = server("iMaintenance", program.awaitLine("started").split(" ", -1)[1], token, program.pid());
            var theirs = server("Spring Boot", "http://127.0.0.1:" + port, token, peer.pid());
            Wrk.pin(ours.process());
            Wrk.pin(theirs.process());
            Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> answers(theirs));
            measure(List.of(ours, theirs), questions(keys), seconds, rounds, home);
        } finally {
            peer.destroy();
            peer.waitFor();
        }
        System.exit(0);
    }

    private static Server server(String name, String address, String token, long pid) {
        return new Server(
                name,
                address,
                List.of("-H", "Authorization: Bearer " + token),
                ProcessHandle.of(pid).orElseThrow());
    }

    private static List<Question> questions(List<String> keys) {
        return List.of(
                new Question(
                        "an order by key",
                        keys.stream()
                                .limit(1_000)
                                .map(key -> "/api/work-orders/" + key)
                                .toList()),
                new Question("a list of 50", List.of("/api/work-orders?limit=50")),
                new Question(
                        "words", List.of("/api/work-orders?text=pump&limit=50", "/api/work-orders?text=seal&limit=50")),
                new Question("/health/live", List.of("/health/live")));
    }

    private static void measure(List<Server> servers, List<Question> questions, int seconds, int rounds, Path home)
            throws IOException, InterruptedException {
        var wrk = new Wrk(CONNECTIONS);
        for (var question : questions) {
            var script = script(question, home);
            var asked = servers.stream()
                    .map(server -> server.asking("-s", script.toString()))
                    .toList();
            var measured = new LinkedHashMap<String, List<Measured>>();
            for (var server : asked) {
                wrk.warmUp(server, WARM_UP_SECONDS);
            }
            for (int round = 0; round < rounds; round++) {
                for (var server : asked) {
                    measured.computeIfAbsent(server.name(), name -> new ArrayList<>())
                            .add(wrk.ask(server, seconds));
                }
            }
            var medians = new ArrayList<Double>();
            measured.forEach((name, all) -> {
                medians.add(Measured.median(all, Measured::perSecond));
                System.out.printf("%-16s %-14s %s%n", question.name(), name, Measured.line(all));
            });
            System.out.printf(
                    "%-16s %-14s %.2f times the peer%n", question.name(), "", medians.get(0) / medians.get(1));
        }
    }

    private static Path script(Question question, Path home) throws IOException {
        var paths = question.paths().stream().map(path -> '"' + path + '"').collect(Collectors.joining(",\n"));
        return Files.writeString(home.resolve("ask.lua"), """
                local paths = {%s}
                local at = 0
                request = function()
                  at = at %% #paths + 1
                  return wrk.format("GET", paths[at])
                end
                """.formatted(paths));
    }

    private static boolean answers(Server server) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    URI.create(server.address()).getPort()));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    /** Copies our documents into the peer's database, with the indexes that its statements need; the orders' numbers. */
    private static List<String> copied(Path home, Path database) throws SQLException {
        try (var store = StoreService.open(new StoreSettings(home, Optional.empty()));
                var connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (var table : List.of("work_orders", "operations", "notifications")) {
                    statement.execute("CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, key TEXT UNIQUE, doc BLOB)");
                }
                statement.execute(
                        "CREATE VIRTUAL TABLE work_orders_words USING fts5(words, content='', contentless_delete=1)");
                statement.execute("CREATE INDEX starts ON work_orders ((doc ->> '$.basicStart'), key)");
                statement.execute("CREATE INDEX orders ON operations ((doc ->> '$.orderNumber'), key)");
            }
            var mapper = JsonMapper.builder().build();
            var keys = new ArrayList<String>();
            for (var type : List.of(Replicas.WORK_ORDERS, Replicas.OPERATIONS, Replicas.NOTIFICATIONS)) {
                var table = type == Replicas.WORK_ORDERS
                        ? "work_orders"
                        : type == Replicas.OPERATIONS ? "operations" : "notifications";
                try (var insert =
                        connection.prepareStatement("INSERT INTO " + table + " (id, key, doc) VALUES (?,?,jsonb(?))")) {
                    int id = 0;
                    for (var document : all(store, type)) {
                        insert.setInt(1, ++id);
                        insert.setString(2, document.text("id").orElseThrow());
                        insert.setString(3, mapper.writeValueAsString(plain(document)));
                        insert.addBatch();
                        if (type == Replicas.WORK_ORDERS) {
                            keys.add(document.text("id").orElseThrow());
                            words(connection, id, document);
                        }
                    }
                    insert.executeBatch();
                }
            }
            connection.commit();
            return keys;
        }
    }

    private static void words(java.sql.Connection connection, int id, Document document) throws SQLException {
        var words = Replicas.WORK_ORDERS.searched().stream()
                .map(field -> String.valueOf(document.get(field)))
                .collect(Collectors.joining(" "));
        try (var insert = connection.prepareStatement("INSERT INTO work_orders_words (rowid, words) VALUES (?,?)")) {
            insert.setInt(1, id);
            insert.setString(2, words);
            insert.execute();
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Document document -> {
                var fields = new LinkedHashMap<String, Object>();
                document.forEach((name, field) -> {
                    if (field != null) {
                        fields.put(name, plain(field));
                    }
                });
                yield fields;
            }
            case List<?> list -> list.stream().map(ServiceApiBenchmark::plain).toList();
            default -> value;
        };
    }

    private static List<Document> all(Store store, io.imaint.store.CollectionType<Document> type) {
        var documents = store.documents(type);
        var all = new ArrayList<Document>();
        var query = Query.where(Condition.ALL).limit(Query.LIMIT_MAX);
        for (var page = documents.list(query); ; page = documents.list(query.after(page.next()))) {
            all.addAll(page.values());
            if (page.next() == null) {
                return all;
            }
        }
    }
}
