package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.outbound.OutboundConsumer;
import io.imaint.integration.outbound.OutboundProducer;
import io.imaint.integration.outbound.OutboundSettings;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.faults.FaultRule;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantData;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One run of the outbound simulation: people who enter commands about objects that they create, consumers that die at any
 * step, a broker that loses messages, a way to SAP on which things go wrong, and a clock that runs ahead of claims.
 *
 * <p>Order shows by conflicts: each change says what its predecessor has left, and one that came out of turn, or twice,
 * would find another value and fail.
 */
final class OutboundRun implements AutoCloseable {
    /** What goes wrong on the way; all of it passes. */
    private static final List<String> FAULTS = List.of(
            "drop-before on POST p=0.1",
            "drop-after on POST p=0.15",
            "drop-before p=0.05",
            "half-answer=0.5 on POST p=0.1",
            "half-answer=0 p=0.05",
            "status=503(burst=4) p=0.05",
            "status=500 on POST p=0.1",
            "maintenance p=0.05",
            "latency=uniform(1ms,20ms) p=0.3",
            "session-expiry p=0.2",
            "cookie-loss=all p=0.2",
            "cookie-loss=request p=0.2",
            "lock-conflict on POST p=0.2",
            "xml-errors p=0.5",
            "metadata-last p=0.5",
            "escaped-slashes p=0.5");

    private static final OutboundSettings OUTBOUND = new OutboundSettings(
            3,
            100_000, // Whatever passes is tried until it passes.
            Duration.ofMillis(2),
            Duration.ofMillis(20),
            Duration.ofMillis(2),
            Duration.ofMillis(20),
            Duration.ofMillis(20));

    private static final Caller CALLER = Caller.system("simulation");
    private static final Duration LONGER_THAN_A_CLAIM = Duration.ofMinutes(4);
    private static final int FAULTS_AT_ONCE_MAX = 4;

    /** An object that people have created, and what they believe of it. */
    private static final class Thing {
        private final boolean order;
        private final OutboxItem creation;
        private String text;
        private @Nullable String number;
        private boolean released;
        private int confirmed;
        private boolean broken;

        private Thing(boolean order, OutboxItem creation, String text) {
            this.order = order;
            this.creation = creation;
            this.text = text;
        }

        private String collection() {
            return order ? "WorkOrders" : "Notifications";
        }
    }

    private final Random random;
    private final Store store;
    private final SapGateway sap;
    private final LossyBroker broker;
    private final Outbox outbox;
    private final String plant;
    private final int objectsBefore;
    private final List<Thing> things = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, OutboxItem> accepted = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());
    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);

    OutboundRun(long seed, Store store, PlantData data) {
        this.random = new Random(seed);
        this.store = store;
        this.sap = SapGateway.start(
                SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0"))), data, InstantSource.system());
        Integrations.seed(store.documents(Integrations.TYPE));
        this.broker = new LossyBroker(new Random(random.nextLong()));
        this.outbox = new Outbox(store, clock);
        this.plant = rows(IcwpModel.PLANT).getFirst().text("WERKS");
        this.objectsBefore =
                rows(IcwpModel.NOTIFICATION).size() + rows(IcwpModel.WORK_ORDER).size();
    }

    String story() {
        return String.join("\n  ", story);
    }

    void play() {
        int rounds = 2 + random.nextInt(3);
        for (int round = 0; round < rounds; round++) {
            faults();
            var consumers = new ArrayList<MortalConsumer>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                consumers.add(consumer(random.nextInt(3) > 0 ? death() : FatedStore.Fate.NONE));
            }
            try (var producer = OutboundProducer.start(store, broker, OUTBOUND, clock)) {
                peopleWork();
                if (random.nextBoolean()) {
                    ahead = ahead.plus(LONGER_THAN_A_CLAIM);
                    story.add("time passes: claims run out");
                }
                Objects.requireNonNull(producer);
            } finally {
                consumers.forEach(MortalConsumer::close);
            }
        }
        sap.faults().clear();
        broker.mend();
        story.add("quiet");
        try (var one = consumer(FatedStore.Fate.NONE);
                var another = consumer(FatedStore.Fate.NONE);
                var producer = OutboundProducer.start(store, broker, OUTBOUND, clock)) {
            Objects.requireNonNull(one);
            Objects.requireNonNull(another);
            Objects.requireNonNull(producer);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        ahead = ahead.plus(Duration.ofSeconds(10)); // Brings what would be waited for.
                        return accepted.keySet().stream().map(this::item).allMatch(OutboundRun::atRest);
                    });
        }
        verify();
    }

    private static boolean atRest(OutboxItem item) {
        return item.state().settled() || item.state().stuck();
    }

    private void faults() {
        sap.faults().clear();
        sap.faults().seed(random.nextLong());
        var chosen = random.ints(random.nextInt(FAULTS_AT_ONCE_MAX + 1), 0, FAULTS.size())
                .distinct()
                .mapToObj(FAULTS::get)
                .toList();
        chosen.forEach(text -> FaultRule.parse(text).forEach(sap.faults()::add));
        story.add("faults: " + String.join("; ", chosen));
    }

    private FatedStore.Fate death() {
        int call = 20 + random.nextInt(200);
        boolean after = random.nextBoolean();
        story.add("a consumer dies %s call %d".formatted(after ? "after" : "before", call));
        return FatedStore.death(call, after);
    }

    private MortalConsumer consumer(FatedStore.Fate fate) {
        var system = new SapSystem(sap.serviceUrl(), sap.user(), sap.password(), sap.client(), "EN", "simulation");
        var session = SapSession.to(system, InboundSettings.read(Settings.of(Map.of())), InstantSource.system());
        return new MortalConsumer(
                OutboundConsumer.start(
                        FatedStore.of(store, fate),
                        session,
                        broker,
                        OUTBOUND,
                        new OutboundConsumer.Terms(UUID.randomUUID().toString(), clock, new Random(random.nextLong()))),
                session);
    }

    /** Several people enter commands at the same time, each about objects of their own. */
    private void peopleWork() {
        int people = 1 + random.nextInt(3);
        try (var workers = Executors.newFixedThreadPool(people)) {
            List<Callable<Boolean>> work = IntStream.range(0, people)
                    .mapToObj(person -> new Random(random.nextLong()))
                    .map(own -> (Callable<Boolean>) () -> {
                        var mine = new ArrayList<Thing>();
                        for (int i = 5 + own.nextInt(25); i > 0; i--) {
                            step(own, mine);
                        }
                        return true;
                    })
                    .toList();
            for (var done : workers.invokeAll(work)) {
                assertThat(done.resultNow()).isTrue();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }

    private void step(Random own, List<Thing> mine) {
        var usable = mine.stream().filter(thing -> !thing.broken).toList();
        if (usable.isEmpty() || own.nextInt(4) == 0) {
            var order = own.nextBoolean();
            var text = "T" + Long.toHexString(own.nextLong());
            var creation = accept(
                    order ? Command.CREATE_ORDER : Command.CREATE_NOTIFICATION,
                    null,
                    order
                            ? new Document()
                                    .put("orderType", "PM01")
                                    .put("description", text)
                                    .put("plant", plant)
                            : new Document().put("notificationType", "M1").put("description", text),
                    new Document(),
                    Map.of());
            var thing = new Thing(order, creation, text);
            mine.add(thing);
            things.add(thing);
            return;
        }
        act(own, usable.get(own.nextInt(usable.size())));
    }

    private void act(Random own, Thing thing) {
        switch (own.nextInt(thing.order ? 6 : 3)) {
            case 0, 1 -> {
                var next = "T" + Long.toHexString(own.nextLong());
                accept(
                        thing.order ? Command.CHANGE_ORDER : Command.CHANGE_NOTIFICATION,
                        thing,
                        new Document().put("description", next),
                        new Document().put("description", thing.text),
                        Map.of());
                thing.text = next;
            }
            case 2 -> {
                if (own.nextInt(6) == 0) { // SAP has no such code: it fails, and holds what follows.
                    accept(
                            thing.order ? Command.CHANGE_ORDER : Command.CHANGE_NOTIFICATION,
                            thing,
                            new Document().put(thing.order ? "activityType" : "priority", "?"),
                            new Document(),
                            Map.of());
                    thing.broken = true;
                }
            }
            case 3 -> {
                if (!thing.released) {
                    accept(Command.RELEASE_ORDER, thing, new Document(), new Document(), Map.of());
                    thing.released = true;
                }
            }
            default -> {
                if (thing.released) {
                    accept(
                            Command.CONFIRM_OPERATION,
                            thing,
                            new Document()
                                    .put("operation", "0010")
                                    .put("actualWork", BigDecimal.ONE)
                                    .put("workUnit", "H"),
                            new Document(),
                            Map.of("orderNumber", thing.creation.id()));
                    thing.confirmed++;
                }
            }
        }
    }

    /** An object is called by its number once it is known, and by the item that creates it before. */
    private OutboxItem accept(
            Command command, @Nullable Thing thing, Document values, Document base, Map<String, String> references) {
        @Nullable String object = null;
        if (thing != null) {
            thing.number =
                    thing.number == null ? item(thing.creation.id()).outcome().sapNumber() : thing.number;
            object = thing.number == null ? thing.creation.id() : thing.number;
        }
        var key = command.kind() == Command.Kind.CREATE ? null : object;
        var draft = new Draft(
                UUID.randomUUID().toString(),
                command,
                thing == null ? command.collection().name() : thing.collection(),
                object,
                null,
                key,
                values,
                base,
                references);
        var item = outbox.accept(draft, CALLER).value();
        accepted.put(item.id(), item);
        return item;
    }

    private OutboxItem item(String id) {
        return outbox.find(id, CALLER).orElseThrow().value();
    }

    private List<Row> rows(EntitySet set) {
        return OutboundLandscape.rows(sap, set);
    }

    private void verify() {
        var made = Stream.of(IcwpModel.NOTIFICATION, IcwpModel.WORK_ORDER, IcwpModel.CONFIRMATION)
                .flatMap(set -> rows(set).stream())
                .map(row -> String.valueOf(row.value("EXTID")))
                .toList();
        for (var known : accepted.values()) {
            var item = item(known.id());
            var state = item.state();
            if (item.command().kind() == Command.Kind.CREATE) {
                assertThat(Collections.frequency(made, item.id()))
                        .as("%s %s is %s: %s", item.command(), item.id(), state, item.outcome())
                        .isEqualTo(state == State.POSTED ? 1 : 0);
            }
        }
        things.forEach(this::verify);
        assertThat(rows(IcwpModel.NOTIFICATION).size()
                        + rows(IcwpModel.WORK_ORDER).size())
                .as("nothing was created beside what was accepted")
                .isEqualTo(objectsBefore + things.size());
    }

    private void verify(Thing thing) {
        var items = accepted.keySet().stream()
                .map(this::item)
                .filter(item -> item.stream().endsWith("/" + thing.creation.id()))
                .toList();
        var stuck = items.stream().filter(item -> item.state().stuck()).toList();
        assertThat(stuck.isEmpty())
                .as("nothing is wrong with what was entered right")
                .isEqualTo(!thing.broken);
        assertThat(stuck.stream().filter(item -> item.state() == State.FAILED))
                .as("one is wrong")
                .hasSize(thing.broken ? 1 : 0);
        var creation = item(thing.creation.id());
        assertThat(creation.state()).isEqualTo(State.POSTED);
        var number = Objects.requireNonNull(creation.outcome().sapNumber());
        var row = sap.plant()
                .find(thing.order ? IcwpModel.WORK_ORDER : IcwpModel.NOTIFICATION, List.of(number))
                .orElseThrow();
        assertThat(row.text(thing.order ? "KTEXT" : "QMTXT"))
                .as("the last of its changes stands")
                .isEqualTo(thing.text);
        if (thing.order) {
            assertThat(row.has("REL")).isEqualTo(thing.released);
            assertThat(rows(IcwpModel.CONFIRMATION).stream()
                            .filter(confirmation -> confirmation.text("AUFNR").equals(number)))
                    .hasSize(thing.confirmed);
        }
        assertThat(items).allSatisfy(item -> assertThat(item.object()).isEqualTo(thing.collection() + "/" + number));
    }

    @Override
    public void close() {
        broker.close();
        sap.close();
    }
}
