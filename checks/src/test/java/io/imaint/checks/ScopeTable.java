package io.imaint.checks;

import static io.imaint.checks.TwoPlants.HAMBURG;
import static io.imaint.checks.TwoPlants.ROTTERDAM;
import static io.imaint.checks.TwoPlants.city;

import io.imaint.checks.ScopeRow.Changes;
import io.imaint.checks.ScopeRow.Figure;
import io.imaint.checks.ScopeRow.Listed;
import io.imaint.checks.ScopeRow.OneObject;
import io.imaint.checks.ScopeRow.Unscoped;
import io.imaint.checks.TwoPlants.Machine;
import io.imaint.checks.TwoPlants.MachineFailed;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One row for every route of the catalogue, and the objects of both plants that the rows ask for. */
final class ScopeTable {
    static final String EVERYWHERE = "everywhere";

    /** The ids of all callers of the matrix, whom every alert reaches. */
    static final List<String> CALLERS = List.of("1000", "2000", EVERYWHERE, "nowhere");

    /** A point of the curve P-256, uncompressed, with which the encoding of a key ends. */
    private static final int POINT_BYTES = 65;

    private static final String NO_ID = "00000000000000000000000000000000";
    private static final String CONSUMERS = "failures of the system's own consumers, only for who sees all plants";
    private static final String MISSING = "permission-missing";
    private static final String REPLICATION = "replication spans all plants";
    private static final String RULES =
            "a rule is a setting of the installation; whom it informs is limited by their own plants";
    static final String PERSONAL = "belongs to the caller alone";

    private static final String RULE = """
            {"name": "Failures", "fact": "NothingThatHappens"}""";

    private final ServedCatalogue program;
    private final AccountRows accounts;
    private final Caller administrator = Caller.system("matrix");

    /** One for each route and plant, since an alert takes its way through the log of facts to every inbox. */
    private final Map<String, String> alerts = new HashMap<>();

    private final AtomicInteger made = new AtomicInteger();

    ScopeTable(ServedCatalogue program) {
        this.program = program;
        this.accounts = new AccountRows(program); // They make the users whom alerts reach.
        removeDeliveredRules();
        post("/api/alert-rules", """
                {"name": "Matrix", "fact": "MachineFailed", "users": ["%s"]}""".formatted(String.join("\", \"", CALLERS)));
        post("/api/alert-webhooks", hook("Nowhere", ""));
        var writer = new Caller("writer", permission -> true, PlantScope.ALL);
        for (var plant : new String[] {HAMBURG, ROTTERDAM, HAMBURG, ROTTERDAM}) {
            program.store().as(writer).documents(TwoPlants.MACHINES).insert(machine(plant));
            newWebhook(plant);
            newAlert(plant);
        }
        waiting()
                .until(() -> program.send(administrator, "GET", "/api/audit?by=writer", null)
                                .json()
                                .get("items")
                                .size()
                        == 4);
    }

    /** What SAP refuses would reach who entered it alone, at a time that no row knows. */
    private void removeDeliveredRules() {
        for (var rule : program.send(administrator, "GET", "/api/alert-rules", null)
                .json()
                .get("items")) {
            var place = "/api/alert-rules/" + rule.get("id").asString();
            var etag = program.send(administrator, "GET", place, null).header("etag");
            var removed = program.send(administrator, "DELETE", place, null, "If-Match", etag);
            assert removed.status() == 204 : removed;
        }
    }

    List<ScopeRow> rows() {
        return Stream.of(
                        ObjectRows.rows(),
                        alerts(),
                        webhooks(),
                        rules(),
                        replication(),
                        new ConfigurationRows(program).rows(),
                        new GatewayRows(program).rows(),
                        accounts.rows(),
                        new OutboxRows(program).rows(),
                        new CommandRows(program).rows(),
                        others())
                .flatMap(List::stream)
                .toList();
    }

    private List<ScopeRow> alerts() {
        return List.of(
                listed("GET /api/alerts", 0),
                alert("GET /api/alerts/{id}", null),
                alert("POST /api/alerts/{id}/read", null),
                alert(
                        "POST /api/alerts/{id}/snooze",
                        "{\"until\": \"%s\"}".formatted(Instant.now().plus(Duration.ofHours(1)))),
                alert("POST /api/alerts/{id}/acknowledge", null),
                alert("POST /api/alerts/{id}/close", null),
                unscoped("GET /api/alert-preferences", PERSONAL),
                unscoped("PUT /api/alert-preferences", PERSONAL, "{\"channels\": []}"),
                unscoped("GET /api/push-key", "the public key of the installation"),
                unscoped("POST /api/push-subscriptions", PERSONAL, browser()),
                unscoped("DELETE /api/push-subscriptions/{id}", PERSONAL, this::newSubscription, null));
    }

    private List<ScopeRow> webhooks() {
        return List.of(
                listed("GET /api/alert-webhooks", 1),
                unscoped(
                                "POST /api/alert-webhooks",
                                "makes one that has to lie within the caller's plants",
                                hook("New", "\"1000\""))
                        .refusing(MISSING, ROTTERDAM),
                webhook("GET /api/alert-webhooks/{id}"),
                new OneObject(
                        "PUT /api/alert-webhooks/{id}",
                        this::newWebhook,
                        NO_ID,
                        plant -> hook("Replaced", '"' + plant + '"'),
                        List.of()),
                new OneObject(
                        "PATCH /api/alert-webhooks/{id}",
                        this::newWebhook,
                        NO_ID,
                        plant -> "{\"enabled\": false}",
                        List.of()),
                webhook("DELETE /api/alert-webhooks/{id}"),
                webhook("POST /api/alert-webhooks/{id}/secret"),
                webhook("POST /api/alert-webhooks/{id}/test"),
                webhook("GET /api/alert-webhooks/{id}/deliveries"));
    }

    private List<ScopeRow> rules() {
        Supplier<String> rule = () -> post("/api/alert-rules", RULE);
        return List.of(
                unscoped("GET /api/alert-rules", RULES),
                unscoped("POST /api/alert-rules", RULES, RULE),
                unscoped("GET /api/alert-rules/{id}", RULES, rule, null),
                unscoped("PUT /api/alert-rules/{id}", RULES, rule, RULE),
                unscoped("PATCH /api/alert-rules/{id}", RULES, rule, "{\"enabled\": false}"),
                unscoped("DELETE /api/alert-rules/{id}", RULES, rule, null));
    }

    private List<ScopeRow> replication() {
        var one = "/api/integrations/plants";
        var definition = program.send(administrator, "GET", one, null)
                .json()
                .get("document")
                .toString();
        return List.of(
                unscoped("GET /api/integrations", REPLICATION),
                new Unscoped("POST /api/integrations", REPLICATION, () -> "/api/integrations", this::integration, ""),
                unscoped("GET /api/integrations/{name}", REPLICATION, () -> one, null),
                unscoped(
                        "PUT /api/integrations/{name}",
                        REPLICATION,
                        () -> one,
                        "{\"document\": %s}".formatted(definition)),
                unscoped("DELETE /api/integrations/{name}", REPLICATION, this::newIntegration, null),
                unscoped("POST /api/integrations/{name}/pause", REPLICATION, () -> one + "/pause", null),
                unscoped("POST /api/integrations/{name}/resume", REPLICATION, () -> one + "/resume", null),
                unscoped(
                        "PUT /api/integrations/{name}/schedule",
                        REPLICATION,
                        () -> one + "/schedule",
                        "{\"every\": \"PT1H\"}"),
                unscoped("GET /api/delta-cronjob", REPLICATION),
                unscoped("GET /api/inbound/runs", REPLICATION),
                unscoped(
                        "POST /api/inbound/runs", REPLICATION, "{\"kind\": \"delta\", \"integrations\": [\"plants\"]}"),
                unscoped("GET /api/inbound/comparisons", REPLICATION),
                unscoped("POST /api/inbound/comparisons", REPLICATION, "{\"integrations\": [\"plants\"]}"),
                unscoped("GET /api/inbound/jobs", REPLICATION),
                new Unscoped(
                        "POST /api/inbound/integrations/{integration}/stop",
                        REPLICATION,
                        () -> "/api/inbound/integrations/equipment/stop",
                        () -> null,
                        "inbound-not-stopped"),
                unscoped(
                        "GET /api/inbound/dead-letters",
                        "a row that cannot be read has no plant that could be read",
                        () -> "/api/inbound/dead-letters?integration=plants",
                        null),
                unscoped("GET /api/inbound/events", REPLICATION));
    }

    private static List<ScopeRow> others() {
        return List.of(
                new Listed("GET /api/audit", "by=writer", 0),
                unscoped("GET /api/audit/verification", "says whether the chain holds and shows no value of an entry")
                        .refusing(MISSING, HAMBURG, ROTTERDAM),
                unscoped("GET /api/facts/dead-letters", CONSUMERS).refusing(MISSING, HAMBURG, ROTTERDAM),
                new Unscoped(
                                "POST /api/facts/dead-letters/{id}/replay",
                                CONSUMERS,
                                () -> "/api/facts/dead-letters/none/replay",
                                () -> null,
                                "fact-dead-letter-not-found")
                        .refusing(MISSING, HAMBURG, ROTTERDAM),
                new Unscoped(
                                "DELETE /api/facts/dead-letters/{id}",
                                CONSUMERS,
                                () -> "/api/facts/dead-letters/none",
                                () -> null,
                                "fact-dead-letter-not-found")
                        .refusing(MISSING, HAMBURG, ROTTERDAM),
                new Changes("GET /api/events"),
                unscoped("GET /health/live", "says that the process responds"),
                unscoped("GET /health/ready", "says which services are ready"));
    }

    static ScopeRow listed(String route, int ofNone) {
        return new Listed(route, "", ofNone);
    }

    static ScopeRow one(String route, UnaryOperator<String> key, String missing, Figure... figures) {
        return new OneObject(route, key, missing, plant -> null, List.of(figures));
    }

    private ScopeRow alert(String route, @Nullable String body) {
        return new OneObject(
                route,
                plant -> alerts.computeIfAbsent(route + plant, absent -> newAlert(plant)),
                NO_ID,
                plant -> body,
                List.of());
    }

    private ScopeRow webhook(String route) {
        return one(route, this::newWebhook, NO_ID);
    }

    static Unscoped unscoped(String route, String reason) {
        return unscoped(route, reason, null);
    }

    static Unscoped unscoped(String route, String reason, @Nullable String body) {
        return unscoped(route, reason, () -> route.substring(route.indexOf(' ') + 1), body);
    }

    static Unscoped unscoped(String route, String reason, Supplier<String> target, @Nullable String body) {
        return new Unscoped(route, reason, target, () -> body, "");
    }

    /** Lets something of a plant fail; the id of the alert, when it has reached everybody. */
    private String newAlert(String plant) {
        var machine = machine(plant);
        program.store().documents(TwoPlants.MACHINES).insert(machine, new MachineFailed(machine.id()));
        var ids = CALLERS.stream()
                .map(caller -> waiting().until(() -> inbox(caller, machine), Objects::nonNull))
                .distinct()
                .toList();
        assert ids.size() == 1 : ids;
        return ids.getFirst();
    }

    private @Nullable String inbox(String user, Machine machine) {
        var caller = new Caller(user, permission -> true, PlantScope.ALL);
        return program.send(caller, "GET", "/api/alerts?limit=1000", null)
                .json()
                .get("items")
                .valueStream()
                .filter(alert -> alert.get("subject").asString().equals(machine.id()))
                .map(alert -> alert.get("id").asString())
                .findFirst()
                .orElse(null);
    }

    private Machine machine(String plant) {
        return new Machine(city(plant) + "-" + made.incrementAndGet(), new PlantCode(plant));
    }

    private String newWebhook(String plant) {
        var place = post("/api/alert-webhooks", hook(city(plant), "\"%s\"".formatted(plant)));
        return place.substring(place.lastIndexOf('/') + 1);
    }

    private static String hook(String name, String plants) {
        return """
                {"name": "%s", "url": "https://127.0.0.1:1/hook", "plants": [%s], "enabled": false}""".formatted(name, plants);
    }

    private String integration() {
        var name = "matrix-" + made.incrementAndGet();
        var document = (ObjectNode) program.send(administrator, "GET", "/api/integrations/plants", null)
                .json()
                .get("document");
        document.put("name", name).put("collection", "ZMatrix" + made.get());
        return "{\"document\": %s}".formatted(document);
    }

    private String newIntegration() {
        return post("/api/integrations", integration());
    }

    private String newSubscription() {
        return program.make(
                new Caller(EVERYWHERE, permission -> true, PlantScope.ALL), "/api/push-subscriptions", browser());
    }

    /** A browser's subscription, with a key of its own. */
    private String browser() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            var encoded = generator.generateKeyPair().getPublic().getEncoded();
            var key = Arrays.copyOfRange(encoded, encoded.length - POINT_BYTES, encoded.length);
            var encoder = Base64.getUrlEncoder().withoutPadding();
            return """
                    {"endpoint": "https://127.0.0.1:1/%d", "keys": {"p256dh": "%s", "auth": "%s"}}""".formatted(
                            made.incrementAndGet(), encoder.encodeToString(key), encoder.encodeToString(new byte[16]));
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing); // Every Java has it.
        }
    }

    private String post(String path, String body) {
        return program.make(administrator, path, body);
    }

    /** Waits for what other threads do. */
    private static ConditionFactory waiting() {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20));
    }
}
