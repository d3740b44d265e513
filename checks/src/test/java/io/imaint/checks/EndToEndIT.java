package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.references.References;
import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.store.Condition;
import io.imaint.store.Leases;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Goal: what SAP holds is what the API serves. Method: the simulator and the program as processes of their own, real
 * HTTP, the real store; a foreign client reads the source and compares.
 */
class EndToEndIT {
    private static final int SAMPLES = 1_000;

    /** More than a seventh of the samples, because the plants and work centers are only a few. */
    private static final int SAMPLES_OF_A_SET = 250;

    private static final References REFERENCES = References.product();

    /** Lists of master data and the entity sets that they show. */
    private static final Map<String, String> LISTS = Map.ofEntries(
            Map.entry("bom-items", "BomItemSet"),
            Map.entry("measuring-points", "MeasuringPointSet"),
            Map.entry("maintenance-plans", "MaintenancePlanSet"),
            Map.entry("task-lists", "TaskListSet"),
            Map.entry("materials", "MaterialSet"),
            Map.entry("stocks", "StockSet"),
            Map.entry("master-data/order-types", "OrderTypeSet"),
            Map.entry("master-data/notification-types", "NotificationTypeSet"),
            Map.entry("master-data/priorities", "PrioritySet"),
            Map.entry("master-data/activity-types", "ActivityTypeSet"),
            Map.entry("master-data/status-texts", "StatusTextSet"),
            Map.entry("master-data/catalog-profiles", "CatalogProfileSet"),
            Map.entry("master-data/catalog-codes", "CatalogCodeSet"),
            Map.entry("master-data/planner-groups", "PlannerGroupSet"),
            Map.entry("master-data/work-centers", "WorkCenterSet"),
            Map.entry("master-data/persons", "PersonSet"));

    @TempDir
    private static Path temp = Path.of("");

    private static Program simulator;
    private static SapSource source;
    private static Map<String, String> settings = Map.of();

    @BeforeAll
    static void startSimulator() {
        simulator = Program.start(temp.resolve("simulator"), Map.of(), "simulator", "--port", "0", "--orders", "2000");
        var url = simulator.awaitLine("ready").split(" ", -1)[1];
        source = new SapSource(URI.create(url), "IMAINT", SimulatorSettings.DEMO_PASSWORD);
        settings = Map.of(
                "IMAINT_SAP_URL",
                url,
                "IMAINT_SAP_USER",
                "IMAINT",
                "IMAINT_SAP_PASSWORD",
                SimulatorSettings.DEMO_PASSWORD);
    }

    @AfterAll
    static void stopSimulator() {
        source.close();
        simulator.close();
    }

    @Test
    void oneProcessLoadsAndServesWhatSapHolds(@TempDir Path home) {
        try (var program = Program.start(home, settings, "up")) {
            var api = new Api(program.awaitLine("ready"), home);
            assertServes(api);
            var second = Program.start(home, settings, "up");
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors()).contains("already-running");
            program.terminate();
            assertThat(program.exitCode()).isIn(0, 130, 143);
        }
        assertStoreEqualsSource(home);
    }

    @Test
    void severalProcessesOnOneStoreServeTheSame(@TempDir Path home) {
        try (var inbound = Program.start(home, settings, "run", "--target", "integration");
                var orders = Program.start(home, settings, "run", "--target", "workorder-api-service");
                var master = Program.start(
                        home,
                        settings,
                        "run",
                        "--target",
                        "master-configuration-api-service,erp-master-data-api-service")) {
            new Api(inbound.awaitLine("started"), home).awaitReady();
            var api = new Api(orders.awaitLine("started"), home);
            assertServesOrders(api);
            assertServesMasterData(new Api(master.awaitLine("started"), home));
        }
        assertStoreEqualsSource(home);
    }

    @Test
    @Tag("long")
    void threeInboundProcessesShareTheLoadAndOutliveTheOneThatIsKilled(@TempDir Path home) {
        var small = new HashMap<>(settings);
        small.put("IMAINT_INBOUND_PAGE_SIZE", "100");
        var processes = new ArrayList<Program>();
        try {
            for (int i = 0; i < 3; i++) {
                processes.add(Program.start(home, small, "run", "--target", "sap-inbound-api-service"));
            }
            var announced =
                    processes.stream().map(one -> one.awaitLine("started")).toList();
            var working = killTheOneAtWork(home, processes);
            for (int i = 0; i < processes.size(); i++) {
                if (i != working) {
                    new Api(announced.get(i), home).awaitReady();
                }
            }
        } finally {
            processes.forEach(Program::close);
        }
        assertStoreEqualsSource(home);
    }

    /** Kills the process that is loading, as kill -9 does; returns its place. */
    private static int killTheOneAtWork(Path home, List<Program> processes) {
        try (var store = open(home)) {
            var names = Integrations.product().stream().map(Integration::name).toList();
            return Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(
                            () -> {
                                for (var name : names) {
                                    var holder = store.leases()
                                            .holder("inbound-" + name)
                                            .map(Leases.Lease::holder)
                                            .orElse("");
                                    for (int i = 0; i < processes.size(); i++) {
                                        if (holder.contains(
                                                "/" + processes.get(i).pid() + "/")) {
                                            processes.get(i).kill();
                                            return i;
                                        }
                                    }
                                }
                                return -1;
                            },
                            place -> place >= 0);
        }
    }

    @Test
    void loadingAgainChangesNothing(@TempDir Path home) {
        assertThat(Program.start(home, settings, "inbound", "run").exitCode()).isZero();
        // Side by side, a child may have been written before its parent; no process was there to heal it.
        assertThat(Program.start(home, settings, "map").exitCode()).isZero();
        var before = revisions(home);
        var again = Program.start(home, settings, "inbound", "run", "--json");
        var output = again.output();
        assertThat(again.exitCode()).as(again.errors()).isZero();
        assertThat(output).contains("\"unchanged\" : 2000").doesNotContain("\"status\" : 4");
        assertThat(revisions(home)).isEqualTo(before);
    }

    @Test
    void aSecondUpStartsWithoutLoadingEvenWhenSapIsDown(@TempDir Path home) {
        assertThat(Program.start(home, settings, "inbound", "run").exitCode()).isZero();
        var away = new HashMap<>(settings);
        away.put("IMAINT_SAP_PASSWORD", "wrong, and never sent");
        try (var program = Program.start(home, away, "up")) {
            assertThat(program.awaitLine("ready")).contains("work-orders=2000");
        }
    }

    private static void assertServes(Api api) {
        assertThat(api.status("/health/ready")).isEqualTo(200);
        assertThat(api.statusWithoutToken("/api/work-orders")).isEqualTo(401);
        assertThat(api.statusWithoutToken("/api/no-such-thing")).isEqualTo(401);
        assertServesOrders(api);
        assertServesMasterData(api);
    }

    private static void assertServesOrders(Api api) {
        var orders = api.get("/api/work-orders?limit=1000");
        assertThat(orders.get("total").longValue()).isEqualTo(source.count("WorkOrderSet"));
        assertThat(orders.get("items")).hasSize(1000);
        var number = orders.at("/items/500/orderNumber").stringValue();
        var row = source.row("WorkOrderSet", number);
        var detail = api.get("/api/work-orders/" + number);
        assertThat(detail.get("description").stringValue())
                .isEqualTo(row.get("KTEXT").stringValue());
        assertThat(detail.get("operations").size()).isPositive();
        var stripped = number.replaceAll("^0+", "");
        assertThat(api.get("/api/work-orders/" + stripped).get("orderNumber").stringValue())
                .isEqualTo(number);
        var found = api.get("/api/work-orders?limit=1000&text=" + stripped).get("items");
        assertThat(found.valueStream().map(item -> item.get("orderNumber").stringValue()))
                .contains(number);
        assertPagesAddUp(api, "/api/work-orders?limit=300&status=TECO,CLSD");
        assertServesAll(api, "notifications", "NotificationSet");
        var notification = api.get("/api/notifications?withOrder=true&limit=1").at("/items/0/notification");
        assertThat(api.get("/api/notifications/" + notification.stringValue())
                        .at("/workOrder/orderNumber")
                        .isNull())
                .isFalse();
        for (var part : List.of("confirmations", "goods-movements", "time-sheets")) {
            assertThat(api.get("/api/work-orders/" + number + "/" + part).has("items"))
                    .isTrue();
        }
    }

    private static void assertServesMasterData(Api api) {
        assertThat(api.get("/api/plants").get("total").longValue()).isEqualTo(source.count("PlantSet"));
        assertThat(api.get("/api/equipment?limit=1").get("total").longValue()).isEqualTo(source.count("EquipmentSet"));
        assertThat(api.get("/api/functional-locations?limit=1").get("total").longValue())
                .isEqualTo(source.count("FunctionalLocationSet"));
        var number = api.get("/api/equipment?limit=1").at("/items/0/equipment").stringValue();
        var detail = api.get("/api/equipment/" + number);
        assertThat(detail.get("place").size()).isPositive();
        assertThat(detail.has("orders")).isTrue();
        var root = api.get("/api/functional-location-tree").at("/nodes/0");
        assertThat(root.get("childCount").longValue()).isPositive();
        assertPagesAddUp(api, "/api/functional-locations?limit=100");
        LISTS.forEach((list, set) -> assertServesAll(api, list, set));
        assertThat(api.get("/api/equipment/" + number + "/classification").has("classes"))
                .isTrue();
        var point = api.get("/api/measuring-points?limit=1").at("/items/0");
        assertThat(point.at("/lastReading/reading").isNumber()).isTrue();
        var readings =
                api.get("/api/measuring-points/" + point.get("measuringPoint").stringValue() + "/readings");
        assertThat(readings.get("readings").size())
                .isEqualTo(readings.get("count").intValue());
        assertThat(api.get("/api/search?q=" + number).at("/items/0/key").stringValue())
                .isEqualTo(number);
    }

    /** Every row is read, since a value that does not fit its field shows only where it is served. */
    private static void assertServesAll(Api api, String list, String set) {
        assertThat(api.get("/api/" + list + "?limit=200").get("total").longValue())
                .as(list)
                .isEqualTo(source.count(set));
        assertPagesAddUp(api, "/api/" + list + "?limit=200");
    }

    /** Every document of a list comes once, whatever the pages. */
    private static void assertPagesAddUp(Api api, String list) {
        var page = api.get(list);
        long total = page.get("total").longValue();
        var seen = page.get("items").valueStream().map(JsonNode::toString).collect(Collectors.toList());
        while (!page.get("next").isNull()) {
            page = api.get(list + "&after=" + page.get("next").stringValue());
            page.get("items").valueStream().map(JsonNode::toString).forEach(seen::add);
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize((int) total);
    }

    private static void assertStoreEqualsSource(Path home) {
        try (var store = open(home)) {
            var integrations = Integrations.all(store.documents(Integrations.TYPE)).stream()
                    .map(Stored::value)
                    .toList();
            assertThat(integrations).hasSize(Replicas.ALL.size());
            int compared = 0;
            for (var integration : integrations) {
                compared += assertCollectionEqualsSet(store, integration);
            }
            assertThat(compared).isGreaterThanOrEqualTo(SAMPLES);
        }
    }

    /** Compares the counts, and a stretch of the rows field by field; returns how many rows. */
    private static int assertCollectionEqualsSet(Store store, Integration integration) {
        var set = integration.mapping().entitySet();
        var documents = store.documents(
                Replicas.find(integration.mapping().collection()).orElseThrow());
        long count = source.count(set);
        assertThat(documents.count(Condition.ALL)).as(set).isEqualTo(count);
        long skip = count <= SAMPLES_OF_A_SET ? 0 : new Random(7).nextLong(count - SAMPLES_OF_A_SET);
        var rows = source.rows(set, skip, SAMPLES_OF_A_SET);
        for (var row : rows) {
            var expected = Expected.document(integration, row);
            var id = Expected.id(integration, row);
            var actual = documents.find(id).map(Stored::value).orElseThrow();
            var sent = Expected.comparable(actual);
            sent.keySet().removeAll(REFERENCES.fills(integration.mapping().collection()));
            assertThat(sent).as(set + " " + id).isEqualTo(Expected.comparable(expected));
        }
        return rows.size();
    }

    private static Map<String, List<String>> revisions(Path home) {
        try (var store = open(home)) {
            return Replicas.ALL.stream()
                    .collect(Collectors.toMap(
                            type -> type.name(),
                            type -> Documents.all(store, type)
                                    .map(stored -> stored.key() + " " + stored.rev() + " " + stored.position())
                                    .toList()));
        }
    }

    private static Store open(Path home) {
        return StoreService.open(new StoreSettings(home, Optional.<Secret>empty()));
    }
}
