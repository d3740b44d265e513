package io.imaint.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.basis.Basis;
import io.imaint.simulator.basis.Defaults;
import io.imaint.simulator.basis.InitialSetup;
import io.imaint.simulator.console.AdminApi;
import io.imaint.simulator.console.AdminOperations;
import io.imaint.simulator.console.ConsoleRequest;
import io.imaint.simulator.console.Operation;
import io.imaint.simulator.console.RequestLog;
import io.imaint.simulator.console.StateKeeper;
import io.imaint.simulator.faults.FaultPlan;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.simulator.state.PlantState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: all that an administrator does can be done from the command line. Method: the commands against the operations behind a real server. */
class SimulatorAdminCommandIT {
    private static final String TOKEN = "t0ken";

    @TempDir
    private Path folder;

    private final List<String> kept = new ArrayList<>();
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
    private final RequestLog log = new RequestLog();
    private final PlantState plant = PlantState.inMemory(PlantSource.open(1, 50, Optional.empty()), clock);
    private HttpServer server;
    private String out = "";
    private String err = "";

    @BeforeEach
    void start() throws IOException {
        var basis = Basis.open(
                Optional.empty(),
                new Defaults("S4H", "100", "IMAINT", new Secret("maintain"), InitialSetup.READY),
                clock,
                new Random(1));
        var api = new AdminApi(new AdminOperations(new AdminOperations.Parts(
                plant, basis, new FaultPlan(1, clock), log, new Kept(), clock, "100", () -> Map.of("port", 8000))));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(api, exchange));
        server.start();
        Files.writeString(
                folder.resolve("simulator.json"),
                "{\"url\":\"http://127.0.0.1:%d\",\"token\":\"%s\"}"
                        .formatted(server.getAddress().getPort(), TOKEN));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private final class Kept implements StateKeeper {
        @Override
        public void reset() {
            kept.add("reset");
        }

        @Override
        public void snapshot(String name) {
            kept.add("snapshot " + name);
        }

        @Override
        public void restore(String name) {
            kept.add("restore " + name);
        }

        @Override
        public List<String> snapshots() {
            return List.of("one");
        }
    }

    private static void answer(AdminApi api, HttpExchange exchange) throws IOException {
        var bearer = exchange.getRequestHeaders().getFirst("Authorization");
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        var query = exchange.getRequestURI().getRawQuery();
        var answer = api.answer(new ConsoleRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                ConsoleRequest.fields(query == null ? "" : query),
                Map.of("content-type", type == null ? "" : type),
                exchange.getRequestBody().readAllBytes(),
                Basis.ADMINISTRATOR,
                user -> ("Bearer " + TOKEN).equals(bearer)));
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    /** Runs a command of the simulator; returns its exit code. */
    private int run(String... words) {
        var arguments = new ArrayList<>(List.of("simulator"));
        arguments.addAll(List.of(words));
        if (!arguments.contains("--help")) {
            arguments.addAll(List.of("--state", folder.toString()));
        }
        var run = CommandOutput.of(arguments.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private JsonNode json(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.add("--json");
        assertThat(run(arguments.toArray(String[]::new))).as(err).isZero();
        return new JsonMapper().readTree(out);
    }

    private String order() {
        return json("browse", "WorkOrderSet", "--rows", "1")
                .get("rows")
                .get(0)
                .get("AUFNR")
                .asString();
    }

    @Test
    void everyOperationHasHelpWithAnExample() {
        for (var operation : Operation.all()) {
            var words = new ArrayList<>(List.of(operation.command().split(" ", -1)));
            words.add("--help");
            assertThat(run(words.toArray(String[]::new))).isZero();
            assertThat(out.replaceAll("\\s+", " "))
                    .contains("Usage: imaint simulator " + operation.command())
                    .contains(operation.purpose())
                    .contains("Example: imaint simulator " + operation.command())
                    .contains("--json");
        }
    }

    @Test
    void whatIsReadIsPrintedInStraightColumns() {
        assertThat(run("sets")).isZero();
        var lines = out.lines().toList();
        int column = lines.getFirst().indexOf("entities");
        assertThat(lines).anyMatch(line -> line.startsWith("WorkOrderSet ") && line.startsWith("50", column));
        assertThat(run("status")).isZero();
        assertThat(out).containsPattern("port +8000").containsPattern("uptimeSeconds +0");
    }

    @Test
    void everyAnswerIsAlsoThereAsJson() {
        assertThat(json("status").get("port").asInt()).isEqualTo(8000);
        assertThat(json("users").get("users").get(0).get("user").asString()).isEqualTo("BASIS");
        assertThat(json("log", "--rows", "5", "--path", "x").get("requests").size())
                .isZero();
    }

    @Test
    void entitiesAreShownByTheirTypedKey() {
        var order = order();
        assertThat(json("show", "WorkOrderSet", order.replaceFirst("^0+", ""))
                        .get("key")
                        .get(0)
                        .asString())
                .isEqualTo(order);
        assertThat(json("browse", "OperationSet", "--prefix", order)
                        .get("rows")
                        .get(0)
                        .get("AUFNR")
                        .asString())
                .isEqualTo(order);
        assertThat(run("show", "WorkOrderSet", "1")).isEqualTo(1);
        assertThat(err).contains("has no entity");
    }

    @Test
    void keysAndValuesOfAChangeAreToldApart() {
        var order = order();
        var text =
                json("show", "WorkOrderSet", order).get("values").get("KTEXT").asString();
        assertThat(json("change", "WorkOrderSet", order, "KTEXT=" + text)
                        .get("message")
                        .asString())
                .isEqualTo("Saved");
        assertThat(run("change", "WorkOrderSet", order, "NOTHING=1", "--json")).isEqualTo(2);
        assertThat(out).contains("no property NOTHING");
        assertThat(run("call", "ReleaseOrder", "AUFNR")).isEqualTo(2);
        assertThat(run("call", "Explode", "AUFNR=1")).isEqualTo(2);
    }

    @Test
    void passwordsComeFromStandardInputAndNotFromTheCommandLine() {
        var before = System.in;
        System.setIn(new ByteArrayInputStream("Secret1\n".getBytes(UTF_8)));
        try {
            assertThat(run("users", "create", "planner1", "--initial")).as(err).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(out).contains("User created").contains("PLANNER1").doesNotContain("Secret1");
        assertThat(json("users", "show", "PLANNER1").get("initialPassword").asBoolean())
                .isTrue();
    }

    @Test
    void rolesServicesCachesAndTheRestAreAdministered() {
        json("roles", "create", "ZPLAN", "--description", "Planner, day shift");
        json("roles", "authorize", "ZPLAN", "I_AUART", "AUFART=PM01,PM02");
        assertThat(json("roles", "show", "ZPLAN")
                        .get("authorizations")
                        .get(0)
                        .get("values")
                        .asString())
                .isEqualTo("PM01 PM02");
        json("services", "add-alias", "/INVICL/ICWP_INTEGRATION_SUITE_SRV_0001", "");
        json("caches", "change-model");
        json("virus-scan", "use", "ZVSCAN");
        json("profile", "set", "login/fails_to_user_lock", "3");
        json("locks", "add", "Order 000004000001", "--user", "PLANNER1", "--minutes", "30");
        assertThat(json("locks").get("locks").get(0).get("user").asString()).isEqualTo("PLANNER1");
        json("locks", "delete", "Order 000004000001");
        assertThat(run("services", "gateway", "perhaps")).isEqualTo(2);
        assertThat(run("transports", "import", "IVDK900101", "--ignore-component-version"))
                .isEqualTo(1);
    }

    @Test
    void faultRulesComeFromTheLineOrFromAFile() throws IOException {
        json("faults", "add", "drop-before", "on", "POST");
        var file = Files.writeString(folder.resolve("rules.txt"), "# a bad night\ndrop-after p=0.1\nlock-conflict\n");
        assertThat(json("faults", "add", "@" + file).get("rules").size()).isEqualTo(3);
        assertThat(run("faults", "add", "explode")).isEqualTo(2);
        assertThat(err).contains("column 1");
        assertThat(run("faults", "add", "@/does/not/exist")).isEqualTo(2);
        assertThat(json("faults", "seed", "42").get("seed").asInt()).isEqualTo(42);
        json("faults", "remove", "1");
        assertThat(json("faults", "clear").get("rules").size()).isZero();
    }

    @Test
    void whatTakesEverythingAwayAsksFirst() {
        assertThat(run("reset")).isEqualTo(2);
        assertThat(err).contains("--yes");
        assertThat(kept).isEmpty();
        json("snapshot", "one");
        json("restore", "one", "--yes");
        json("reset", "--yes");
        assertThat(kept).containsExactly("snapshot one", "restore one", "reset");
    }

    @Test
    void whatARequestBringsAlongCannotCommandTheTerminal() {
        log.add(new RequestLog.Entry(clock.instant(), "X", 0, "GET", "/\u001b[2J", 200, Duration.ZERO, 0, List.of()));
        assertThat(run("log")).isZero();
        assertThat(out).contains("/?[2J").doesNotContain("\u001b");
    }

    @Test
    void aWrongTokenIsRefused() throws IOException {
        var file = folder.resolve("simulator.json");
        Files.writeString(file, Files.readString(file).replace(TOKEN, "other"));
        assertThat(run("users")).isEqualTo(1);
        assertThat(err).contains("SAP_ALL");
    }

    @Test
    void ofTwoSimulatorsTheOneOnThePortIsAsked() throws IOException {
        var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        try {
            Files.writeString(
                    folder.resolve("simulator-2.json"),
                    "{\"url\":\"http://127.0.0.1:%d\",\"token\":\"x\",\"plant\":\"another plant\"}"
                            .formatted(other.getAddress().getPort()));
            assertThat(run("users")).isEqualTo(1);
            assertThat(err).contains("simulator-ambiguous").contains("another plant");
            assertThat(run(
                            "users",
                            "--port",
                            Integer.toString(server.getAddress().getPort())))
                    .isZero();
        } finally {
            other.stop(0);
        }
    }

    @Test
    void withoutASimulatorTheCommandsSayHowToStartOne() {
        server.stop(0);
        assertThat(run("users", "--json")).isEqualTo(1);
        assertThat(err).isEmpty();
        assertThat(out).contains("\"code\" : \"simulator-not-running\"", "imaint simulator");
    }

    @Test
    void withoutASimulatorTheStateIsKeptInItsFolder() throws IOException {
        server.stop(0);
        Files.writeString(folder.resolve("journal.jsonl"), "");
        assertThat(json("snapshot", "two").get("snapshots").get(0).get("name").asString())
                .isEqualTo("two");
        json("reset", "--yes");
        assertThat(folder.resolve("journal.jsonl")).doesNotExist();
        assertThat(json("snapshots").get("snapshots").size()).isEqualTo(1);
        assertThat(run("restore", "three", "--yes")).isEqualTo(1);
        assertThat(kept).isEmpty();
    }

    @Test
    void aSimulatorThatAnswersNonsenseIsSaidToBeSilent() {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("<html".getBytes(UTF_8));
            exchange.close();
        });
        assertThat(run("users")).isEqualTo(1);
        assertThat(err).contains("simulator-silent");
    }
}
