package io.imaint.simulator.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.HandmadePlant;
import io.imaint.simulator.basis.Basis;
import io.imaint.simulator.basis.Defaults;
import io.imaint.simulator.basis.InitialSetup;
import io.imaint.simulator.faults.FaultPlan;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.state.PlantState;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operations of an administrator over a small plant in memory, and their callers. */
final class Office {
    private static final JsonMapper JSON = new JsonMapper();

    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    final InstantSource clock = () -> now;
    final PlantState plant;
    final Basis basis = Basis.open(
            Optional.empty(),
            new Defaults("S4H", "100", "IMAINT", new Secret("maintain"), InitialSetup.READY),
            clock,
            new Random(1));
    final FaultPlan faults = new FaultPlan(1, clock);
    final RequestLog log = new RequestLog();
    final List<String> kept = new ArrayList<>();
    final AdminOperations operations;
    private final AdminApi api;
    private final HtmlConsole console;
    String user = Basis.ADMINISTRATOR;
    final Map<String, String> headers = new HashMap<>(Map.of("host", "localhost:8000"));

    Office() {
        this(new HandmadePlant(60));
    }

    Office(PlantData data) {
        plant = PlantState.inMemory(data, clock);
        operations = new AdminOperations(new AdminOperations.Parts(
                plant, basis, faults, log, new Kept(), clock, "100", () -> Map.of("port", 8000)));
        api = new AdminApi(operations);
        console = new HtmlConsole(operations, new Random(2));
    }

    /** Notes down what is to be kept. */
    private final class Kept implements StateKeeper {
        private final TreeSet<String> names = new TreeSet<>();

        @Override
        public void reset() {
            kept.add("reset");
        }

        @Override
        public void snapshot(String name) {
            kept.add("snapshot " + name);
            names.add(name);
        }

        @Override
        public void restore(String name) {
            kept.add("restore " + name);
        }

        @Override
        public List<String> snapshots() {
            return List.copyOf(names);
        }
    }

    private ConsoleRequest request(String method, String address, byte[] body) {
        int query = address.indexOf('?');
        return new ConsoleRequest(
                method,
                query < 0 ? address : address.substring(0, query),
                ConsoleRequest.fields(query < 0 ? "" : address.substring(query + 1)),
                Map.copyOf(headers),
                body,
                user,
                operations::isAdministrator);
    }

    ConsoleAnswer call(String method, String path, String json) {
        headers.put("content-type", "application/json");
        return api.answer(request(method, "/sap/admin/" + path, json.getBytes(UTF_8)));
    }

    /** A read through the API that succeeds. */
    JsonNode read(String path) {
        return success(call("GET", path, ""));
    }

    /** A change through the API that succeeds. */
    JsonNode done(String path, String json) {
        return success(call("POST", path, json.replace('\'', '"')));
    }

    /** A change through the API that is refused. */
    JsonNode refused(int status, String path, String json) {
        var answer = call("POST", path, json.replace('\'', '"'));
        if (answer.status() != status) {
            throw new AssertionError(answer.status() + " " + new String(answer.body(), UTF_8));
        }
        return JSON.readTree(answer.body());
    }

    private static JsonNode success(ConsoleAnswer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + new String(answer.body(), UTF_8));
        }
        return JSON.readTree(answer.body());
    }

    ConsoleAnswer open(String address) {
        return console.answer(request("GET", address, new byte[0]));
    }

    String page(String address) {
        var answer = open(address);
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + new String(answer.body(), UTF_8));
        }
        return new String(answer.body(), UTF_8);
    }

    /** The token that the console puts into this user's forms. */
    String formToken() {
        var page = page("/sap/console/caches/clean-hub");
        return page.replaceAll("(?s).*name=\"form-token\" value=\"([0-9a-f]+)\".*", "$1");
    }

    /** A form sent with its token. */
    ConsoleAnswer submit(String path, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        all.put("form-token", formToken());
        return submitAsIs(path, all);
    }

    ConsoleAnswer submitAsIs(String path, Map<String, String> fields) {
        headers.put("content-type", "application/x-www-form-urlencoded");
        var body = fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return console.answer(request("POST", "/sap/console/" + path, body.getBytes(UTF_8)));
    }
}
