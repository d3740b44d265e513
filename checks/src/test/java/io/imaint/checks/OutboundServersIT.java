package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.app.ExternalServer;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantSource;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: what people enter reaches SAP once and in order with RabbitMQ and Redis of other makers, though both are killed, and
 * the program too. Method: people whose commands are random, from a seed, over HTTP; who gets no answer asks again with the
 * same key.
 */
class OutboundServersIT {
    private static final int PEOPLE = 3;
    private static final int COMMANDS_EACH = Integer.getInteger("imaint.commands", 40);
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String ORDER_TYPES = "/api/master-data/order-types";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** An object that a person created, and what has to be in SAP in the end. */
    private static final class Thing {
        private final boolean order;
        private final String item;
        private String text;
        private boolean released;
        private int confirmed;

        private Thing(boolean order, String item, String text) {
            this.order = order;
            this.item = item;
            this.text = text;
        }
    }

    private final AtomicReference<@Nullable Api> api = new AtomicReference<>();
    private volatile String equipment = "";
    private final AtomicInteger accepted = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> items = new ConcurrentLinkedQueue<>();
    private final List<Future<List<Thing>>> work = new ArrayList<>();

    @Test
    void sapHasEachCommandOnceThoughBrokerCacheAndProgramAreKilled(@TempDir Path temp) throws Exception {
        long seed = Long.getLong("imaint.seed", System.nanoTime());
        var plant = new SmallPlant(PlantSource.open(1, 20, Optional.empty()), 30);
        try (var redis = ExternalServer.redis(Files.createDirectory(temp.resolve("redis")));
                var rabbit = ExternalServer.rabbitMq(Files.createDirectory(temp.resolve("rabbit")));
                var sap = SapGateway.start(
                        SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0"))),
                        plant,
                        InstantSource.system())) {
            var settings = Map.of(
                    "IMAINT_SAP_URL", sap.serviceUrl().toString(),
                    "IMAINT_SAP_USER", sap.user(),
                    "IMAINT_SAP_PASSWORD", sap.password().reveal(),
                    "IMAINT_AMQP_URI", "amqp://guest:guest@127.0.0.1:" + rabbit.port(),
                    "IMAINT_REDIS_URI", "redis://127.0.0.1:" + redis.port());
            var home = temp.resolve("home");
            try (var people = Executors.newFixedThreadPool(PEOPLE)) {
                try (var first = started(home, settings)) {
                    var random = new Random(seed);
                    for (int i = 0; i < PEOPLE; i++) {
                        var own = new Random(random.nextLong());
                        work.add(people.submit((Callable<List<Thing>>) () -> work(own)));
                    }
                    afterThePartOf(5);
                    var list = now().get(ORDER_TYPES);
                    rabbit.kill();
                    redis.kill();
                    assertThat(now().get(ORDER_TYPES)).isEqualTo(list).isNotEmpty();
                    afterThePartOf(4); // Work goes on without both.
                    rabbit.restart();
                    redis.restart();
                    afterThePartOf(3);
                    first.kill();
                }
                try (var second = started(home, settings)) {
                    afterThePartOf(2);
                    rabbit.kill();
                    rabbit.restart();
                    var things = new ArrayList<Thing>();
                    for (var one : work) {
                        things.addAll(one.get());
                    }
                    Awaitility.await()
                            .atMost(LONG)
                            .pollInterval(Duration.ofMillis(200))
                            .until(() -> items.stream().allMatch(item -> settled(item)));
                    assertThat(second.pid()).as("seed %d", seed).isPositive();
                    verify(sap, things, "seed " + seed);
                }
            }
        }
    }

    private Program started(Path home, Map<String, String> settings) {
        var program = Program.start(home, settings, "up");
        var now = new Api(program.awaitLine("ready"), home);
        equipment = now.get("/api/equipment?limit=1")
                .get("items")
                .get(0)
                .get("equipment")
                .stringValue();
        api.set(now);
        return program;
    }

    /** Waits until another part of all commands was accepted, one over {@code parts} of them. */
    private void afterThePartOf(int parts) {
        int aim = PEOPLE * COMMANDS_EACH - PEOPLE * COMMANDS_EACH * (parts - 1) / 5;
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            for (var one : work) {
                if (one.state() == Future.State.FAILED) {
                    throw new AssertionError(one.exceptionNow());
                }
            }
            return accepted.get() >= aim;
        });
    }

    private List<Thing> work(Random own) {
        var mine = new ArrayList<Thing>();
        for (int i = 0; i < COMMANDS_EACH; i++) {
            if (mine.isEmpty() || own.nextInt(5) == 0) {
                mine.add(created(own));
            } else {
                act(own, mine.get(own.nextInt(mine.size())));
            }
        }
        return mine;
    }

    private Thing created(Random own) {
        var order = own.nextBoolean();
        var text = text(own);
        var body = Map.of(
                order ? "orderType" : "notificationType",
                order ? "PM01" : "M1",
                "description",
                text,
                "equipment",
                equipment);
        return new Thing(order, accept("POST", order ? "/api/work-orders" : "/api/notifications", body), text);
    }

    private void act(Random own, Thing thing) {
        var path = (thing.order ? "/api/work-orders/" : "/api/notifications/") + thing.item;
        if (!thing.order || own.nextInt(3) == 0) {
            var next = text(own);
            accept("PATCH", path, Map.of("description", next, "base", Map.of("description", thing.text)));
            thing.text = next;
        } else if (!thing.released) {
            accept("POST", path + "/release", null);
            thing.released = true;
        } else {
            accept(
                    "POST",
                    path + "/operations/0010/confirmations",
                    Map.of("actualWork", 0.5, "unit", "H", "final", false));
            thing.confirmed++;
        }
    }

    private static String text(Random own) {
        return "T" + Long.toHexString(own.nextLong());
    }

    /** Sends a command until it is answered; the id of its item. */
    private String accept(String method, String path, @Nullable Map<String, ?> body) {
        var key = UUID.randomUUID().toString();
        var json = body == null ? "" : JSON.writeValueAsString(body);
        var answer = Awaitility.await()
                .atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> answered(method, path, json, key), Optional::isPresent)
                .orElseThrow();
        assertThat(answer.statusCode())
                .as("%s %s %s: %s", method, path, json, answer.body())
                .isEqualTo(202);
        var item = JSON.readTree(answer.body()).get("id").stringValue();
        assertThat(item).isEqualTo(key);
        items.add(item);
        accepted.incrementAndGet();
        return item;
    }

    private Optional<HttpResponse<String>> answered(String method, String path, String json, String key) {
        try {
            var answer = now().command(method, path, json, key);
            return answer.statusCode() < 500 ? Optional.of(answer) : Optional.empty();
        } catch (UncheckedIOException gone) { // The program was killed.
            return Optional.empty();
        }
    }

    private Api now() {
        var now = api.get();
        if (now == null) {
            throw new AssertionError("not started");
        }
        return now;
    }

    private boolean settled(String item) {
        var state = now().get("/api/outbox/" + item).get("state").stringValue();
        assertThat(state).as(item).isNotIn("failed", "held", "discarded");
        return state.equals("posted");
    }

    private static void verify(SapGateway sap, List<Thing> things, String as) {
        var orders = OutboundLandscape.rows(sap, IcwpModel.WORK_ORDER);
        var confirmations = OutboundLandscape.rows(sap, IcwpModel.CONFIRMATION);
        var notifications = OutboundLandscape.rows(sap, IcwpModel.NOTIFICATION);
        for (var thing : things) {
            var made = (thing.order ? orders : notifications)
                    .stream()
                            .filter(row -> thing.item.equals(String.valueOf(row.value("EXTID"))))
                            .toList();
            assertThat(made).as(as + ": once").hasSize(1);
            var row = made.getFirst();
            assertThat(row.text(thing.order ? "KTEXT" : "QMTXT"))
                    .as(as + ": the last of its changes stands")
                    .isEqualTo(thing.text);
            if (thing.order) {
                assertThat(row.has("REL")).as(as).isEqualTo(thing.released);
                assertThat(Collections.frequency(
                                confirmations.stream()
                                        .map(one -> one.text("AUFNR"))
                                        .toList(),
                                row.text("AUFNR")))
                        .as(as + ": confirmations")
                        .isEqualTo(thing.confirmed);
            }
        }
    }
}
